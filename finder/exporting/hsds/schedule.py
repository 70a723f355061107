"""Opening hours and meetings as weekly rules (the parts of an RRULE of RFC 5545)."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from finder.domain.schedule import Schedule, ScheduleKind
from finder.exporting.hsds.attributes import named_attributes
from finder.exporting.hsds.contact import web_address
from finder.exporting.hsds.ids import part_id, service_id
from finder.exporting.hsds.telling import Data, Telling, said
from finder.models import Provider

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORDS = {ScheduleKind.HOURS: "Open", ScheduleKind.MEETING: "Meeting"}
_HOW_TO_ATTEND = "attendance"


def schedules(listing: Provider, telling: Telling) -> list[Data]:
    """One rule for the same times on several days. Times are those of the clocks at the place.

    ``timezone`` is how many hours they are ahead of UTC at present; the location names the zone, whose rules hold for
    every day.
    """
    offset = _hours_ahead(listing.time_zone, telling.now)
    attending = ", ".join(
        term.label()
        for term in telling.known((row.facet, row.code) for row in listing.tags)
        if term.facet == _HOW_TO_ATTEND
    )
    return [
        _rule(listing, number, span) | said(timezone=offset, byday=byday, attending_type=attending)
        for number, (span, byday) in enumerate(_rules(listing))
    ]


def _rule(listing: Provider, number: int, span: Schedule) -> Data:
    id_ = part_id(listing, f"schedule {number}")
    link = web_address(span.join_url)
    joining = {"join_url": "" if link else span.join_url, "join_phone": span.join_phone}
    return said(
        id=id_,
        service_id=service_id(listing),
        freq="WEEKLY",
        description=_WORDS[span.kind],
        opens_at=_clock(span.opens_at),
        closes_at=_clock(span.closes_at),
        schedule_link=link,
        notes=span.note,
        attributes=list(named_attributes("schedule", id_, joining)),
    )


def _rules(listing: Provider) -> Iterator[tuple[Schedule, str]]:
    """Spans that differ in nothing but the day, as their first and their days."""
    spans = sorted((row.value for row in listing.schedules), key=lambda span: (_times(span), span.weekday))
    for _, same in groupby(spans, key=_times):
        days = list(same)
        yield days[0], ",".join(dict.fromkeys(_WEEKDAYS[span.weekday] for span in days))


def _times(span: Schedule) -> tuple[str, dt.time, str, str, str, str]:
    return span.kind.value, span.opens_at, _clock(span.closes_at), span.note, span.join_url, span.join_phone


def _clock(time: dt.time | None) -> str:
    return time.isoformat("minutes") if time else ""


def _hours_ahead(time_zone: str, now: dt.datetime) -> float | None:
    try:
        offset = now.astimezone(ZoneInfo(time_zone)).utcoffset() if time_zone else None
    except (KeyError, ValueError, OSError):  # what zoneinfo raises for no zone, no name of one, and a folder of them
        return None
    return None if offset is None else offset / dt.timedelta(hours=1)
