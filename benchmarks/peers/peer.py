"""What every design does: take in a directory, and answer questions about it."""

import abc
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from benchmarks.database import Pages
from benchmarks.listings import Listings
from benchmarks.queries import Query
from finder.domain.vocabulary import Code, Facet, Tag

PAGE_SIZE = 10


class NotHereError(Exception):
    """A peer's program is not on this machine; the message says why and how to get it."""


Counts: TypeAlias = Mapping[Tag, int] | Mapping[Facet, Mapping[Code, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """What matches, before the page is loaded: the total, the counts (those of 0 may be left out), the page's ids."""

    total: int
    counts: Counts
    ids: list[int]

    @property
    def counts_by_tag(self) -> dict[Tag, int]:
        """The counts in one mapping, however the peer gives them."""
        by_tag: dict[Tag, int] = {}
        for key, value in self.counts.items():
            if isinstance(value, Mapping):
                by_tag |= {Tag(Facet(str(key)), code): count for code, count in value.items()}
            elif isinstance(key, Tag):
                by_tag[key] = value
        return by_tag


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a peer may keep files, and how it says what it is doing."""

    folder: Path
    tell: Callable[[str], None] = field(default=lambda _what: None)


class Peer(abc.ABC):
    """One design. ``name`` stands in the tables, ``how`` in the notes below them.

    ``largest`` is the largest directory that it is given, ``beyond`` says why. ``in_process`` puts it into the table
    of the core, ``served`` into the table of what is asked through a socket. ``complete`` is false for the yardstick,
    which gives no full answer.
    """

    name: ClassVar[str]
    how: ClassVar[str]
    largest: ClassVar[int] = 10_000_000
    beyond: ClassVar[str] = ""
    in_process: ClassVar[bool] = True
    served: ClassVar[bool] = False
    complete: ClassVar[bool] = True

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.closing = ExitStack()

    def load(self, listings: Listings) -> None:
        """Take in the directory. Raises `NotHereError` where a program is missing."""
        self._pages = Pages(listings.database)
        self.closing.callback(self._pages.close)
        self.take_in(listings)

    @abc.abstractmethod
    def take_in(self, listings: Listings) -> None:
        """Build whatever the design searches on; register on ``closing`` what ends with it."""

    @abc.abstractmethod
    def find(self, query: Query) -> Found:
        """Total, counts and the ids of the first page; nothing is kept from one question for the next."""

    def page(self, ids: list[int]) -> Sequence[Any]:
        """The listings of a page, from the database."""
        return self._pages.load(ids)

    def close(self) -> None:
        """Stop what was started and let go of what was opened."""
        self.closing.close()
