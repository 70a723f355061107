"""The fields of the search form, each of which checks what an address says and tells what it can't use."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, IntegerField, SelectField

from finder.domain.vocabulary import Code, Facet, Tag, vocabulary
from finder.search import MeetingTime
from finder.web.languages import gettext, language, lazy_gettext
from finder.web.wording import words

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""How addresses name the days of the week, in Python's order; besides them there is "today"."""

TIMES: Mapping[str, tuple[dt.time, dt.time]] = MappingProxyType(
    {
        "morning": (dt.time(5), dt.time(11, 59)),
        "afternoon": (dt.time(12), dt.time(16, 59)),
        "evening": (dt.time(17), dt.time(21, 59)),
        "night": (dt.time(22), dt.time(4, 59)),
    }
)
"""The times of day: when a meeting may start at the earliest and at the latest."""

_CODES = {str(terms.facet): frozenset(str(term.code) for term in terms.terms) for terms in vocabulary().facets}
_TAGS = MappingProxyType({str(term.tag): term.tag for terms in vocabulary().facets for term in terms.terms})
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,11}")  # more digits than any directory has pages


def without_controls(text: str | None) -> str:
    """The text without control characters, which no name holds and no HTML may, and without blanks around it."""
    return "".join(character for character in text or "" if unicodedata.category(character) != "Cc").strip()


class OneOf(SelectField):
    """One choice of a list; anything else is told in plain words, and the usual choice stands in its place."""

    def __init__(self, label: lazy_gettext, *, refusal: lazy_gettext, **options: Any) -> None:
        self.refusal = refusal
        super().__init__(label, **options)

    def process_data(self, value: Any) -> None:
        """Take the usual choice as it stands in the list; WTForms would make a text of it, which is none of them."""
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the choice. Raises ``ValueError`` with what to tell the visitor."""
        known = {str(choice.value): choice.value for choice in self.choices}
        typed = valuelist[0] if valuelist else str(self.default)
        self.data = known.get(typed, self.default)
        if typed not in known:
            raise ValueError(str(self.refusal))

    def pre_validate(self, _form: Form) -> None:
        """Nothing more: that it is in the list was seen when it was read."""


class PageNumber(IntegerField):
    """A page of the results, counted from 1; where none is asked for, the first."""

    data: int

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ``ValueError`` with what to tell the visitor."""
        typed = valuelist[0].strip() if valuelist else ""
        is_number = _PAGE_NUMBER.fullmatch(typed)
        self.data = int(typed) if is_number else 1
        if typed and not is_number:
            raise ValueError(gettext("There is no such page"))


class Needs(Field):
    """The chosen codes of all facets: each facet is a parameter of its own name, which may be repeated.

    ``excluded`` are the tags of the parameter ``not``, each as "facet:code". One field for all of them, since a field
    object a facet would cost more time than the search.
    """

    data: Mapping[Facet, frozenset[Code]]
    excluded: frozenset[Tag] = frozenset()

    def process(self, formdata: MultiDict[str, str] | None, *_: object, **__: object) -> None:
        """Read the choices; those that the vocabulary doesn't have are left out, and told."""
        given: MultiDict[str, str] = formdata or MultiDict()
        asked = {name: frozenset(given.getlist(name)) for name in given if name in _CODES}
        self.data = {
            Facet(name): frozenset(Code(code) for code in codes & _CODES[name])
            for name, codes in asked.items()
            if codes & _CODES[name]
        }
        left_out = given.getlist("not")
        self.excluded = frozenset(_TAGS[name] for name in left_out if name in _TAGS)
        unknown = [words().facet(name).label(language()) for name in asked if asked[name] - _CODES[name]]
        unknown += [gettext("Leave out")] if any(name not in _TAGS for name in left_out) else []
        self.process_errors = [_refused(label) for label in unknown]


@dataclass(frozen=True, slots=True)
class Moment:
    """When help is wanted: ``days`` of `DAYS` and "today", ``time`` of `TIMES` or empty, open now, room now."""

    days: tuple[str, ...] = ()
    time: str = ""
    open_now: bool = False
    available: bool = False

    def meeting(self, today: int) -> MeetingTime | None:
        """When a meeting should start, where ``today`` is this day of the week, counted from 0 = Monday."""
        if not self.days and not self.time:
            return None
        weekdays = frozenset(today if day == "today" else DAYS.index(day) for day in self.days)
        earliest, latest = TIMES.get(self.time, (None, None))
        return MeetingTime(weekdays=weekdays, earliest=earliest, latest=latest)


_NO_MOMENT = Moment()


class When(Field):
    """The parameters ``day``, which may be repeated, ``time``, ``open_now=yes`` and ``available=yes``, in one field."""

    data: Moment
    process_errors: list[str]

    def process(self, formdata: MultiDict[str, str] | None, *_: object, **__: object) -> None:
        """Read the choices; unknown ones are left out, and told."""
        self.process_errors = []
        self.data = _NO_MOMENT
        if formdata and not _WHEN.isdisjoint(formdata):
            self.data = Moment(
                days=tuple(day for day in ("today", *DAYS) if day in self._known(formdata, "day", ("today", *DAYS))),
                time=next(iter(self._known(formdata, "time", TIMES)), ""),
                open_now=bool(self._known(formdata, "open_now", ("yes",))),
                available=bool(self._known(formdata, "available", ("yes",))),
            )

    def _known(self, formdata: MultiDict[str, str], name: str, known: Iterable[str]) -> list[str]:
        given = [value for value in formdata.getlist(name) if value]
        usable = [value for value in given if value in known]
        if len(usable) < len(given) and not self.process_errors:
            self.process_errors = [_refused(gettext("When, and room for you"))]
        return usable


_WHEN = frozenset({"day", "time", "open_now", "available"})


def _refused(label: str) -> str:
    return gettext("%(label)s: choose from the list. We left out a choice that we don't know", label=label)
