"""The answer of a search by the shortest way there is: a loop in plain Python over all listings, with geopy."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, available_timezones

from geopy.distance import geodesic

from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag, vocabulary
from finder.search import Criteria, MeetingTime, Sort
from finder.search.snapshot import SnapshotRow
from tests.unit.search.samples import Listed

_IN_PERSON, _ONLINE, _HYBRID = (Tag(Facet("attendance"), Code(code)) for code in ("in_person", "online", "hybrid"))
_ZONES = available_timezones()
_METERS_PER_MILE = 1609.344
_BAND_EDGES = [miles * _METERS_PER_MILE for miles in (5, 10, 25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400)]


@dataclass(frozen=True)
class Answer:
    """All ids in order, how many are unmapped, and the counts."""

    ids: list[int]
    unmapped: int
    counts: Mapping[str, Mapping[str, int]]


def answer(listings: Iterable[Listed], criteria: Criteria, now: dt.datetime) -> Answer:
    """The whole answer, on one endless page."""
    wanted = [
        (row, tags)
        for row, tags in listings
        if _is_wanted(row, tags, criteria, now) and _meets(tags, criteria, except_for=None)
    ]
    found = [row for row, _ in wanted if _is_there(row, criteria)]
    return Answer(
        ids=[row.id for row in sorted(found, key=lambda row: _key(row, criteria, now))],
        unmapped=sum(_unmapped_there(row, criteria) for row, _ in wanted if not _is_there(row, criteria)),
        counts={terms.facet: _counts(terms.facet, listings, criteria, now) for terms in vocabulary().facets},
    )


def care_path(listings: Iterable[Listed], criteria: Criteria, now: dt.datetime) -> dict[str, int | None]:
    """The first id of each level of care, near the place or, where there is none, in the state or everywhere."""
    area = {"state": "", "county": ""} if criteria.near else {}
    anywhere = replace(criteria, radius_miles=None, sort=Sort.DISTANCE, **area)
    firsts = {}
    for term in vocabulary().facet(LEVEL_OF_CARE).terms:
        of_level = {facet: _codes_of_level(facet, codes, term.code) for facet, codes in criteria.needs.items()}
        needs = {**of_level, LEVEL_OF_CARE: frozenset({term.code})}
        firsts[term.code] = next(iter(answer(listings, replace(anywhere, needs=needs), now).ids), None)
    return firsts


def _codes_of_level(facet: Facet, codes: frozenset[Code], level: Code) -> frozenset[Code]:
    """Those of the codes that may be asked of a level; what says something of another level alone isn't."""
    if facet == "kind_of_care":
        return frozenset(code for code in codes if vocabulary().term(facet, code).level == level)
    other = {"detox_from": "detox", "fellowship": "support_group", "meeting_type": "support_group"}.get(facet, level)
    return codes if other == level else frozenset()


def meters(row: SnapshotRow, criteria: Criteria) -> float | None:
    """geopy's distance, None where there is none."""
    if criteria.near is None or row.latitude is None:
        return None
    near = criteria.near.point
    return float(geodesic((near.latitude, near.longitude), (row.latitude, row.longitude)).meters)


def _counts(facet: Facet, listings: Iterable[Listed], criteria: Criteria, now: dt.datetime) -> dict[str, int]:
    there = [
        tags
        for row, tags in listings
        if _is_there(row, criteria)
        and _is_wanted(row, tags, criteria, now)
        and _meets(tags, criteria, except_for=facet)
    ]
    return {term.code: sum(_has(tags, term.tag) for tags in there) for term in vocabulary().facet(facet).terms}


def _is_wanted(row: SnapshotRow, tags: frozenset[Tag], criteria: Criteria, now: dt.datetime) -> bool:
    return (
        _has_words(row, criteria.text)
        and not any(_has(tags, tag) for tag in criteria.excluded)
        and (not criteria.available or _is_available(row, now))
        and (not criteria.open_now or is_open(row.time_zone, _spans(row), now))
        and (criteria.meeting is None or meets_at(_spans(row), criteria.meeting))
    )


def _meets(tags: frozenset[Tag], criteria: Criteria, except_for: Facet | None) -> bool:
    return all(
        any(_has(tags, Tag(facet, code)) for code in codes)
        for facet, codes in criteria.needs.items()
        if codes and facet != except_for
    )


def _has(tags: frozenset[Tag], tag: Tag) -> bool:
    """In person and online at once is hybrid, and hybrid is both."""
    if tag == _HYBRID:
        return tag in tags or tags >= {_IN_PERSON, _ONLINE}
    return tag in tags or (tag in {_IN_PERSON, _ONLINE} and _HYBRID in tags)


def _is_available(row: SnapshotRow, now: dt.datetime) -> bool:
    return bool(row.accepting) and row.availability_expires is not None and now < row.availability_expires


def _spans(row: SnapshotRow) -> list[Schedule]:
    return [_span(*text.split(",")) for text in (row.schedules or "").split(";") if text]


def _span(weekday: str, opens: str, closes: str, kind: str) -> Schedule:
    times = [dt.time.fromisoformat(time) if time else None for time in (opens, closes)]
    return Schedule(int(weekday), times[0] or dt.time.min, times[1], ScheduleKind(kind))


