"""Listings for tests: valid, fictional, and different only in what a test says of them."""

import datetime as dt
from collections.abc import Iterator
from itertools import count, cycle, islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag
from finder.listings import Change, ListingDraft, save_all
from finder.models import Provider, Source

NOW = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)
A_CHANGE = Change(by="test", at=NOW, reason="a test")

_numbers = count(1)
_CHICAGO = Point(41.8858, -87.6229)


def tags(*names: str) -> frozenset[Tag]:
    """Tags by their names in files: ``tags("level_of_care:detox", "payment:medicaid")``."""
    return frozenset(Tag(Facet(facet), Code(code)) for facet, code in (name.split(":") for name in names))


def a_draft(**changes: Any) -> ListingDraft:
    """What a source says of a place in Chicago, each time of another one; ``changes`` are fields of `ListingDraft`."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "source": "county-list",
        "source_ref": f"place-{number}",
        "name": f"Lakeview Recovery Center {number}",
        "organization": "Lakeview Health",
        "description": "Help with alcohol and drugs, day and night.",
        "address_1": f"{number} North Example Street",
        "city": "Chicago",
        "county": "Cook County",
        "state": "IL",
        "postal_code": "60601",
        "point": _CHICAGO,
        "precision": Precision.ZIP,
        "time_zone": "America/Chicago",
        "website": "https://lakeview.example/",
        "verified_on": dt.date(2026, 10, 1),
        "phones": (Phone("+13125550123"), Phone("+13125550124", PhoneKind.INTAKE, "7")),
        "tags": tags("level_of_care:outpatient", "payment:medicaid"),
        "schedules": (Schedule(0, dt.time(9), dt.time(17)),),
    }
    return ListingDraft(**facts | changes)


def a_source(session: Session, key: str = "county-list", **changes: Any) -> Source:
    """A source of listings, made if it isn't there; ``changes`` are columns of `Source`."""
    return session.merge(Source(key=key, **{"name": "The county's list", "url": "https://county.example/"} | changes))


def a_provider(session: Session, **changes: Any) -> Provider:
    """A saved listing with all that belongs to it; ``changes`` as in `a_draft`. Not committed."""
    draft = a_draft(**changes)
    if session.get(Source, draft.source) is None:
        a_source(session, draft.source)
    save_all(session, [draft], A_CHANGE)
    saved = select(Provider).where(Provider.source_key == draft.source, Provider.source_ref == draft.source_ref)
    return session.scalars(saved.options(*_WHOLE)).one()


_WHOLE = [
    selectinload(relation)
    for relation in (
        Provider.organization,
        Provider.source,
        Provider.other_sources,
        Provider.phones,
        Provider.tags,
        Provider.schedules,
    )
]

# ZIP code, city, county, state, position and time zone of places far apart, and several in one of them.
_TOWNS = (
    ("60601", "Chicago", "Cook County", "IL", _CHICAGO, "America/Chicago"),
    ("60614", "Chicago", "Cook County", "IL", Point(41.9227, -87.6533), "America/Chicago"),
    ("60201", "Evanston", "Cook County", "IL", Point(42.0546, -87.6943), "America/Chicago"),
    ("37203", "Nashville", "Davidson County", "TN", Point(36.1504, -86.7916), "America/Chicago"),
    ("85004", "Phoenix", "Maricopa County", "AZ", Point(33.4515, -112.0685), "America/Phoenix"),
    ("05401", "Burlington", "Chittenden County", "VT", Point(44.4840, -73.2210), "America/New_York"),
    ("68102", "Omaha", "Douglas County", "NE", Point(41.2590, -95.9340), "America/Chicago"),
)
_KINDS_OF_HELP = (
    tags("level_of_care:detox", "kind_of_care:detox_hospital", "detox_from:alcohol", "detox_from:benzodiazepines"),
    tags("level_of_care:inpatient", "kind_of_care:residential_long", "payment:medicaid", "payment_help:sliding_fee"),
    tags("level_of_care:outpatient", "kind_of_care:outpatient_medication", "medication:buprenorphine"),
    tags("level_of_care:support_group", "kind_of_care:mutual_help_meeting", "payment_help:free", "language:spanish"),
    tags("level_of_care:outpatient", "kind_of_care:outpatient_intensive", "age_group:adolescents", "payment:medicare"),
)


def drafts_that_are_looked_for() -> Iterator[ListingDraft]:
    """Detox in Chicago that takes Medicaid, and a group in Irvine that meets at 8 PM every evening."""
    yield a_draft(
        name="Lantern Detox", tags=tags("level_of_care:detox", "detox_from:benzodiazepines", "payment:medicaid")
    )
    yield a_draft(
        name="Evening Hope Group",
        postal_code="92614",
        city="Irvine",
        county="Orange County",
        state="CA",
        point=Point(33.6800, -117.8330),
        time_zone="America/Los_Angeles",
        tags=tags("level_of_care:support_group", "kind_of_care:mutual_help_meeting", "payment_help:free"),
        schedules=tuple(Schedule(day, dt.time(20), dt.time(21), ScheduleKind.MEETING) for day in range(7)),
    )


def drafts_of_several_towns(how_many: int = 60) -> Iterator[ListingDraft]:
    """Places with every level of care, nearly half of them in and near Chicago, the rest in four other states."""
    towns_and_help = zip(cycle(_TOWNS), cycle(_KINDS_OF_HELP), strict=False)
    for (postal_code, city, county, state, point, time_zone), help_given in islice(towns_and_help, how_many):
        yield a_draft(
            postal_code=postal_code,
            city=city,
            county=county,
            state=state,
            point=point,
            time_zone=time_zone,
            tags=help_given,
        )
