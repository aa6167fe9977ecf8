"""gunicorn behind nginx: a unit for readers, one for the desk. ``make run`` begins with this.

On a socket of this machine alone: it would wait for slow clients, and nginx does not.
"""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # one copy of the code in memory
control_socket_disable = True
limit_request_line = 2048  # bytes
limit_request_fields = 40
max_requests = 5000
max_requests_jitter = 500
timeout = 30  # seconds
graceful_timeout = 10
loglevel = "error"
