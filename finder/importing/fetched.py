"""What a source's addresses give: one file, or several that belong together."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.fetch import Fetcher, Seen, fetch
from finder.importing.recipes import Recipe

_LONGEST_NAME = 250


class Fetched(NamedTuple):
    """The files, the first one first; how that one is called, its SHA-256, and what its server said of it."""

    files: list[BinaryIO]
    name: str
    sha256: str
    seen: Seen


@contextmanager
def fetched(recipe: Recipe, address: str, fetcher: Fetcher, seen: Seen) -> Iterator[Fetched | None]:
    """All files of a source, while the block lasts; None where there is nothing newer than ``seen``.

    Of several files it doesn't ask whether they are newer: one may be without the others. Raises as `fetch`.
    """
    if recipe.addresses is None:
        raise UnreadableFile(f"{recipe.name} can't be fetched.")
    addresses = recipe.addresses(address)
    known = seen if len(addresses) == 1 else Seen()
    with ExitStack() as stack:
        files: list[BinaryIO] = []
        told = Seen()
        for url in addresses:
            files.append(stack.enter_context(tempfile.TemporaryFile()))
            answer = fetch(url, files[-1], fetcher, known)
            if answer is None:
                yield None
                return
            told = told if len(files) > 1 else answer
        first = Upload(file=files[0], name=_name_of(address), max_megabytes=fetcher.max_megabytes)
        yield Fetched(files, first.name, first.sha256(), told)


def _name_of(address: str) -> str:
    parts = urlsplit(address)
    return (unquote(parts.path).rstrip("/").rpartition("/")[2] or parts.netloc)[:_LONGEST_NAME]
