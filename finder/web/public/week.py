"""When a place is open and a group meets, in people's words."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.dates import format_date, get_timezone_name

from finder.domain.joining import Dial, read_dial
from finder.domain.schedule import Schedule
from finder.search.presently import Presently
from finder.search.zones import zone_called
from finder.web.filters import clock, day
from finder.web.languages import gettext, language, ngettext

_A_MONDAY = dt.date(2024, 1, 1)
_SOON = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Time:
    """One span in words ("9 AM to 5 PM"), and how to join from elsewhere: an address, a number, what to enter then."""

    words: str
    join_url: str = ""
    dial: Dial | None = None

    @property
    def told(self) -> str:
        """All in a line: "7 PM (https://conference.example/1, 312-555-0142, 123#)"."""
        phone = (self.dial.phone.national if self.dial.phone else "", self.dial.then) if self.dial else ()
        ways = ", ".join(filter(None, (self.join_url, *phone)))
        return f"{self.words} ({ways})" if ways else self.words


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row that are alike ("Monday to Friday"), and what is on."""

    name: str
    times: tuple[Time, ...]

    @property
    def words(self) -> str:
        """All in a line: "Monday to Friday: 9 AM to 5 PM, 7 PM"."""
        return f"{self.name}: {', '.join(time.words for time in self.times)}"

    @property
    def told(self) -> str:
        """As `words`, with the ways to join."""
        return f"{self.name}: {', '.join(time.told for time in self.times)}"


def week(spans: Iterable[Schedule]) -> tuple[Days, ...]:
    """The spans by days, those in a row that are alike together."""
    by_day: dict[int, list[Time]] = {}
    for span in sorted(spans):
        by_day.setdefault(span.weekday, []).append(_time(span))
    rows: list[list[int]] = []
    for weekday, times in by_day.items():
        if rows and weekday == rows[-1][-1] + 1 and times == by_day[rows[-1][-1]]:
            rows[-1].append(weekday)
        else:
            rows.append([weekday])
    return tuple(Days(_days_words(row), tuple(by_day[row[0]])) for row in rows)


def _time(span: Schedule) -> Time:
    join_url = span.join_url if span.join_url.lower().startswith(("https://", "http://")) else ""
    return Time(span_words(span), join_url, read_dial(span.join_phone) if span.join_phone else None)


def span_words(span: Schedule) -> str:
    """One span as people say it: "9 AM to 5 PM", "Day and night", "7 PM: newcomers welcome"."""
    times = clock(span.opens_at)
    if span.closes_at == span.opens_at:
        times = gettext("Day and night")
    elif span.closes_at:
        times = gettext("%(start)s to %(end)s", start=times, end=clock(span.closes_at))
    return f"{times}: {span.note}" if span.note else times


def zone_words(time_zone: str) -> str:
    """Whose clock the times are by: "Central Time", "hora central"; nothing where it isn't known."""
    zone = zone_called(time_zone)
    return get_timezone_name(zone, locale=language()) if zone else ""


def now_sentences(present: Presently) -> tuple[str, ...]:
    """What is on now and what comes next: "Open now, until 5 PM.", "Next meeting: today 7 PM, in 40 minutes."."""
    return tuple(ended_once(sentence) for sentence in _now_sentences(present))


def ended_once(sentence: str) -> str:
    """The sentence with a single period at its end, where the Spanish clock ("7 p. m.") has one of its own."""
    return sentence.replace("..", ".")


def _now_sentences(present: Presently) -> Iterator[str]:
    if present.is_open:
        yield _open_words(present)
    elif present.opens:
        yield gettext("Closed now. Opens %(when)s.", when=_moment(present.opens, present.now))
    if present.meeting_on:
        yield gettext("A meeting is going on now.")
    if present.next_meeting and present.next_meeting != present.now:
        yield _next_meeting(present.next_meeting, present.now)


def _open_words(present: Presently) -> str:
    if present.day_and_night:
        return gettext("Open now, day and night.")
    if present.closes is None:
        return gettext("Open now.")
    return gettext("Open now, until %(when)s.", when=_closing(present.closes, present.now))


def _closing(closes: dt.datetime, now: dt.datetime) -> str:
    # "Until 2 AM" at 9 PM misleads nobody; a day away it would.
    return clock(closes.time()) if closes - now < _SOON else _moment(closes, now)


def _next_meeting(start: dt.datetime, now: dt.datetime) -> str:
    when = _moment(start, now)
    # Of real minutes: between two times of one zone Python counts those that the clock shows (PEP 495).
    left = start.astimezone(dt.UTC) - now.astimezone(dt.UTC)
    if left >= _SOON:
        return gettext("Next meeting: %(when)s.", when=when)
    return gettext("Next meeting: %(when)s, %(how_soon)s.", when=when, how_soon=_how_soon(left))


def _how_soon(left: dt.timedelta) -> str:
    minutes = left // dt.timedelta(minutes=1)
    if minutes < 60:
        return ngettext("in %(num)s minute", "in %(num)s minutes", minutes)
    return ngettext("in about %(num)s hour", "in about %(num)s hours", round(minutes / 60))


def _moment(moment: dt.datetime, now: dt.datetime) -> str:
    """A time of the next days: "today 7 PM", "tomorrow 9 AM", "Monday 9 AM"; a week away with its date."""
    time, days = clock(moment.time()), (moment.date() - now.date()).days
    if days == 0:
        return gettext("today %(time)s", time=time)
    if days == 1:
        return gettext("tomorrow %(time)s", time=time)
    name = weekday_words(moment.weekday()) if days < 7 else day(moment.date())
    return gettext("%(day)s %(time)s", day=name, time=time)


def weekday_words(weekday: int) -> str:
    """The name of a day, 0 = Monday."""
    return format_date(_A_MONDAY + dt.timedelta(days=weekday), "EEEE", locale=language())


def _days_words(weekdays: list[int]) -> str:
    if len(weekdays) == 7:
        return gettext("Every day")
    first, last = weekday_words(weekdays[0]), weekday_words(weekdays[-1])
    words = first if len(weekdays) == 1 else gettext("%(first)s to %(last)s", first=first, last=last)
    return words[0].upper() + words[1:]
