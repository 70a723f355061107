"""Which column of somebody's table tells what: said once by a person, and kept with the source."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from finder.domain.vocabulary import Code, Facet, Tag, vocabulary
from finder.importing.bounds import MAX_COLUMNS
from finder.importing.clean.text import tidy

LONGEST_HEADING = 100
LONGEST_VALUE = 100
MOST_VALUES = 200
"""So many different values of a column may stand for tags; a column with more is free text."""

NO_NAME_COLUMN = "no column is the name of the place"

YES, NO = "yes", "no"
_YES = frozenset({"yes", "y", "x", "1", "true", "t", "si", "sí", "s", "\u2713", "\u2714", "verdadero"})
_NO = frozenset({"no", "n", "0", "false", "f", "-", "\u2013", "none", "n/a", "na", "falso", "ninguno", "ninguna"})

Heading = Annotated[str, Field(min_length=1, max_length=LONGEST_HEADING)]
Value = Annotated[str, Field(min_length=1, max_length=LONGEST_VALUE)]


class Fact(StrEnum):
    """What a column may tell of a place."""

    NAME = "name"
    ORGANIZATION = "organization"
    STREET = "street"
    SUITE = "suite"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    ADDRESS = "address"  # all of it in one line
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PHONE = "phone"
    INTAKE = "intake"
    HOTLINE = "hotline"
    WEBSITE = "website"
    EMAIL = "email"
    DESCRIPTION = "description"
    FEES = "fees"
    AGES = "ages"
    MINIMUM_AGE = "minimum_age"
    MAXIMUM_AGE = "maximum_age"
    HOURS = "hours"
    ID = "id"
    CHECKED_ON = "checked_on"


SEVERAL = frozenset({Fact.PHONE, Fact.INTAKE, Fact.HOTLINE, Fact.DESCRIPTION})
"""Facts that several columns may tell; each of the others has one column at most."""


@dataclass(frozen=True, slots=True, kw_only=True, config={"extra": "forbid"})
class TagColumn:
    """A column whose values stand for tags: by `canonical` value the tags as "facet:code", none where it means nothing.

    ``facet`` is the question that the column answers, empty where it answers several.
    """

    heading: Heading
    values: Annotated[dict[Value, tuple[str, ...]], Field(max_length=MOST_VALUES)] = field(default_factory=dict)
    facet: str = ""

    def __post_init__(self) -> None:
        if self.facet and self.facet not in {terms.facet for terms in vocabulary().facets}:
            raise ValueError(f"the vocabulary has no {self.facet!r}")
        if unknown := [text for texts in self.values.values() for text in texts if tag_of(text) not in vocabulary()]:
            raise ValueError(f"the vocabulary has no {unknown[0]!r}")

    def tags_of(self, cell: str) -> tuple[frozenset[Tag], list[str]]:
        """What a cell says, and the values in it of which nobody said what they mean."""
        tags: set[Tag] = set()
        unknown: list[str] = []
        for value in self._values_in(cell):
            if value in self.values:
                tags.update(tag_of(text) for text in self.values[value])
            elif value != NO:
                unknown.append(value)
        return frozenset(tags), unknown

    def _values_in(self, cell: str) -> list[str]:
        whole = canonical(cell)
        return [whole] if whole in self.values else values_in(cell)


@dataclass(frozen=True, slots=True, kw_only=True, config={"extra": "forbid"})
class Columns:
    """Which headings of a table tell which fact, which columns stand for tags, and the sheet (empty: the first)."""

    facts: dict[Fact, Annotated[tuple[Heading, ...], Field(max_length=MAX_COLUMNS)]]
    tags: Annotated[tuple[TagColumn, ...], Field(max_length=MAX_COLUMNS)] = ()
    sheet: Annotated[str, Field(max_length=LONGEST_HEADING)] = ""

    def __post_init__(self) -> None:
        if not self.facts.get(Fact.NAME):
            raise ValueError(NO_NAME_COLUMN)
        if twice := [fact for fact, headings in self.facts.items() if len(headings) > 1 and fact not in SEVERAL]:
            raise ValueError(f"two columns are the {twice[0]}")
        if len({column.heading for column in self.tags}) < len(self.tags):
            raise ValueError("a column stands twice among those for tags")

    @property
    def headings(self) -> frozenset[str]:
        """All headings that are read."""
        return frozenset(heading for headings in self.facts.values() for heading in headings) | {
            column.heading for column in self.tags
        }

    def as_json(self) -> dict[str, Any]:
        """The form in which they are kept; `columns_from_json` reads it."""
        kept: dict[str, Any] = TypeAdapter(Columns).dump_python(self, mode="json")
        return kept


def columns_from_json(kept: Any) -> Columns:
    """Columns as `Columns.as_json` has them. Raises ``ValueError`` that tells what is wrong with them."""
    try:
        return TypeAdapter(Columns).validate_python(kept)
    except ValidationError as error:
        first = error.errors()[0]
        where, what = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{where}: {what}" if where else what) from error


def tag_of(text: str) -> Tag:
    """The tag that "facet:code" names, whether the vocabulary has it or not."""
    facet, _, code = text.partition(":")
    return Tag(Facet(facet), Code(code))


def canonical(value: str) -> str:
    """A value as it is compared: small letters, and one word for all ways to say yes or no."""
    plain = tidy(value).casefold()[:LONGEST_VALUE].strip()
    return YES if plain in _YES else NO if plain in _NO else plain


def values_in(cell: str) -> list[str]:
    """The `canonical` values of a cell that lists several, each once."""
    for sign in ";|\n":
        cell = cell.replace(sign, ",")
    return list(dict.fromkeys(filter(None, map(canonical, cell.split(",")))))


def by_heading(columns: Columns) -> Mapping[str, Fact]:
    """The fact that each heading tells; without the columns for tags."""
    return {heading: fact for fact, headings in columns.facts.items() for heading in headings}
