"""How much of a file we read before we refuse it: a small file can unfold into more than a machine has."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

MEGABYTE = 1_000_000
# The workbook of 2022 has 12,176 rows in 12 MB unzipped, 6 MB in its largest part: five times that is room to grow.
MAX_UNZIPPED_BYTES = 100 * MEGABYTE
MAX_PART_BYTES = 32 * MEGABYTE
MAX_PARTS = 1_000
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_TEXTS = 500_000
MAX_CELL_CHARACTERS = 32_767  # what Excel itself allows

_CHUNK_BYTES = 65_536
_PART_SIGNATURE = b"PK\x01\x02"
_PROTECTED = 0x1


class UnreadableFile(Exception):  # noqa: N818 (a state of the world that a person is told of, not an error of the program)
    """A file that can't be read; the message says in plain words why, and what to do."""


def check_size(file: BinaryIO, megabytes: int) -> None:
    """Refuse a file that is empty or larger than ``megabytes``. Leaves the file at its start."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise UnreadableFile("The file is empty. Download it again.")
    if size > megabytes * MEGABYTE:
        raise UnreadableFile(
            f"The file has {size / MEGABYTE:,.0f} MB; at most {megabytes} MB are read. "
            "If it really is this large, raise the setting FINDER_IMPORT_MAX_MEGABYTES."
        )


@contextmanager
def damage_is_told() -> Iterator[None]:
    """Turn what the zip library raises over a broken archive into a plain message."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("The workbook is damaged or was cut off. Download it again.") from error


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The zip archive in ``file``, once its directory promises no more than we read."""
    # Counted before the library reads the directory: it makes an object of every entry, and a file can hold a million.
    if _count(file, _PART_SIGNATURE) > MAX_PARTS:
        raise UnreadableFile(f"The workbook has more than {MAX_PARTS:,} parts inside. This is no directory of SAMHSA's.")
    with damage_is_told():
        archive = zipfile.ZipFile(file)
    if sum(part.file_size for part in archive.infolist()) > MAX_UNZIPPED_BYTES:
        raise UnreadableFile(
            f"The workbook unfolds to more than {MAX_UNZIPPED_BYTES // MEGABYTE} MB. This is no directory of SAMHSA's."
        )
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of one part, in pieces; refuses a part that unfolds too far whatever the archive's directory says."""
    part = archive.getinfo(name)
    if part.flag_bits & _PROTECTED:
        raise UnreadableFile("The workbook is protected with a password. Save a copy without one.")
    # The library bounds a read of these two; others unfold a few bytes without end before we could count.
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnreadableFile("The workbook is packed in an unusual way. Open it in Excel or LibreOffice and save it as .xlsx.")
    total = 0
    with damage_is_told(), archive.open(part) as stream:
        while piece := stream.read(_CHUNK_BYTES):
            total += len(piece)
            if total > MAX_PART_BYTES:
                raise UnreadableFile(
                    f"A part of the workbook unfolds to more than {MAX_PART_BYTES // MEGABYTE} MB. "
                    "This is no directory of SAMHSA's."
                )
            yield piece


def _count(file: BinaryIO, pattern: bytes) -> int:
    """How often ``pattern`` stands in the file. Leaves the file at its start."""
    found, carried = 0, b""
    file.seek(0)
    while piece := file.read(MEGABYTE):
        window = carried + piece
        found += window.count(pattern)
        carried = window[-(len(pattern) - 1) :]
    file.seek(0)
    return found
