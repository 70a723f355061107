"""Opening hours in words, in English and Spanish: read where nothing in them is left to doubt."""

import datetime as dt
import re

from finder.domain.schedule import Schedule
from finder.places.spelling import words

_DAYS = ("mon lun", "tue mar", "wed mie", "thu jue", "fri vie", "sat sab", "sun dom")
_WHOLE_DAYS = (
    "monday mondays lunes", "tuesday tuesdays tues martes", "wednesday wednesdays weds miercoles",
    "thursday thursdays thur thurs jueves", "friday fridays viernes", "saturday saturdays sabado sabados",
    "sunday sundays domingo domingos",
)  # fmt: skip
_DAY = {name: day for names in (_DAYS, _WHOLE_DAYS) for day, of_it in enumerate(names) for name in of_it.split()} | {
    "m": 0,
    "tu": 1,
    "w": 2,
    "th": 3,
    "f": 4,
    "sa": 5,
    "su": 6,
}
_EVERY_DAY = ("daily", "every day", "everyday", "7 days a week", "todos los dias", "diario", "diariamente")
_WEEKDAYS = ("weekdays", "dias laborables", "entre semana")
_ALWAYS = (
    *("24 7", "24 hours", "24 hours a day", "24 hours a day 7 days a week", "24 hours 7 days a week", "open 24 hours"),
    *("24 horas", "las 24 horas"),
)
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?\s*(?:m\b\.?)?"
_SPAN = re.compile(rf"(?P<days>.*?)[\s:,]*\b{_TIME}\s*(?:-|\u2013|\u2014|to|until|a|hasta)\s*{_TIME}\s*", re.IGNORECASE)
_BETWEEN_DAYS = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\bthrough\b|\bthru\b|\ba\b)\s*", re.IGNORECASE)
_LISTED_DAYS = re.compile(r"\s*(?:,|&|/|\band\b|\by\b)\s*", re.IGNORECASE)
_LONGEST = 300
_MIDNIGHT = dt.time(0)


def read_hours(text: str) -> tuple[Schedule, ...] | None:
    """The weekly hours that a text tells ("Mon-Fri 9am-5pm; Sat 10-14"), in the order of the week.

    ``None`` where any of it can't be read, or could be read in two ways: "9-5" without "am" and "pm" could.
    """
    if len(text) > _LONGEST:
        return None
    if " ".join(words(text)) in _ALWAYS:
        return tuple(Schedule(day, _MIDNIGHT, _MIDNIGHT) for day in range(7))
    spans = [_span(part) for part in re.split(r"[;\n]", text) if part.strip()]
    if not spans or not all(spans):
        return None
    return tuple(sorted({each for span in spans for each in span}))


def _span(text: str) -> list[Schedule]:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        return []
    days = _days(found["days"])
    opens, closes = _time(*found.groups()[1:4]), _time(*found.groups()[4:7])
    if opens is None or closes is None or opens == closes or bool(found[4]) != bool(found[7]):
        return []
    is_sure = bool(found[4]) or (opens < closes and closes.hour > 12)  # "1:00 to 4:00" may be at night
    return [Schedule(day, opens, closes) for day in days] if is_sure else []


def _time(hour: str, minute: str | None, half: str | None) -> dt.time | None:
    """A time of the day; without "am" or "pm" only where both parts are written, as clocks of 24 hours do."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    elif not minute:
        return None
    return dt.time(hours, minutes) if hours < 24 and minutes < 60 else None


def _days(text: str) -> list[int]:
    """The days that are named, from 0 = Monday; none where one isn't known."""
    plain = " ".join(words(text))
    if plain in _EVERY_DAY:
        return list(range(7))
    if plain in _WEEKDAYS:
        return list(range(5))
    ranges = [_range(part) for part in _LISTED_DAYS.split(text.strip(" :,"))]
    return sorted({day for each in ranges for day in each}) if all(ranges) else []


def _range(text: str) -> list[int]:
    ends = [_DAY.get(" ".join(words(part))) for part in _BETWEEN_DAYS.split(text)]
    if not 1 <= len(ends) <= 2 or any(end is None for end in ends):
        return []
    first, last = ends[0] or 0, ends[-1] or 0
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