def _is_there(row: SnapshotRow, criteria: Criteria) -> bool:
    asked = []
    if criteria.near and criteria.radius_miles:
        distance = meters(row, criteria)
        asked.append(distance is not None and _miles(row, criteria) <= criteria.radius_miles)
    if criteria.state:
        asked.append(row.state == criteria.state and criteria.county in {"", row.county})
    return any(asked) if asked else True


def _miles(row: SnapshotRow, criteria: Criteria) -> float:
    assert criteria.near
    near = criteria.near.point
    return float(geodesic((near.latitude, near.longitude), (row.latitude, row.longitude)).miles)


def _unmapped_there(row: SnapshotRow, criteria: Criteria) -> bool:
    return row.latitude is None and bool(criteria.near and criteria.near.state and row.state == criteria.near.state)


def _has_words(row: SnapshotRow, text: str) -> bool:
    there = _words(" ".join([row.name, row.organization or "", row.city, row.postal_code, row.description]))
    return all(any(word.startswith(typed) for word in there) for typed in _words(text))


def _words(text: str) -> list[str]:
    plain = [mark for mark in unicodedata.normalize("NFKD", text) if unicodedata.category(mark) != "Mn"]
    return re.findall(r"[a-z0-9]+", "".join(plain).lower().replace("'", "").replace("\u2019", ""))


def _key(row: SnapshotRow, criteria: Criteria, now: dt.datetime) -> tuple[object, ...]:
    distance = meters(row, criteria)
    whole = math.inf if distance is None else round(distance)
    newest = -row.verified_on.toordinal() if row.verified_on else 0
    name = " ".join(_words(row.name))
    stale = row.review_due_on is not None and row.review_due_on < now.astimezone(dt.UTC).date()
    if criteria.sort is Sort.NAME:
        return name, whole, row.id
    if criteria.sort is Sort.VERIFIED:
        return newest, whole, name, row.id
    if criteria.sort is Sort.NEXT_MEETING:
        until = minutes_to_meeting(row.time_zone, _spans(row), now)
        return math.inf if until is None else until, whole, newest, row.id
    if criteria.near is None:
        return stale, name, row.id
    band = math.inf if distance is None else sum(whole > edge for edge in _BAND_EDGES)
    return band, stale, whole, newest, row.id


def is_open(zone: str, spans: Iterable[Schedule], now: dt.datetime) -> bool:
    """Whether a place there is open or a meeting going on."""
    clock = _clock(zone)
    return clock is not None and any(_is_on(span, clock, now) for span in spans)


def minutes_to_meeting(zone: str, spans: Iterable[Schedule], now: dt.datetime) -> int | None:
    """Real minutes from the beginning of this minute to the next start."""
    clock, minute = _clock(zone), now.replace(second=0, microsecond=0)
    if clock is None:
        return None
    starts = [start for span in spans if span.kind is ScheduleKind.MEETING for start in _starts(span, clock, now)]
    return min(((start - minute) // dt.timedelta(minutes=1) for start in starts if start >= minute), default=None)


def meets_at(spans: Iterable[Schedule], wanted: MeetingTime) -> bool:
    """Whether a meeting starts then, by the clock of its place."""
    return any(span.kind is ScheduleKind.MEETING and _starts_then(span, wanted) for span in spans)


def _starts_then(span: Schedule, wanted: MeetingTime) -> bool:
    time = _to_the_minute(span.opens_at)
    earliest, latest = _to_the_minute(wanted.earliest or dt.time.min), _to_the_minute(wanted.latest or dt.time.max)
    weekdays = wanted.weekdays or set(range(7))
    if earliest <= latest:
        return span.weekday in weekdays and earliest <= time <= latest
    in_the_evening = span.weekday in weekdays and time >= earliest
    after_midnight = (span.weekday - 1) % 7 in weekdays and time <= latest
    return in_the_evening or after_midnight


def _is_on(span: Schedule, clock: ZoneInfo, now: dt.datetime) -> bool:
    if span.kind is ScheduleKind.MEETING:
        return any(start <= now < start + _length(span) for start in _starts(span, clock, now))
    shown = now.astimezone(clock).replace(tzinfo=None)
    days = [shown.date() - dt.timedelta(days=back) for back in range(3)]
    openings = [
        dt.datetime.combine(day, _to_the_minute(span.opens_at)) for day in days if day.weekday() == span.weekday
    ]
    return any(opening <= shown < opening + _length(span) for opening in openings)


def _starts(span: Schedule, clock: ZoneInfo, now: dt.datetime) -> list[dt.datetime]:
    """The meeting's starts of some weeks, in UTC."""
    today = now.astimezone(clock).date()
    days = [today + dt.timedelta(days=away) for away in range(-10, 11)]
    time = _to_the_minute(span.opens_at)
    return [dt.datetime.combine(day, time, clock).astimezone(dt.UTC) for day in days if day.weekday() == span.weekday]


def _length(span: Schedule) -> dt.timedelta:
    if span.closes_at is None:
        return dt.timedelta(hours=1)
    day = dt.date(2026, 1, 1)
    opens, closes = (dt.datetime.combine(day, _to_the_minute(time)) for time in (span.opens_at, span.closes_at))
    return closes - opens + dt.timedelta(days=int(span.closes_at <= span.opens_at))


def _to_the_minute(time: dt.time) -> dt.time:
    return time.replace(second=0, microsecond=0)


def _clock(zone: str) -> ZoneInfo | None:
    return ZoneInfo(zone) if zone in _ZONES else None
