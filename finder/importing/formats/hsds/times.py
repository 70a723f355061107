"""Rules of HSDS (the parts of an RRULE of RFC 5545) as times of a week, and in words what isn't weekly."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from finder.domain.schedule import Schedule, ScheduleKind
from finder.importing.clean.times import clean_day, clean_time
from finder.importing.clean.web import clean_web_address
from finder.importing.formats.hsds.entry import Entry, named_facts
from finder.importing.formats.hsds.values import Thing, line, number, things

MOST_TIMES = 200  # what the form for a listing can hold

_LONGEST_NOTE = 200
_LONGEST_PHONE = 60
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERED = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "next to last"}
_UNITS = {"MONTHLY": "month", "WEEKLY": "week"}
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_ZONE = re.compile(r"(?:z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_KINDS = {"open": ScheduleKind.HOURS, "meeting": ScheduleKind.MEETING}  # the words of our own profile
_NOT_WEEKLY = ("bymonthday", "byyearday", "byweekno", "count")
_OF_OURS = ("join_url", "join_phone")


@dataclass(frozen=True, slots=True)
class Times:
    """The weekly times, in the order of the week, and what takes place otherwise in words."""

    weekly: tuple[Schedule, ...]
    others: tuple[str, ...]


def read_times(entry: Entry, kind: ScheduleKind, today: dt.date) -> Times:
    """When the service is there at its location; where that isn't told, when the service is, or else the place.

    ``kind`` is that of times of which the file doesn't say it. Rules that have ended are left out.
    """
    weekly: set[Schedule] = set()
    others: dict[str, None] = {}
    for rule in _rules(entry):
        ends = clean_day(line(rule, "valid_to") or line(rule, "until"))
        if ends and ends < today:
            continue
        days = _weekdays(rule)
        starts = clean_day(line(rule, "valid_from") or line(rule, "dtstart"))
        if days is None or (starts and starts > today):
            others[_in_words(rule, starts if starts and starts > today else None)] = None
        else:
            weekly.update(_spans(rule, days, kind, ends))
    told = sorted(weekly, key=_in_the_week)[:MOST_TIMES]
    return Times(tuple(told), tuple(words for words in others if words))


def _rules(entry: Entry) -> list[Thing]:
    at_location, of_service = list(things(entry.at_location, "schedules")), list(entry.here("schedules"))
    return at_location or of_service or list(things(entry.location, "schedules"))


def _weekdays(rule: Thing) -> list[int] | None:
    """The days of the week from 0 = Monday; ``None`` where the rule isn't every week's."""
    if line(rule, "freq").upper() not in {"", "WEEKLY"} or number(rule, "interval") not in {None, 0.0, 1.0}:
        return None
    parts = [_BYDAY.fullmatch(part.strip()) for part in line(rule, "byday").upper().split(",") if part.strip()]
    if any(line(rule, name) for name in _NOT_WEEKLY) or not all(part and not part[1] for part in parts):
        return None
    return [_DAYS.index(part[2]) for part in parts if part]


def _spans(rule: Thing, days: list[int], kind: ScheduleKind, ends: dt.date | None) -> Iterator[Schedule]:
    opens, closes = _time(rule, "opens_at"), _time(rule, "closes_at")
    if opens is None:
        return
    said = line(rule, "description")
    is_ours = said.casefold() in _KINDS
    of_kind = _KINDS.get(said.casefold(), kind)
    note = _sentences(line(rule, "notes"), "" if is_ours else said, f"Until {_day(ends)}" if ends else "")
    joining = named_facts(rule, _OF_OURS)
    # A foreign link mostly leads to a page about opening hours; that of a meeting leads into it.
    link = line(rule, "schedule_link") if is_ours or of_kind is ScheduleKind.MEETING else ""
    url = clean_web_address(link) or clean_web_address(joining.get("join_url", ""))
    for day in days:
        yield Schedule(day, opens, closes, of_kind, note, url, joining.get("join_phone", "")[:_LONGEST_PHONE])


def _sentences(*words: str) -> str:
    said = [each for each in words if each]
    whole = said[0] if len(said) == 1 else ". ".join(each.rstrip(".") for each in said)
    return whole[:_LONGEST_NOTE].strip()


def _day(day: dt.date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _time(rule: Thing, name: str) -> dt.time | None:
    found = _ZONE.sub("", line(rule, name, 40)).strip()
    return clean_time("00:00" if found in {"24:00", "24:00:00"} else found)


def _in_words(rule: Thing, starts: dt.date | None) -> str:
    """A rule that isn't every week's, as people would say it; empty where it says nothing."""
    parts = (_how_often(rule), _on_days(rule), _hours(rule), f"from {_day(starts)}" if starts else "")
    when = " ".join(part for part in parts if part)
    return _sentences(f"Hours: {when}" if when else "", line(rule, "description"), line(rule, "notes"))


def _how_often(rule: Thing) -> str:
    unit = _UNITS.get(line(rule, "freq").upper(), "")
    every = int(number(rule, "interval") or 1)
    if not unit:
        return ""
    return f"every {unit}" if every == 1 else f"every {every} {unit}s"


def _on_days(rule: Thing) -> str:
    parts = (_BYDAY.fullmatch(part.strip()) for part in line(rule, "byday", 200).upper().split(","))
    if days := ", ".join(_day_in_words(part[1], part[2]) for part in parts if part):
        return f"on {days}"
    dates = line(rule, "bymonthday", 60)
    return f"on day {dates}" if dates else ""


def _day_in_words(which: str | None, day: str) -> str:
    name = _NAMES[_DAYS.index(day)]
    return f"the {_NUMBERED.get(int(which), which)} {name}" if which else name


def _hours(rule: Thing) -> str:
    opens, closes = _time(rule, "opens_at"), _time(rule, "closes_at")
    if opens is None:
        return ""
    return f"{opens:%H:%M} to {closes:%H:%M}" if closes else f"at {opens:%H:%M}"


def _in_the_week(span: Schedule) -> tuple[object, ...]:
    ends = span.closes_at.isoformat() if span.closes_at else ""
    return span.weekday, span.opens_at, ends, span.kind.value, span.note, span.join_url, span.join_phone
