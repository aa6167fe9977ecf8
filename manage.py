#!/usr/bin/env python
"""Django's command line, with faults of the surroundings told in one sentence."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"The portal cannot start: {fault}")
    except OperationalError as fault:
        reason = str(fault).strip().splitlines()[0]
        sys.exit(
            f"The database cannot be used: {reason}. Check DATABASE_URL, start the database, "
            "and type make run, which also brings its tables up to date."
        )


if __name__ == "__main__":
    main()
