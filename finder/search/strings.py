"""A sorted list of texts in two arrays, so that it can stand in a file that processes share."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_AFTER_EVERY_LETTER = b"\xff"  # never occurs in UTF-8


class _Texts(Sequence[bytes]):
    """The texts as a sequence of bytes, each cut out when it is asked for."""

    def __init__(self, blob: memoryview, ends: memoryview) -> None:
        self._blob, self._ends = blob, ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place):  # type: ignore[no-untyped-def]  # slices are never asked for
        return bytes(self._blob[self._ends[place] : self._ends[place + 1]])


@dataclass(frozen=True)
class Strings:
    """Different texts in ascending order: UTF-8 behind each other, and where each begins (and the last ends)."""

    blob: NDArray[np.uint8]
    ends: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Strings":
        """From texts in any order; UTF-8 sorts as code points do."""
        encoded = sorted({text.encode() for text in texts})
        lengths = np.fromiter((len(text) for text in encoded), dtype=np.int32, count=len(encoded))
        ends = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return self.ends.size - 1

    @cached_property
    def _texts(self) -> _Texts:
        return _Texts(self.blob.data, self.ends.data)

    def tolist(self) -> list[str]:
        """All of them."""
        return [text.decode() for text in self._texts]

    def place(self, text: str) -> int:
        """Where ``text`` stands or would stand."""
        return bisect_left(self._texts, text.encode())

    def number(self, text: str) -> int:
        """Where ``text`` stands, -1 where it isn't there."""
        wanted = text.encode()
        place = bisect_left(self._texts, wanted)
        return place if place < len(self) and self._texts[place] == wanted else -1

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """The first that begins with ``prefix``, and the one after the last."""
        wanted = prefix.encode()
        first = bisect_left(self._texts, wanted)
        return first, bisect_left(self._texts, wanted + _AFTER_EVERY_LETTER, lo=first)
