"""What PostgreSQL knows of those who wait for each other."""

from django.db import connection

# One server has a database for each process that runs tests, and who waits there is not meant.
# ``pg_stat_activity`` knows the database too, but in a transaction answers what it did before.
WAITS_HERE = """
SELECT EXISTS (
    SELECT FROM pg_locks AS wanted JOIN pg_locks AS its USING (pid)
    JOIN pg_database AS here ON here.oid = its.database
    WHERE NOT wanted.granted AND here.datname = current_database()
)
"""


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS_HERE)
        return cursor.fetchone()[0]
