"""A generated directory as columns, one row a listing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import catalog
from benchmarks.queries import standard_zips
from finder.search.text import fold

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """What is drawn; everything else follows from it.

    Ids are 1 to ``size``, in row order. ``verified`` is in days (`datetime.date.toordinal`). ``masks`` has shape
    (rows, words of `catalog`). ``words`` are numbers of a listing's name words, shape (rows, 3). ``organizations`` is
    -1 where there is none; ``organization_words`` has one row an organization.
    """

    latitudes: Floats
    longitudes: Floats
    zips: Integers
    kinds: Integers
    verified: Integers
    masks: Integers
    words: Integers
    organizations: Integers
    organization_words: Integers

    def save(self, path: Path) -> None:
        """Write the columns as one npz file."""
        np.savez(path, **{each.name: getattr(self, each.name) for each in fields(self)})

    @classmethod
    def load(cls, path: Path) -> "Columns":
        """Read what `save` wrote."""
        with np.load(path) as file:
            return cls(**{each.name: file[each.name] for each in fields(cls)})


class Listings:
    """The directory, and where finder's database of it is."""

    def __init__(self, columns: Columns, database: Path) -> None:
        self.columns = columns
        self.database = database

    @property
    def size(self) -> int:
        """How many listings."""
        return self.columns.latitudes.size

    @cached_property
    def ids(self) -> Integers:
        """Their ids."""
        return np.arange(1, self.size + 1)

    @cached_property
    def names(self) -> list[str]:
        """Their names."""
        first, second = np.array(catalog.FIRST_WORDS), np.array(catalog.SECOND_WORDS)
        places, groups = np.array(catalog.LAST_WORDS), np.array(catalog.GROUP_WORDS)
        words = self.columns.words
        is_group = self.columns.kinds == catalog.GROUP
        last = np.where(is_group, groups[words[:, 2] % groups.size], places[words[:, 2]])
        return [" ".join(each) for each in zip(first[words[:, 0]], second[words[:, 1]], last, strict=True)]

    @cached_property
    def organization_names(self) -> list[str]:
        """The names of all organizations; no name stands twice."""
        words = self.columns.organization_words
        lists = (catalog.FIRST_WORDS, catalog.SECOND_WORDS, catalog.ORGANIZATION_WORDS)
        named = (" ".join(list_[number] for list_, number in zip(lists, row, strict=True)) for row in words.tolist())
        return [f"{name} {number}" for number, name in enumerate(named, start=1)]

    @cached_property
    def states(self) -> list[str]:
        """Their states' two letters."""
        return self._of_zip("state")

    @cached_property
    def cities(self) -> list[str]:
        """Their cities."""
        return self._of_zip("city")

    @cached_property
    def texts(self) -> list[str]:
        """What words are searched in, in lower case and without marks: name, organization and city."""
        names = [*self.organization_names, ""]
        owners = [names[number] for number in self.columns.organizations.tolist()]
        parts = zip(self.names, owners, self.cities, strict=True)
        return [_plain(" ".join(part)) for part in parts]

    def tags(self, start: int, stop: int) -> Iterator[tuple[int, Integers]]:
        """The numbers of each row's tags, for the rows from ``start`` to before ``stop``."""
        rows, tags = np.nonzero(catalog.unpacked(self.columns.masks[start:stop]))
        ends = np.searchsorted(rows, np.arange(1, stop - start))
        return zip(range(start, stop), np.split(tags, ends), strict=True)

    def _of_zip(self, field: str) -> list[Any]:
        values = [each[field] for each in standard_zips()]
        return [values[number] for number in self.columns.zips.tolist()]


def _plain(text: str) -> str:
    """The text as finder folds it, with blanks for marks, so that whatever parts words at blanks parts them alike."""
    return "".join(character if character.isalnum() else " " for character in fold(text))
