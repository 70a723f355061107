"""What a source's addresses give: one file, or several that belong together."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.fetch import Fetcher, Seen, fetch
from finder.importing.pages import fetch_pages, pages_told
from finder.importing.recipes import Recipe
from finder.importing.report import Progress

_LONGEST_NAME = 250


class Fetched(NamedTuple):
    """The files, the first one first; how that one is called, its SHA-256, and what its server said of it."""

    files: list[BinaryIO]
    name: str
    sha256: str
    seen: Seen


@contextmanager
def fetched(recipe: Recipe, address: str, fetcher: Fetcher, seen: Seen, tell: Progress) -> Iterator[Fetched | None]:
    """All files of a source, while the block lasts; None where there is nothing newer than ``seen``.

    A list that comes in pages is one file; ``tell`` is told which page of how many is next. Of several files or pages
    it doesn't ask whether they are newer: one may be without the others. Raises as `fetch`.
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
        if recipe.paging and pages_told(first, recipe.paging) > 1:
            together = stack.enter_context(tempfile.TemporaryFile())
            together.writelines(fetch_pages(address, first, recipe.paging, fetcher, tell))
            first, told = replace(first, file=together), Seen()
        yield Fetched([first.file, *files[1:]], first.name, first.sha256(), told)


def _name_of(address: str) -> str:
    parts = urlsplit(address)
    return (unquote(parts.path).rstrip("/").rpartition("/")[2] or parts.netloc)[:_LONGEST_NAME]
