"""The two forms for a table's columns: what each column tells, and what the values of a column for filters mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, FacetTerms
from finder.importing.bounds import MAX_COLUMNS
from finder.importing.clean.text import tidy
from finder.importing.formats.table_columns import (
    LONGEST_HEADING,
    SEVERAL,
    Columns,
    Fact,
    TagColumn,
    by_heading,
    canonical,
)
from finder.importing.formats.table_file import SeenColumn
from finder.importing.formats.table_guess import tag_column
from finder.web.languages import gettext, lazy_gettext
from finder.web.wording import words

NOTHING = "-"
"""How the form says that a value means nothing; nothing at all says that nobody knows yet."""

MOST_VALUES_ASKED = 40
_FACT, _FACET = "fact:", "facet:"

FACTS: Mapping[Fact, lazy_gettext] = {
    Fact.NAME: lazy_gettext("Name of the place"),
    Fact.ORGANIZATION: lazy_gettext("Organization that runs it"),
    Fact.STREET: lazy_gettext("Street and number"),
    Fact.SUITE: lazy_gettext("Suite, floor"),
    Fact.CITY: lazy_gettext("City"),
    Fact.STATE: lazy_gettext("State"),
    Fact.ZIP: lazy_gettext("ZIP code"),
    Fact.ADDRESS: lazy_gettext("Whole address in one line"),
    Fact.LATITUDE: lazy_gettext("Latitude"),
    Fact.LONGITUDE: lazy_gettext("Longitude"),
    Fact.PHONE: lazy_gettext("Phone"),
    Fact.INTAKE: lazy_gettext("Phone for intake"),
    Fact.HOTLINE: lazy_gettext("Hotline"),
    Fact.WEBSITE: lazy_gettext("Website"),
    Fact.EMAIL: lazy_gettext("E-mail"),
    Fact.DESCRIPTION: lazy_gettext("Description"),
    Fact.FEES: lazy_gettext("Fees"),
    Fact.AGES: lazy_gettext("Ages (18+, 12-17)"),
    Fact.MINIMUM_AGE: lazy_gettext("Youngest age"),
    Fact.MAXIMUM_AGE: lazy_gettext("Oldest age"),
    Fact.HOURS: lazy_gettext("Opening hours"),
    Fact.ID: lazy_gettext("Number or ID of the place in this table"),
    Fact.CHECKED_ON: lazy_gettext("Day of the last check"),
}


@dataclass
class ColumnsForm:
    """What each heading tells: "" for nothing, "fact:name", or "facet:payment" for filters ("facet:" for several)."""

    meant: dict[str, str]
    sheet: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, headings: Sequence[str], columns: Columns | None) -> "ColumnsForm":
        """The form, filled in."""
        if columns is None:
            return cls(dict.fromkeys(headings, ""))
        meant = {heading: f"{_FACT}{fact}" for heading, fact in by_heading(columns).items()}
        meant |= {column.heading: f"{_FACET}{column.facet}" for column in columns.tags}
        return cls({heading: meant.get(heading, "") for heading in headings}, columns.sheet)

    @classmethod
    def sent(cls, sent: MultiDict[str, str]) -> "ColumnsForm":
        """The form as somebody filled it in; whatever isn't one of the choices says nothing."""
        known = {"", *(f"{_FACT}{fact}" for fact in Fact), *(f"{_FACET}{each}" for each in ("", *facets()))}
        headings = [tidy(heading)[:LONGEST_HEADING] for heading in sent.getlist("heading")[:MAX_COLUMNS]]
        told = {heading: sent.get(f"means-{number}", "") for number, heading in enumerate(headings) if heading}
        return cls(
            {heading: meaning if meaning in known else "" for heading, meaning in told.items()},
            tidy(sent.get("sheet", ""))[:LONGEST_HEADING],
        )

    def columns(self, seen: Mapping[str, SeenColumn], kept: Columns | None) -> Columns | None:
        """The columns with what was known or can be guessed of values; ``None`` where ``errors`` say what is wrong."""
        facts: dict[Fact, tuple[str, ...]] = {}
        for heading, meaning in self.meant.items():
            if meaning.startswith(_FACT):
                fact = Fact(meaning.removeprefix(_FACT))
                if fact in facts and fact not in SEVERAL:
                    self.errors[heading] = gettext("Another column is this already: %(name)s", name=facts[fact][0])
                facts[fact] = (*facts.get(fact, ()), heading)
        if Fact.NAME not in facts:
            self.errors[next(iter(self.meant), "")] = gettext("Say which column is the name of the place")
        if self.errors:
            return None
        before = {column.heading: column for column in kept.tags} if kept else {}
        return Columns(facts=facts, tags=tuple(self._tags(seen, before)), sheet=self.sheet)

    def _tags(self, seen: Mapping[str, SeenColumn], before: Mapping[str, TagColumn]) -> Iterator[TagColumn]:
        for heading, meaning in self.meant.items():
            if not meaning.startswith(_FACET):
                continue
            facet = meaning.removeprefix(_FACET)
            known = before.get(heading)
            if known and known.facet == facet:
                yield known
            elif heading in seen:
                yield tag_column(seen[heading], facet)
            else:
                yield TagColumn(heading=heading, facet=facet)


@dataclass(frozen=True)
class AskedValue:
    """A value of a column: in how many rows it stands, what is said of it ("" for nothing yet), how the field is
    called.
    """

    name: str
    value: str
    rows: int
    meaning: str


def asked_values(columns: Columns, seen: Mapping[str, SeenColumn]) -> list[tuple[TagColumn, list[AskedValue]]]:
    """The values to be explained of each column for filters, the most frequent first."""
    return [(column, list(_asked(number, column, seen))) for number, column in enumerate(columns.tags)]


def _asked(number: int, column: TagColumn, seen: Mapping[str, SeenColumn]) -> Iterator[AskedValue]:
    rows = seen[column.heading].values if column.heading in seen else {}
    for position, value in enumerate(list(dict.fromkeys((*rows, *column.values)))[:MOST_VALUES_ASKED]):
        meant = column.values.get(value)
        meaning = "" if meant is None else " ".join(meant) or NOTHING
        yield AskedValue(f"{number}-{position}", value, rows.get(value, 0), meaning)


def explained(columns: Columns, sent: MultiDict[str, str]) -> Columns:
    """The columns with what was said of their values; of those that weren't asked about it stays."""
    tags = tuple(_explained(number, column, sent) for number, column in enumerate(columns.tags))
    return Columns(facts=columns.facts, tags=tags, sheet=columns.sheet)


def _explained(number: int, column: TagColumn, sent: MultiDict[str, str]) -> TagColumn:
    values = dict(column.values)
    for position in range(MOST_VALUES_ASKED):
        value = canonical(sent.get(f"value-{number}-{position}", ""))
        meaning = sent.get(f"means-{number}-{position}", "")
        if value:
            values.pop(value, None)
        if value and meaning:
            values[value] = () if meaning == NOTHING else tuple(meaning.split())
    return TagColumn(heading=column.heading, values=values, facet=column.facet)


def facets() -> Mapping[str, FacetTerms]:
    """The questions that a column may answer, by name."""
    return {str(terms.facet): terms for terms in words().facets}


def answers(column: TagColumn) -> list[FacetTerms]:
    """The questions whose answers a column's values may be; where one asks for levels of care, kinds of care too."""
    of_care = [str(LEVEL_OF_CARE), str(KIND_OF_CARE)]
    names = of_care if column.facet in of_care else [column.facet] if column.facet else list(facets())
    return [facets()[name] for name in names]
