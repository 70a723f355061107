"""What a format of the field is to the pipeline."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from finder.importing.bounds import Upload
from finder.importing.report import ImportReport
from finder.listings import ListingDraft


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: the names of all its listings within their source, and the drafts, made as one goes.

    A name without a draft is of a listing that the file tells of, but that isn't to be saved.
    """

    refs: Collection[str]
    drafts: Iterator[ListingDraft]


class Format(Protocol):
    """Knows how to read one kind of file, and nothing of databases."""

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """Read the whole file. Each of its rows is counted in ``report`` and there either merged, left out with a
        reason, or in the drafts.

        Raises `UnreadableFile` before the last draft is made.
        """
