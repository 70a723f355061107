"""A segment in one file that all processes of a machine share by mapping it, and start from.

The file begins with `_MAGIC`, and the length and the checksum of a header in JSON: how the file is laid out, where each
array stands, and the checksum of all arrays. These follow, each at a multiple of `_ALIGNMENT` bytes. Its name tells
which directory and version it shows. A file that differs in any of these from what it should be is not used.
"""

import json
import logging
import mmap
import os
import re
import struct
import tempfile
import uuid
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from finder.domain.vocabulary import vocabulary
from finder.search.columns import Arrays
from finder.search.segment import Segment

_LAYOUT = 1
"""To be raised with every change of what the arrays mean."""

_MAGIC = b"finder snapshot\n"
_HEAD = struct.Struct("<16sII")  # magic, the header's length and its checksum
_ALIGNMENT = 64
_NAME = re.compile(r"(?P<uid>[0-9a-f]{32})-(?P<version>\d{1,18})\.snapshot")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SnapshotFolder:
    """Where the files of one directory are; ``uid`` is the directory's."""

    path: Path
    uid: uuid.UUID

    def newest(self, at_most: int) -> tuple[Segment, int] | None:
        """The segment of the newest version up to ``at_most`` that can be used, and that version."""
        for version, path in sorted(self._files(), reverse=True):
            if version <= at_most and (segment := _opened(path)) is not None:
                return segment, version
        return None

    def keep(self, segment: Segment, version: int) -> None:
        """Write a file, and remove those of older versions; where that fails, say so in the log and go on without.

        Whoever has mapped an older file keeps it until the last process lets go of it.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            _write(self.path / f"{self.uid.hex}-{version}.snapshot", segment.arrays)
            for older, path in self._files():
                if older < version:
                    path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("search goes on without a new snapshot file: %s", error)

    def _files(self) -> Iterator[tuple[int, Path]]:
        with suppress(OSError):  # what cannot be read is not there
            for path in list(self.path.iterdir()):
                named = _NAME.fullmatch(path.name)
                if named and named["uid"] == self.uid.hex:
                    yield int(named["version"]), path


def _layout() -> str:
    """What arrays mean: bits of tags follow the vocabulary."""
    terms = ",".join(str(term.tag) for facet in vocabulary().facets for term in facet.terms)
    return f"{_LAYOUT}:{zlib.crc32(terms.encode())}"


def _write(path: Path, arrays: Arrays) -> None:
    """Atomically: under another name first."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".snapshot-", delete=False) as file:
        try:
            _write_to(file, arrays)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _write_to(file: Any, arrays: Arrays) -> None:
    placed: list[tuple[str, str, tuple[int, ...], int]] = []
    end = checksum = 0
    for name, array in arrays.items():
        start = _aligned(end)
        placed.append((name, array.dtype.str, array.shape, start))
        checksum = zlib.crc32(np.ascontiguousarray(array).data, zlib.crc32(bytes(start - end), checksum))
        end = start + array.nbytes
    header = json.dumps({"layout": _layout(), "arrays": placed, "size": end, "checksum": checksum}).encode()
    file.write(_HEAD.pack(_MAGIC, len(header), zlib.crc32(header)))
    file.write(header)
    first = _aligned(_HEAD.size + len(header))
    for (_, _, _, start), array in zip(placed, arrays.values(), strict=True):
        file.write(bytes(first + start - file.tell()))
        file.write(np.ascontiguousarray(array).data)


def _aligned(place: int) -> int:
    return -(-place // _ALIGNMENT) * _ALIGNMENT


def _opened(path: Path) -> Segment | None:
    """The segment in a file, ``None`` where it is damaged, of another layout, or gone in the meantime."""
    try:
        with path.open("rb") as file:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return Segment(_arrays(mapped))
    except (OSError, ValueError, KeyError, struct.error) as error:
        _log.warning("%s is not used: %s", path.name, error)
        return None


def _arrays(mapped: memoryview) -> Arrays:
    """The arrays in a file, as they stand there. Raises ``ValueError`` for anything else than what `_write` wrote."""
    magic, length, checksum = _HEAD.unpack_from(mapped)
    text = mapped[_HEAD.size : _HEAD.size + length]
    if magic != _MAGIC or zlib.crc32(text) != checksum:
        raise ValueError("its beginning is damaged")
    header = json.loads(bytes(text))
    if header["layout"] != _layout():
        raise ValueError("its layout is not today's")
    first = _aligned(_HEAD.size + length)
    body = mapped[first : first + header["size"]]
    if len(body) != header["size"] or zlib.crc32(body) != header["checksum"]:
        raise ValueError("it is damaged")
    return {name: _array(body, dtype, shape, start) for name, dtype, shape, start in header["arrays"]}


def _array(body: memoryview, dtype: str, shape: list[int], start: int) -> Any:
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.empty(shape, dtype=dtype)
    return np.frombuffer(body, dtype=dtype, count=count, offset=start).reshape(shape)
