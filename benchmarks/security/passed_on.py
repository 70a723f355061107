"""What nginx passes on, byte for byte: a server in finder's place that writes down what it is sent."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_ANSWER = b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"
_MORE_SECONDS = 0.05  # for bytes beyond a request; they would come with its last ones
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d+)\r$", re.IGNORECASE | re.MULTILINE)
_FRAMING = re.compile(rb"^(?:content-length|transfer-encoding)\b", re.IGNORECASE | re.MULTILINE)


class Recorder:
    """``seen`` is what came over each connection so far."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        with suppress(OSError):  # the socket was closed
            while True:
                connection, _ = self._socket.accept()
                with connection:
                    self.seen.append(_read(connection))
                    connection.sendall(_ANSWER)


@contextmanager
def recorder() -> Iterator[Recorder]:
    """A recorder on a free port of this machine."""
    made = Recorder()
    try:
        yield made
    finally:
        made.stop()


def is_one_request(sent: bytes) -> bool:
    """Whether every reader sees the same single request: at most one header tells where it ends, and it ends there."""
    head, _, body = sent.partition(b"\r\n\r\n")
    lengths = [int(length) for length in _LENGTH.findall(head + b"\r\n")]
    plain = len(_FRAMING.findall(head)) == len(lengths) <= 1 and b"\x00" not in head
    return plain and not re.search(rb"(?<!\r)\n|\r(?!\n)", head) and len(body) == sum(lengths)


def _read(connection: socket.socket) -> bytes:
    """A request as nginx means it, and whatever comes with it."""
    connection.settimeout(30)
    sent = b""
    while not is_one_request(sent):
        try:
            part = connection.recv(65_536)
        except TimeoutError:
            return sent
        if not part:
            return sent
        sent += part
    connection.settimeout(_MORE_SECONDS)
    with suppress(TimeoutError):
        sent += connection.recv(65_536)
    return sent
