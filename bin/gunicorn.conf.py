"""gunicorn for ``make run``: quiet, on loopback, and polite when it is ready."""

worker_class = "gthread"
workers = 2
threads = 4
control_socket_disable = True
limit_request_line = 2048
limit_request_fields = 40
graceful_timeout = 10
loglevel = "error"


def when_ready(server) -> None:
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(
        f"\nThe site:  http://{host}:{port}/\n"
        f"The desk:  http://{host}:{port}/admin/  (an account: make staff)\n"
        "Ctrl-C stops it.",
        flush=True,
    )
