"""A reader's request to a server on loopback, with exactly the headers that a test says."""

import gzip
import http.client
import socket
import ssl
import time
from contextlib import closing, suppress
from itertools import cycle
from typing import NamedTuple

import brotli

TIMEOUT = 30  # seconds: a server that hangs is a fault, a slow machine is none
HOST = "portal.test"
addresses = cycle(range(2, 250))
DECODED = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}


class Answer(NamedTuple):
    status: int
    sent: list[tuple[str, str]]
    body: bytes
    seconds: float

    @property
    def headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.sent}

    @property
    def content(self) -> bytes:
        """As it was before it was compressed."""
        return DECODED[self.headers.get("content-encoding", "")](self.body)


class Server(NamedTuple):
    """``certificate`` is whom to trust; None: it speaks in the open."""

    port: int
    certificate: str | None = None
    host: str = HOST

    def ask(
        self,
        address: str,
        method: str = "GET",
        whose: str = "",
        body: bytes = b"",
        **headers: str,
    ) -> Answer:
        """Header names are written with underscores. Each request comes from another address of
        this machine, unless ``whose`` names one.
        """
        lines = {"Host": self.host, **{n.replace("_", "-"): v for n, v in headers.items()}}
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        connection.sock = self._connect(whose or f"127.0.0.{next(addresses)}")
        connection.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
        for name, value in lines.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        with closing(connection), connection.getresponse() as answer:
            body = answer.read()
            return Answer(answer.status, answer.getheaders(), body, time.monotonic() - began)

    def ask_raw(self, request: bytes) -> bytes:
        """What comes back first; nothing where the server hangs up."""
        with self._connect("127.0.0.1") as connection, suppress(ConnectionResetError):
            connection.sendall(request)
            return connection.recv(65536)
        return b""

    def _connect(self, source: str) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), TIMEOUT, (source, 0))
        if self.certificate is None:
            return plain
        context = ssl.create_default_context(cafile=self.certificate)
        return context.wrap_socket(plain, server_hostname=self.host)
