"""Two servers of the suite are never given the same port."""

import errno
import socket

import pytest

from tests.ports import free_port


def test_a_port_that_was_given_out_is_refused_to_others_and_free_for_its_server():
    port = free_port()

    is_taken = pytest.raises(OSError, match=f"Errno {errno.EADDRINUSE}")
    with socket.socket() as somebody, is_taken:
        somebody.bind(("127.0.0.1", port))
    with socket.create_server(("127.0.0.1", port)) as server:  # as servers do: to be used again
        assert server.getsockname()[1] == port
