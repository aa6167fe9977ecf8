"""Ports of this machine that are given to one server alone."""

import atexit
import socket


def free_port() -> int:
    """Bound until this process ends, so that the kernel gives it to nobody else meanwhile.

    Servers listen on it all the same, since they ask for an address to be used again.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    atexit.register(held.close)
    return held.getsockname()[1]
