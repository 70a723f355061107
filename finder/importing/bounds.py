"""How much of a file we read before we refuse it: a small file can unfold into more than a machine has."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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

_TOO_MUCH = "That is more than any directory needs."
_PIECE_BYTES = 65_536
_PART_SIGNATURE = b"PK\x01\x02"
_PROTECTED = 0x1


class UnreadableFile(Exception):  # noqa: N818 (a state of the world that a person is told of, not an error of the program)
    """A file that can't be read; the message says in plain words why, and what to do."""


class TooMuch(UnreadableFile):
    """A workbook, or what else is ``called`` so, that holds more of something than any directory does."""

    def __init__(self, what: str, called: str = "workbook") -> None:
        super().__init__(f"The {called} has {what}. {_TOO_MUCH}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far an archive of a kind may unfold, and how people call and make one."""

    called: str
    unzipped_bytes: int
    part_bytes: int
    remade: str


WORKBOOK = Bounds(
    called="workbook",
    unzipped_bytes=MAX_UNZIPPED_BYTES,
    part_bytes=MAX_PART_BYTES,
    remade="Open it in Excel and save it as .xlsx again.",
)


def damaged(bounds: Bounds) -> str:
    """What to tell of an archive that can't be unpacked."""
    return f"The {bounds.called} is damaged or was cut off. Download it again."


DAMAGED = damaged(WORKBOOK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that somebody gives us: seekable, with the name that people know it by, and how large it may be."""

    file: BinaryIO
    name: str
    max_megabytes: int

    def check_size(self) -> None:
        """Refuse a file that is empty or too large. Leaves the file at its start."""
        size = self.file.seek(0, 2)
        self.file.seek(0)
        if size == 0:
            raise UnreadableFile("The file is empty. Download it again.")
        if size > self.max_megabytes * MEGABYTE:
            raise UnreadableFile(
                f"The file has {size / MEGABYTE:,.0f} MB; at most {self.max_megabytes} MB are read. "
                "If it really is this large, raise the setting FINDER_IMPORT_MAX_MEGABYTES."
            )

    def sha256(self) -> str:
        """The file's SHA-256 in hexadecimal. Leaves the file at its start."""
        digest = hashlib.sha256()
        self.file.seek(0)
        while piece := self.file.read(_PIECE_BYTES):
            digest.update(piece)
        self.file.seek(0)
        return digest.hexdigest()


def open_archive(file: BinaryIO, bounds: Bounds = WORKBOOK) -> zipfile.ZipFile:
    """The zip archive in ``file``, once its directory promises no more than we read."""
    # Counted before the library reads the directory: it makes an object of every entry, and a file can hold a million.
    if _count(file, _PART_SIGNATURE) > MAX_PARTS:
        raise TooMuch(f"more than {MAX_PARTS:,} parts inside", bounds.called)
    with _damage_is_told(bounds):
        archive = zipfile.ZipFile(file)
    if sum(part.file_size for part in archive.infolist()) > bounds.unzipped_bytes:
        raise TooMuch(f"more than {bounds.unzipped_bytes // MEGABYTE:,} MB inside once it is unzipped", bounds.called)
    return archive


def read_part(archive: zipfile.ZipFile, name: str, bounds: Bounds = WORKBOOK) -> Iterator[bytes]:
    """The bytes of one part, in pieces; refuses a part that unfolds too far whatever the archive's directory says."""
    part = archive.getinfo(name)
    if part.flag_bits & _PROTECTED:
        raise UnreadableFile(f"The {bounds.called} is protected with a password. Save a copy without one.")
    # The library bounds a read of these two; of others a few bytes unfold without end before we could count.
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnreadableFile(f"The {bounds.called} is packed in an unusual way. {bounds.remade}")
    total = 0
    with _damage_is_told(bounds), archive.open(part) as stream:
        while piece := stream.read(_PIECE_BYTES):
            total += len(piece)
            if total > bounds.part_bytes:
                unzipped = f"{bounds.part_bytes // MEGABYTE:,} MB once it is unzipped"
                raise TooMuch(f"a part of more than {unzipped}", bounds.called)
            yield piece


@contextmanager
def _damage_is_told(bounds: Bounds) -> Iterator[None]:
    """Turn what the zip library raises over a broken archive into a plain message."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(damaged(bounds)) from error


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
