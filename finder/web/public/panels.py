"""The filters beside the results: each facet with its choices and how many listings each would give.

Two hundred checkboxes take Jinja several times as long as the search takes. So the markup of each facet and choice is
made by the template's macros once for each language, and a page only joins these pieces around its ticks and counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from flask import get_template_attribute

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, FacetTerms, Tag, Vocabulary, vocabulary
from finder.web.languages import gettext, language, lazy_gettext
from finder.web.public.form_fields import DAYS, TIMES, Moment
from finder.web.public.pieces import Html, joined, pieces_of
from finder.web.wording import words

_OPEN_FROM_THE_START = 2
_TEMPLATE = "components/filters.html"

Counts = Mapping[Facet, Mapping[Code, int]]
Needs = Mapping[Facet, frozenset[Code]]

DAY_WORDS = {
    "today": lazy_gettext("Today"),
    "monday": lazy_gettext("Monday"),
    "tuesday": lazy_gettext("Tuesday"),
    "wednesday": lazy_gettext("Wednesday"),
    "thursday": lazy_gettext("Thursday"),
    "friday": lazy_gettext("Friday"),
    "saturday": lazy_gettext("Saturday"),
    "sunday": lazy_gettext("Sunday"),
}
TIME_WORDS = {
    "morning": lazy_gettext("In the morning, 5 AM to noon"),
    "afternoon": lazy_gettext("In the afternoon, noon to 5 PM"),
    "evening": lazy_gettext("In the evening, 5 PM to 10 PM"),
    "night": lazy_gettext("At night, 10 PM to 5 AM"),
}
OPEN_NOW = lazy_gettext("Open now")
AVAILABLE = lazy_gettext("Takes new people now")

_OFTEN_LEFT_OUT = tuple(
    vocabulary().term(facet, code).tag
    for facet, code in (
        ("therapy", "twelve_step_facilitation"),
        ("ownership", "for_profit"),
        ("attendance", "online"),
        ("meeting_type", "closed"),
        ("population", "dui_only"),
    )
)


@dataclass(frozen=True, slots=True)
class _Choice:
    """The markup of a checkbox, off and on: alone, and before its number."""

    code: Code
    alone: tuple[bytes, bytes]
    counted: tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Panel:
    """The markup of a facet: what stands before its choices, folded and open, and these."""

    facet: Facet
    folded: bytes
    opened: bytes
    choices: tuple[_Choice, ...]


def filters(needs: Needs, counts: Counts | None) -> Html:
    """All facets in which there is something to choose; the first ones, and those chosen from, are open.

    Before a search, with no ``counts``, everything can be chosen and no numbers show.
    """
    parts: list[bytes] = []
    code = language()
    after = _after(code)
    for number, panel in enumerate(_panels(code, words())):
        chosen = needs.get(panel.facet, frozenset())
        shown = _counted(panel, chosen, counts[panel.facet], code) if counts else _uncounted(panel, chosen)
        if shown:
            parts.append(panel.opened if chosen or number < _OPEN_FROM_THE_START else panel.folded)
            parts += shown
            parts.append(after)
    return joined(parts)


def choices(facet: Facet) -> Html:
    """The choices of one facet alone, without counts, none of them ticked."""
    (panel,) = (panel for panel in _panels(language(), words()) if panel.facet == facet)
    return joined(_uncounted(panel, frozenset()))


def when_panel(when: Moment) -> Html:
    """What is asked of this moment and of meetings."""
    return _when(when) if when != Moment() else _no_moment(language())


@cache
def _no_moment(_language: str) -> Html:
    return _when(Moment())


def _when(when: Moment) -> Html:
    now = [("open_now", "yes", OPEN_NOW, when.open_now), ("available", "yes", AVAILABLE, when.available)]
    days = [("day", day, DAY_WORDS[day], day in when.days) for day in ("today", *DAYS)]
    times = [("", gettext("Any time")), *((time, str(TIME_WORDS[time])) for time in TIMES)]
    return pieces_of(_TEMPLATE)(
        "when_opened" if when != Moment() else "when_folded",
        now=_boxes(now),
        days=_boxes(days),
        times=_options(times, when.time),
    )


def left_out_panel(excluded: frozenset[Tag]) -> Html:
    """What people often don't want, and what else this search leaves out."""
    return _left_out(excluded) if excluded else _nothing_left_out(language(), words())


@lru_cache(maxsize=8)
def _nothing_left_out(_language: str, _said: Vocabulary) -> Html:
    return _left_out(frozenset())


def _left_out(excluded: frozenset[Tag]) -> Html:
    tags = [*_OFTEN_LEFT_OUT, *sorted(excluded.difference(_OFTEN_LEFT_OUT))]
    boxes = [("not", str(tag), words().label(*tag, language()), tag in excluded) for tag in tags]
    return pieces_of(_TEMPLATE)("left_out_opened" if excluded else "left_out_folded", choices=_boxes(boxes))


def _boxes(rows: Iterable[tuple[str, str, object, bool]]) -> Html:
    return joined([_box(name, value, str(label), is_on) for name, value, label, is_on in rows])


@cache
def _box(name: str, value: str, label: str, is_on: bool) -> Html:  # noqa: FBT001 (a key of the cache)
    return Html(_macro("box", name, value, label, is_on))


def _options(choices: Iterable[tuple[str, str]], chosen: str) -> Html:
    return joined([_option(value, label, value == chosen) for value, label in choices])


@cache
def _option(value: str, label: str, is_on: bool) -> Html:  # noqa: FBT001 (a key of the cache)
    return Html(_macro("option", value, label, is_on))


def _counted(panel: _Panel, chosen: frozenset[Code], counts: Mapping[Code, int], language_code: str) -> list[bytes]:
    # A choice that would give nothing is noise on a phone, unless it is on or one of the four kinds of help.
    keep = panel.facet == LEVEL_OF_CARE
    return [
        choice.counted[choice.code in chosen] + _number(count, language_code)
        for choice in panel.choices
        if (count := counts[choice.code]) or choice.code in chosen or keep
    ]


def _uncounted(panel: _Panel, chosen: frozenset[Code]) -> list[bytes]:
    return [choice.alone[choice.code in chosen] for choice in panel.choices]


@lru_cache(maxsize=8)
def _panels(_language: str, said: Vocabulary) -> tuple[_Panel, ...]:
    return tuple(_panel(terms) for terms in said.facets)


def _panel(terms: FacetTerms) -> _Panel:
    folded, opened = (_macro("before_choices", terms, is_open) for is_open in (False, True))
    return _Panel(terms.facet, folded, opened, tuple(_choices(terms)))


def _choices(terms: FacetTerms) -> Iterator[_Choice]:
    for term in terms.terms:
        off, on = (_macro("choice", term, is_on) for is_on in (False, True))
        counted_off, counted_on = (_macro("before_number", term, is_on) for is_on in (False, True))
        yield _Choice(term.code, (off, on), (counted_off, counted_on))


@cache
def _after(_language: str) -> bytes:
    return _macro("after_choices")


@lru_cache(maxsize=10_000)
def _number(count: int, _language: str) -> bytes:
    return _macro("number", f"{count:,}")


def _macro(name: str, *arguments: object) -> bytes:
    return str(get_template_attribute(_TEMPLATE, name)(*arguments)).encode()
