"""The ingredients of the demonstration directory, read from ``seeds/demonstration.toml``."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from finder.domain.vocabulary import SEEDS, Code, Facet, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What to draw of one facet: ``each`` code by itself (percents), or ``one_of`` several sets of codes (weights)."""

    facet: Facet
    each: Mapping[str, float] = field(default_factory=dict)
    one_of: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A kind of fictional place. ``share`` is a weight; ``confidential`` and ``phones`` (by kind) are percents."""

    key: str
    share: float
    names: Sequence[str]
    descriptions: Sequence[str]
    phones: Mapping[str, float]
    tables: Sequence[Table]
    hours: str = ""
    confidential: float = 0
    meeting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Words for names; ``mark`` ends every name, so that nobody takes the place for a real one."""

    mark: str
    first: Sequence[str]
    second: Sequence[str]
    organizations: Sequence[str]
    groups: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Parts of invented addresses, and how far a pin may lie from the middle of its ZIP."""

    highest_number: int
    streets: Sequence[str]
    units: Sequence[str]
    unit_percent: float
    jitter_degrees: float
    no_position_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How often a listing has an extension, a website and an email address, in percent."""

    extension_percent: float
    highest_extension: int
    website_percent: float
    email_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When listings were checked; a few are stale."""

    verified_first: dt.date
    verified_last: dt.date
    review_after_days: int
    stale_percent: float
    stale_first: dt.date
    stale_last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Notices that a few listings carry."""

    percent: float
    texts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """When groups meet."""

    starts: Sequence[dt.time]
    start_weights: Sequence[float]
    minutes: Sequence[int]
    times_a_week: Sequence[int]
    times_a_week_weights: Sequence[float]
    no_end_percent: float
    notes: Sequence[str]
    note_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The same hours on several weekdays, 0 = Monday."""

    days: Sequence[int]
    opens: dt.time
    closes: dt.time


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """All that the demonstration is drawn from; ``seeds/demonstration.toml`` says what each part is for."""

    seed: str
    listings: int
    fewest_in_a_state: int
    source: Mapping[str, str]
    population: Mapping[str, int]
    names: Names
    addresses: Addresses
    contact: Contact
    dates: Dates
    alerts: Alerts
    fees: Mapping[Tag, Sequence[str]]
    meetings: Meetings
    hours: Mapping[str, Sequence[Sequence[Opening]]]
    only_with: Mapping[Tag, Sequence[Tag]]
    implies: Mapping[Tag, Sequence[Tag]]
    programs: Mapping[str, Program]
    large_city_programs: Sequence[str]


@cache
def ingredients(path: Path = SEEDS / "demonstration.toml") -> Ingredients:
    """The ingredients in a file. Raises ``KeyError`` or ``TypeError``, which name a key that is missing or unknown."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {name: Table(**table) for name, table in document["tables"].items()}
    return Ingredients(
        seed=document["seed"],
        listings=document["listings"],
        fewest_in_a_state=document["fewest_in_a_state"],
        source=document["source"],
        population=document["population"],
        names=Names(**document["names"]),
        addresses=Addresses(**document["addresses"]),
        contact=Contact(**document["contact"]),
        dates=Dates(**document["dates"]),
        alerts=Alerts(**document["alerts"]),
        fees={_tag(name): lines for name, lines in document["fees"].items()},
        meetings=Meetings(**document["meetings"]),
        hours={name: [_openings(one) for one in patterns] for name, patterns in document["hours"].items()},
        only_with=_tags_by_tag(document["only_with"]),
        implies=_tags_by_tag(document["implies"]),
        programs={table["key"]: _program(table, tables) for table in document["programs"]},
        large_city_programs=document["large_cities"]["programs"],
    )


def _program(document: Mapping[str, Any], tables: Mapping[str, Table]) -> Program:
    return Program(**{**document, "tables": [tables[name] for name in document["tables"]]})


def _openings(pattern: Sequence[Mapping[str, Any]]) -> list[Opening]:
    return [Opening(**opening) for opening in pattern]


def _tags_by_tag(document: Mapping[str, Sequence[str]]) -> dict[Tag, list[Tag]]:
    return {_tag(name): [_tag(other) for other in others] for name, others in document.items()}


def _tag(name: str) -> Tag:
    facet, code = name.split(":")
    return Tag(Facet(facet), Code(code))
