"""The folder of files that wait to be imported, each job's in a folder of its own."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from finder.importing.bounds import Upload

_PRIVATE = 0o700


def keep(folder: Path, files: Sequence[BinaryIO]) -> str:
    """Copy files into a new folder below ``folder``, which only this installation's user may read; gives its name."""
    name = os.urandom(12).hex()
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    (folder / name).mkdir(mode=_PRIVATE)
    for number, file in enumerate(files):
        with _path(folder, name, number).open("wb") as kept:
            shutil.copyfileobj(file, kept)
    return name


@contextmanager
def opened(folder: Path, name: str, called: str, *, max_megabytes: int) -> Iterator[list[Upload]]:
    """The files kept under this name, the first one first; people know the first as ``called``."""
    with ExitStack() as files:
        yield [
            Upload(file=files.enter_context(path.open("rb")), name=called, max_megabytes=max_megabytes)
            for path in sorted((folder / name).glob("file-*"))
        ]


def remove(folder: Path, name: str) -> None:
    """Remove what is in the folder under this name, if anything is."""
    path = folder / name
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _path(folder: Path, name: str, number: int) -> Path:
    return folder / name / f"file-{number}"
