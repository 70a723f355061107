"""Passwords that were stolen elsewhere: looked up in a file of the operator's, which may be larger than the memory."""

import hashlib
from pathlib import Path
from typing import BinaryIO

_DIGITS = 40  # hexadecimal ones of a SHA-1


def is_listed(file: Path, password: str) -> bool:
    """Whether a file of SHA-1 digests has the password's: in capital letters, sorted, one a line, anything behind it.

    Some 70 short reads in a file of a thousand million lines. Raises ``OSError`` where it can't be read.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            digest = _first_from(lines, middle)
            if digest and digest < wanted:
                low = middle + 1
            else:
                high = middle
        return _first_from(lines, low) == wanted


def _first_from(lines: BinaryIO, place: int) -> bytes:
    """The digest of the first line that begins at this byte or later; nothing behind the last one."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline()
    return lines.readline()[:_DIGITS]
