"""The search form: what a visitor typed and chose, checked, in the order of the page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from wtforms import Form, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from finder.domain.geo import Place
from finder.places import Answer, Unknown, gazetteer
from finder.search import RADII, Criteria, Sort
from finder.web.languages import gettext, lazy_gettext, page_url
from finder.web.public.form_fields import Needs, OneOf, PageNumber, When, without_controls

__all__ = ["ANY_DISTANCE", "SORTS", "WHOLE_STATE", "SearchForm", "without_controls"]

WHOLE_STATE, ANY_DISTANCE = "state", "any"
"""What stands for a radius in an address beside the miles."""

SORTS = {
    Sort.DISTANCE: lazy_gettext("Nearest first"),
    Sort.NEXT_MEETING: lazy_gettext("Next meeting first"),
    Sort.VERIFIED: lazy_gettext("Checked most recently"),
    Sort.NAME: lazy_gettext("Name, A to Z"),
}
_NOT_A_PLACE = {
    Unknown.EMPTY: lazy_gettext("Enter a ZIP code, a city and state, a county or a state"),
    Unknown.TOO_LONG: lazy_gettext("That is too long for a place. Enter a ZIP code, or a city and state"),
    Unknown.MILITARY: lazy_gettext(
        "We can't search near a military mail address. Enter the ZIP code or the city where you are"
    ),
    Unknown.NO_MATCH: lazy_gettext("We don't know that place. Check the spelling, or enter a ZIP code"),
}


class _Miles:
    """The words for a radius, in the language of the page in which they show."""

    def __init__(self, miles: int) -> None:
        self._miles = miles

    def __str__(self) -> str:
        return gettext("%(miles)s miles", miles=self._miles)


_RADII = [
    *(SelectChoice(value=miles, label=_Miles(miles)) for miles in RADII),
    SelectChoice(value=WHOLE_STATE, label=lazy_gettext("All of the state")),
    SelectChoice(value=ANY_DISTANCE, label=lazy_gettext("Any distance")),
]


class SearchForm(Form):
    """The search: ``near``, ``radius``, ``q``, ``sort``, ``page``, each facet's own name and ``not``, and when.

    ``docs/search.md`` tells all parameters.
    """

    near = StringField(lazy_gettext("ZIP code, city, county or state"), filters=[without_controls])
    radius = OneOf(
        lazy_gettext("How far"),
        refusal=lazy_gettext("Choose a distance from the list"),
        choices=_RADII,
        default=25,
    )
    q = StringField(
        lazy_gettext("Name or words"),
        filters=[without_controls],
        validators=[Length(max=100, message=lazy_gettext("Use at most 100 characters"))],
    )
    sort = OneOf(
        lazy_gettext("Order"),
        refusal=lazy_gettext("Choose an order from the list"),
        choices=[SelectChoice(value=sort.value, label=words) for sort, words in SORTS.items()],
        default=Sort.DISTANCE.value,
    )
    page = PageNumber(lazy_gettext("Page"), default=1)
    needs = Needs(lazy_gettext("What you need"))
    when = When(lazy_gettext("When, and room for you"))

    answer: Answer = Answer()

    def validate_near(self, field: StringField) -> None:
        """Ask the gazetteer; several candidates are an answer too, which the page offers."""
        self.answer = gazetteer().find(field.data)
        if self.answer.unknown:
            raise ValidationError(str(_NOT_A_PLACE[self.answer.unknown]))

    @property
    def place(self) -> Place:
        """The one place that was found; only for a valid form with a single candidate."""
        (place,) = self.answer.places
        return place

    @cached_property
    def _asked(self) -> dict[str, str]:
        """Each parameter of this search as it stands in an address, percent-encoded."""
        when = self.when.data
        asked = {"near": _parameter("near", [self.near.data]), "radius": f"radius={self.radius.data}"}
        asked |= {"q": _parameter("q", [self.q.data])} if self.q.data else {}
        asked |= {"sort": f"sort={self.sort.data}"} if self.sort.data != self.sort.default else {}
        asked |= {facet: _parameter(facet, sorted(codes)) for facet, codes in self.needs.data.items()}
        asked |= {"not": _parameter("not", sorted(map(str, self.needs.excluded)))} if self.needs.excluded else {}
        asked |= {"day": _parameter("day", when.days)} if when.days else {}
        asked |= {"time": f"time={when.time}"} if when.time else {}
        return asked | {name: f"{name}=yes" for name in ("open_now", "available") if getattr(when, name)}

    @cached_property
    def _unchanged(self) -> str:
        return "&".join(self._asked.values())

    @cached_property
    def _results(self) -> str:
        return page_url("results")

    def query(self, **changes: object) -> str:
        """What stands behind the "?" of the search's address, with some parameters changed; an empty one is left out.

        The address leads to the first page unless ``page`` is one of the changes.
        """
        changed = {name: _parameter(name, _values(value)) for name, value in changes.items()}
        if self._asked.keys().isdisjoint(changed):
            return "&".join((self._unchanged, *changed.values()))
        return "&".join(filter(None, (self._asked | changed).values()))

    def address(self, **changes: object) -> str:
        """The address of this search with some parameters changed, as `query` has them."""
        return f"{self._results}?{self.query(**changes)}"

    def criteria(self, now: dt.datetime | None = None) -> Criteria:
        """What was asked for at this moment; only for a valid form with a single place."""
        place, radius, when = self.place, self.radius.data, self.when.data
        asked = Criteria.around(
            place,
            radius_miles=radius if isinstance(radius, int) else None,
            needs=self.needs.data,
            excluded=self.needs.excluded,
            text=self.q.data,
            available=when.available,
            open_now=when.open_now,
            meeting=when.meeting(_weekday(place, now)) if when.days or when.time else None,
            sort=Sort(str(self.sort.data)),
            page=self.page.data,
        )
        return _in_whole_state(asked, place) if radius == WHOLE_STATE else asked


def _weekday(place: Place, now: dt.datetime | None) -> int:
    """The day of the week that it is there."""
    moment = now or dt.datetime.now(dt.UTC)
    return moment.astimezone(ZoneInfo(place.time_zone or "UTC")).weekday()


def _in_whole_state(asked: Criteria, place: Place) -> Criteria:
    return replace(asked, state=place.state, county="")


def _values(value: object) -> Iterable[object]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _parameter(name: str, values: Iterable[object]) -> str:
    return "&".join(f"{name}={quote_plus(str(value))}" for value in values)
