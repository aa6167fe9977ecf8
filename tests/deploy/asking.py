"""A reader's request to a server on loopback, with exactly the headers that a test says."""

import gzip
import http.client
import socket
import ssl
from contextlib import closing
from typing import NamedTuple

import brotli

TIMEOUT = 30  # seconds: a server that hangs is a fault, a slow machine is none
HOST = "portal.test"
DECODED = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}


class Answer(NamedTuple):
    status: int
    sent: list[tuple[str, str]]
    body: bytes

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

    def ask(self, address: str, method: str = "GET", host: str = HOST, **headers: str) -> Answer:
        """Header names are written with underscores."""
        lines = {"Host": host, **{n.replace("_", "-"): v for n, v in headers.items()}}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        connection.sock = self._connect()
        connection.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
        for name, value in lines.items():
            connection.putheader(name, value)
        connection.endheaders()
        with closing(connection), connection.getresponse() as answer:
            return Answer(answer.status, answer.getheaders(), answer.read())

    def ask_raw(self, request: bytes) -> bytes:
        """Whatever comes back until the server hangs up."""
        found = b""
        with self._connect() as connection:
            connection.sendall(request)
            while part := connection.recv(65536):
                found += part
        return found

    def _connect(self) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
        if self.certificate is None:
            return plain
        context = ssl.create_default_context(cafile=self.certificate)
        return context.wrap_socket(plain, server_hostname=HOST)
