"""The part of the form of a listing that is its opening hours and meetings."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from finder.domain.joining import read_dial
from finder.domain.schedule import Schedule, ScheduleKind
from finder.models import ProviderSchedule
from finder.web.admin.listing_form.part import MOST_ROWS, Facts, Part, in_one_line, rows_typed
from finder.web.languages import gettext, lazy_gettext

_NAMES = ("days", "opens_at", "closes_at", "kind", "note", "join_url", "join_phone")
_LONGEST_NOTE, _LONGEST_URL, _LONGEST_DIAL = (
    getattr(ProviderSchedule.__table__.c[name].type, "length", 0) for name in ("note", "join_url", "join_phone")
)
_DAYS = {
    "0": lazy_gettext("Monday"),
    "1": lazy_gettext("Tuesday"),
    "2": lazy_gettext("Wednesday"),
    "3": lazy_gettext("Thursday"),
    "4": lazy_gettext("Friday"),
    "5": lazy_gettext("Saturday"),
    "6": lazy_gettext("Sunday"),
    "01234": lazy_gettext("Monday to Friday"),
    "0123456": lazy_gettext("Every day"),
}
"""The choices of days, by the weekdays that each stands for."""

_KINDS = {ScheduleKind.HOURS: lazy_gettext("Open"), ScheduleKind.MEETING: lazy_gettext("Meeting")}


class TimesRow(Form):
    """One span on one day, or the same on several."""

    days = SelectField(
        lazy_gettext("Day"),
        choices=[
            SelectChoice(value="", label=lazy_gettext("Choose")),
            *(SelectChoice(value=days, label=words) for days, words in _DAYS.items()),
        ],
    )
    opens_at = StringField(lazy_gettext("From"))
    closes_at = StringField(lazy_gettext("To"))
    kind = SelectField(
        lazy_gettext("What"), choices=[SelectChoice(value=kind.value, label=words) for kind, words in _KINDS.items()]
    )
    note = StringField(lazy_gettext("Note"))
    join_url = StringField(lazy_gettext("Online link"))
    join_phone = StringField(lazy_gettext("Phone and code"))


class TimesPart(Part):
    """Weekly hours and meetings, by the clock of the place."""

    schedules = FieldList(FormField(TimesRow), lazy_gettext("Days and times"), max_entries=MOST_ROWS)

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        rows = [dict(zip(_NAMES, _shown(span), strict=True)) for span in facts["schedules"]]
        return super().shown(facts) | {"schedules": rows}

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell. A row of which only the choices say something is none."""
        facts = super().said(moment)
        rows = rows_typed(self.schedules, _NAMES, lambda texts: not any(map(str.strip, (*texts[1:3], *texts[4:]))))
        if [texts for _, texts in rows] == [_shown(span) for span in self.before["schedules"]]:
            return facts | {"schedules": self.before["schedules"]}
        known = {_shown(span): [span] for span in self.before["schedules"]}
        spans = [span for row, texts in rows for span in known.get(texts) or self._spans(row)]
        return facts | {"schedules": tuple(spans)}

    def _spans(self, row: TimesRow) -> Sequence[Schedule]:
        if row.days.data not in _DAYS:
            self.complain(row.days, gettext("Choose the day"))
        opens = self._time(row.opens_at)
        closes = self._time(row.closes_at) if row.closes_at.data else None
        if opens is None and not row.opens_at.errors:
            self.complain(row.opens_at, gettext("Enter when it begins"))
        kind = self.code(row.kind, ScheduleKind, gettext("Choose what it is"))
        told = (self.typed(row.note, _LONGEST_NOTE), self.web_address(row.join_url, _LONGEST_URL), self._dialed(row))
        if opens is None or kind is None or row.errors:
            return []
        return [Schedule(int(day), opens, closes, kind, *told) for day in row.days.data]

    def _dialed(self, row: TimesRow) -> str:
        text = self.typed(row.join_phone, _LONGEST_DIAL)
        if text and read_dial(text).phone is None:
            self.complain(row.join_phone, gettext("Enter a number that can be dialed, such as +13125550142,,123#"))
        return text

    def _time(self, field: Any) -> dt.time | None:
        text = in_one_line(field.data).strip()
        try:
            return dt.time.fromisoformat(text).replace(tzinfo=None) if text else None
        except ValueError:
            self.complain(field, gettext("Enter a time such as 09:00 or 17:30"))
            return None


def _shown(span: Schedule) -> tuple[str, ...]:
    closes = "" if span.closes_at is None else _time_shown(span.closes_at)
    texts = map(in_one_line, (span.note, span.join_url, span.join_phone))
    return str(span.weekday), _time_shown(span.opens_at), closes, span.kind.value, *texts


def _time_shown(time: dt.time) -> str:
    return time.isoformat("auto" if time.second or time.microsecond else "minutes")
