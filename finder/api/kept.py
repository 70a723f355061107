"""Answers that many ask for and that take long to make, kept packed for as long as they hold."""

import gzip
import io
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator

_PIECE_BYTES = 65_536
_LEVEL = 6  # more takes far longer and saves little


class Kept:
    """The answers that were made last, at most so many bytes of them, or one; safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._answers: dict[Hashable, bytes] = {}
        self._making = threading.Lock()

    def packed(self, key: Hashable, make: Callable[[], Iterable[bytes]]) -> bytes:
        """The answer with this key, packed with gzip. Many who ask at once wait for one who makes it.

        What ``make`` raises is raised, and nothing is kept.
        """
        found = self._answers.get(key)
        if found is None:
            with self._making:
                found = self._answers.get(key) or _packed(make())
                self._keep(key, found)
        return found

    def _keep(self, key: Hashable, answer: bytes) -> None:
        self._answers[key] = answer
        while len(self._answers) > 1 and sum(map(len, self._answers.values())) > self._most_bytes:
            del self._answers[next(iter(self._answers))]


def unpacked(packed: bytes) -> Iterator[bytes]:
    """What was packed, in pieces."""
    with gzip.open(io.BytesIO(packed)) as file:
        yield from iter(lambda: file.read(_PIECE_BYTES), b"")


def _packed(pieces: Iterable[bytes]) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=_LEVEL, mtime=0) as file:
        file.writelines(pieces)
    return buffer.getvalue()
