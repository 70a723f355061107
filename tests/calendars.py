"""Calendar files, read as strictly as RFC 5545 writes them, and worked out by its rules."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = dt.timedelta(weeks=1)
_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^:;,]+)*):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Component:
    """One component: its kind, the values of its properties as they are written, its parts.

    ``conferences`` are addresses at which to join, by what one needs for it ("VIDEO").
    """

    kind: str
    properties: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    conferences: dict[str, str] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def of(self, kind: str) -> list["Component"]:
        """The parts of one kind."""
        return [part for part in self.parts if part.kind == kind]

    def text(self, name: str) -> str:
        """A property that is a text, without its escapes."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.properties[name])

    def rule(self) -> dict[str, str]:
        """The parts of its rule."""
        return dict(part.split("=") for part in self.properties["RRULE"].split(";"))

    def starts(self) -> dt.datetime:
        """Its beginning as it is written."""
        return dt.datetime.strptime(self.properties["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007 (by the clock there)


def read_calendar(file: bytes) -> Component:
    """The calendar in a file; fails for anything that the format doesn't allow."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    lines = file.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    found = [_LINE.fullmatch(line) for line in lines]
    root = Component("")
    open_components = [root]
    for line in found:
        assert line
        name, parameters, value = line.groups()
        if name == "BEGIN":
            open_components[-1].parts.append(Component(value))
            open_components.append(open_components[-1].parts[-1])
        elif name == "END":
            assert open_components.pop().kind == value
        elif name == "CONFERENCE":
            assert parameters.startswith(";VALUE=URI;FEATURE=")
            open_components[-1].conferences[parameters.removeprefix(";VALUE=URI;FEATURE=")] = value
        else:
            assert name not in open_components[-1].properties
            open_components[-1].properties[name] = value
            open_components[-1].parameters[name] = parameters.removeprefix(";")
    (calendar,) = root.parts
    assert open_components == [root]
    assert {"VERSION", "PRODID"} <= calendar.properties.keys()
    assert calendar.parts, "a calendar has at least one component"
    assert all({"UID", "DTSTAMP", "DTSTART"} <= event.properties.keys() for event in calendar.of("VEVENT"))
    assert {event.parameters["DTSTART"] for event in calendar.of("VEVENT")} <= {
        f"TZID={zone.properties['TZID']}" for zone in calendar.of("VTIMEZONE")
    }
    return calendar


def first_times(event: Component, how_often: int) -> list[dt.datetime]:
    """The first times of a weekly event, by the clock there."""
    rule = event.rule()
    assert rule == {"FREQ": "WEEKLY", "BYDAY": _DAYS[event.starts().weekday()]}
    return [event.starts() + _WEEK * week for week in range(how_often)]


def utc_offset(zone: Component, local: dt.datetime) -> dt.timedelta:
    """The offset from UTC of a time by the clocks of a VTIMEZONE, before any that its rules leave out or repeat."""
    onsets = sorted((onset, _offset(part)) for part in zone.parts for onset in _onsets(part, local.year))
    assert all(earlier[0] < later[0] for earlier, later in pairwise(onsets))
    return [offset for onset, offset in onsets if onset <= local][-1]


def _onsets(part: Component, until: int) -> Iterator[dt.datetime]:
    first = part.starts()
    if "RRULE" not in part.properties:
        yield first
        return
    rule = part.rule()
    assert rule["FREQ"] == "YEARLY"
    nth, day = int(rule["BYDAY"][:-2]), _DAYS.index(rule["BYDAY"][-2:])
    assert first.month == int(rule["BYMONTH"])
    for year in range(first.year, until + 1):
        days = [first.replace(year=year, day=1) + dt.timedelta(days=number) for number in range(31)]
        in_month = [each for each in days if each.month == first.month and each.weekday() == day]
        onset = in_month[nth if nth < 0 else nth - 1]
        assert year > first.year or onset == first
        yield onset


def _offset(part: Component) -> dt.timedelta:
    text = part.properties["TZOFFSETTO"]
    offset = dt.timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -offset if text[0] == "-" else offset
