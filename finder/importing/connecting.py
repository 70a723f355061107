"""Connections that lead to the address that was checked, and end by one moment whatever the other side does."""

import io
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection

from finder.importing.addresses import Target

_CONNECT_SECONDS = 15


class Deadline:
    """The moment by which all must be done: a time-out of each read alone lets a server send a byte now and then."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds until then. Raises ``TimeoutError`` once there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@contextmanager
def connected(
    target: Target, addresses: Sequence[str], tls: ssl.SSLContext, deadline: Deadline
) -> Iterator[HTTPConnection]:
    """A connection to the first of these IP addresses that answers, under the target's own name."""
    with _socket(target, addresses, deadline) as plain:
        plain.settimeout(deadline.left())
        encrypted = tls.wrap_socket(plain, server_hostname=target.host) if target.scheme == "https" else plain
        with encrypted:
            connection = HTTPConnection(target.host, target.port)
            connection.sock = _Timed(encrypted, deadline)
            yield connection


def _socket(target: Target, addresses: Sequence[str], deadline: Deadline) -> socket.socket:
    trouble: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, target.port), timeout=min(_CONNECT_SECONDS, deadline.left()))
        except OSError as error:
            trouble = error
    raise trouble


class _Timed:
    """What `HTTPConnection` needs of a socket. Who opened that closes it: the answer is read after its connection."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._plain.settimeout(self._deadline.left())
        self._plain.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReading(self._plain, self._deadline))

    def close(self) -> None:
        """Nothing."""


class _TimedReading(io.RawIOBase):
    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._plain = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer that can be written
        self._plain.settimeout(self._deadline.left())
        return self._plain.recv_into(buffer)
