"""Random listings, as far from the usual as their fields allow."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import vocabulary
from finder.importing.clean.text import tidy
from finder.listings import ListingDraft

_TAGS = [term.tag for facet in vocabulary().facets for term in facet.terms]
_moments = st.datetimes(dt.datetime(1980, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 (UTC follows)
_days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


def texts(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """Any text that both databases can keep: PostgreSQL refuses NUL, UTF-8 has no surrogates."""
    characters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
    return st.text(characters, min_size=shortest, max_size=longest)


phones = st.builds(
    Phone,
    st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True).map(str.strip),
    st.sampled_from(PhoneKind),
    st.from_regex(r"[0-9]{0,10}", fullmatch=True),
)
schedules = st.builds(
    Schedule,
    st.integers(0, 6),
    st.times(),
    st.none() | st.times(),
    st.sampled_from(ScheduleKind),
    texts(200),
    texts(300),
    texts(60),
)


@st.composite
def drafts(draw: st.DrawFn, source_ref: str = "random") -> ListingDraft:
    """A valid draft of the source "county-list"."""
    point = draw(st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)))
    finenesses = [precision for precision in Precision if precision is not Precision.NONE]
    review_reason = draw(st.just("") | texts(200, shortest=1))
    settled = [status for status in Status if status is not Status.DRAFT]
    as_of = draw(st.none() | _moments)
    ages = sorted(draw(st.lists(st.integers(0, 120), min_size=2, max_size=2)))
    return ListingDraft(
        source="county-list",
        source_ref=source_ref,
        name=draw(texts(200, shortest=1)),
        status=Status.DRAFT if review_reason else draw(st.sampled_from(settled)),
        review_reason=review_reason,
        organization=draw(texts(200)),
        description=draw(texts(400)),
        address_1=draw(texts(200)),
        address_2=draw(texts(200)),
        city=draw(texts(100)),
        county=draw(texts(100)),
        state=draw(texts(2)),
        postal_code=draw(texts(10)),
        country=draw(texts(2)),
        confidential=draw(st.booleans()),
        point=point,
        precision=draw(st.sampled_from(finenesses)) if point else Precision.NONE,
        time_zone=draw(texts(40)),
        website=draw(texts(300)),
        email=draw(texts(200)),
        fees=draw(texts(400)),
        alert=draw(texts(400)),
        minimum_age=draw(st.none() | st.just(ages[0])),
        maximum_age=draw(st.none() | st.just(ages[1])),
        accepting=draw(st.none() | st.booleans()) if as_of else None,
        beds=draw(st.none() | st.integers(0, 1000)) if as_of else None,
        availability_as_of=as_of,
        availability_expires=as_of + draw(st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(90)))
        if as_of
        else None,
        verified_on=draw(st.none() | _days),
        review_due_on=draw(st.none() | _days),
        phones=tuple(draw(st.lists(phones, max_size=5))),
        tags=frozenset(draw(st.sets(st.sampled_from(_TAGS), max_size=12))),
        schedules=tuple(draw(st.lists(schedules, max_size=5))),
    )


def clean_lines(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """Any text of one line, as forms and imports leave it."""
    return texts(longest, shortest).map(tidy).filter(lambda text: len(text) >= shortest)


_paragraphs = st.lists(clean_lines(100), max_size=3).map("\n".join).map(str.strip)
_numbers_to_dial = st.from_regex(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True).map(str.strip) | st.sampled_from(
    ["+442071838750", "+525541692000", "+6913202345"]
)
_websites = st.sampled_from(
    [
        "",
        "https://lakeview.example/",
        "http://lakeview.example/a?b=c&d=%20#e",
        "https://münchen.example/é",
        "HTTPS://A.EXAMPLE",
    ]
)
_minutes = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
_clean_schedules = st.builds(
    Schedule,
    st.integers(0, 6),
    _minutes,
    st.none() | _minutes,
    st.sampled_from(ScheduleKind),
    clean_lines(200),
    _websites,
    clean_lines(60),
)


@st.composite
def published_drafts(draw: st.DrawFn, source_ref: str = "random") -> ListingDraft:
    """What can be published: as `drafts`, but with texts, numbers, addresses and days as forms and imports leave them,
    and times in the order of the week."""
    clean_phones = st.builds(
        Phone, _numbers_to_dial, st.sampled_from(PhoneKind), st.from_regex("[0-9]{0,10}", fullmatch=True)
    )
    times = draw(st.lists(_clean_schedules, max_size=5, unique=True))
    return replace(
        draw(drafts(source_ref)),
        name=draw(clean_lines(200, shortest=1)),
        status=Status.PUBLISHED,
        review_reason="",
        organization=draw(clean_lines(200)),
        description=draw(_paragraphs),
        address_1=draw(clean_lines(200)),
        address_2=draw(clean_lines(200)),
        city=draw(clean_lines(100)),
        county=draw(clean_lines(100)),
        state=draw(st.sampled_from(["", "IL", "CA", "PR"])),
        postal_code=draw(st.sampled_from(["", "60601", "05401-1234", "K1A 0B1"])),
        country=draw(st.sampled_from(["US", "CA", ""])),
        time_zone=draw(st.sampled_from(["", "America/Chicago", "America/Indiana/Knox"])),
        website=draw(_websites),
        email=draw(st.sampled_from(["", "help@lakeview.example"])),
        fees=draw(_paragraphs),
        alert=draw(_paragraphs),
        verified_on=draw(st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2026, 11, 2))),
        phones=tuple(draw(st.lists(clean_phones, max_size=5, unique=True))),
        schedules=tuple(sorted(times, key=in_the_week)),
    )


def in_the_week(span: Schedule) -> tuple[str, ...]:
    """What puts times in the order of the week: Monday first, and those of one time always alike."""
    ends = span.closes_at.isoformat() if span.closes_at else ""
    return str(span.weekday), span.opens_at.isoformat(), ends, span.kind, span.note, span.join_url, span.join_phone
