"""The search form: what a visitor typed and chose, checked, in the order of the page."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from finder.domain.geo import Place
from finder.domain.vocabulary import Code, Facet, vocabulary
from finder.places import Answer, Unknown, gazetteer
from finder.search import RADII, Criteria, Sort
from finder.web.languages import page_url

_NOT_A_PLACE = {
    Unknown.EMPTY: "Enter a ZIP code, a city and state, a county or a state",
    Unknown.TOO_LONG: "That is too long for a place. Enter a ZIP code, or a city and state",
    Unknown.MILITARY: "We can't search near a military mail address. Enter the ZIP code or the city where you are",
    Unknown.NO_MATCH: "We don't know that place. Check the spelling, or enter a ZIP code",
}
_SORTS = {Sort.DISTANCE: "Nearest first", Sort.VERIFIED: "Checked most recently", Sort.NAME: "Name, A to Z"}
_CODES = {str(terms.facet): frozenset(str(term.code) for term in terms.terms) for terms in vocabulary().facets}
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,11}")  # more digits than any directory has pages


def without_controls(text: str | None) -> str:
    """The text without control characters, which no name holds and no HTML may, and without blanks around it."""
    return "".join(character for character in text or "" if unicodedata.category(character) != "Cc").strip()


class OneOf(SelectField):
    """One choice of a list; anything else is told in plain words, and the usual choice stands in its place."""

    def __init__(self, label: str, *, refusal: str, **options: Any) -> None:
        self.refusal = refusal
        super().__init__(label, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the choice. Raises ``ValueError`` with what to tell the visitor."""
        known = {str(choice.value): choice.value for choice in self.choices}
        typed = valuelist[0] if valuelist else str(self.default)
        self.data = known.get(typed, self.default)
        if typed not in known:
            raise ValueError(self.refusal)


class PageNumber(IntegerField):
    """A page of the results, counted from 1; where none is asked for, the first."""

    data: int

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ``ValueError`` with what to tell the visitor."""
        typed = valuelist[0].strip() if valuelist else ""
        is_number = _PAGE_NUMBER.fullmatch(typed)
        self.data = int(typed) if is_number else 1
        if typed and not is_number:
            raise ValueError("There is no such page")


class Needs(Field):
    """The chosen codes of all facets: each facet is a parameter of its own name, which may be repeated.

    One field for all of them, since a field object a facet would cost more time than the search.
    """

    data: Mapping[Facet, frozenset[Code]]

    def process(self, formdata: MultiDict[str, str] | None, *_: object, **__: object) -> None:
        """Read the choices; those that the vocabulary doesn't have are left out, and told."""
        asked = {name: frozenset(formdata.getlist(name)) for name in _CODES if formdata and name in formdata}
        self.data = {
            Facet(name): frozenset(Code(code) for code in codes & _CODES[name])
            for name, codes in asked.items()
            if codes & _CODES[name]
        }
        self.process_errors = [
            f"{vocabulary().facet(name).label()}: choose from the list. We left out a choice that we don't know"
            for name, codes in asked.items()
            if codes - _CODES[name]
        ]


class SearchForm(Form):
    """The search: ``near``, ``radius``, ``q``, ``sort``, ``page``, and each facet's own name, which may be repeated."""

    near = StringField("ZIP code, city, county or state", filters=[without_controls])
    radius = OneOf(
        "How far",
        refusal="Choose a distance from the list",
        choices=[SelectChoice(value=miles, label=f"Within {miles} miles") for miles in RADII],
        coerce=int,
        default=25,
    )
    q = StringField(
        "Name or words", filters=[without_controls], validators=[Length(max=100, message="Use at most 100 characters")]
    )
    sort = OneOf(
        "Order",
        refusal="Choose an order from the list",
        choices=[SelectChoice(value=sort.value, label=words) for sort, words in _SORTS.items()],
        default=Sort.DISTANCE,
    )
    page = PageNumber("Page", default=1)
    needs = Needs("What you need")

    answer: Answer = Answer()

    def validate_near(self, field: StringField) -> None:
        """Ask the gazetteer; several candidates are an answer too, which the page offers."""
        self.answer = gazetteer().find(field.data)
        if self.answer.unknown:
            raise ValidationError(_NOT_A_PLACE[self.answer.unknown])

    @property
    def place(self) -> Place:
        """The one place that was found; only for a valid form with a single candidate."""
        (place,) = self.answer.places
        return place

    @cached_property
    def _asked(self) -> dict[str, str]:
        """Each parameter of this search as it stands in an address, percent-encoded."""
        asked: dict[str, Any] = {"near": self.near.data, "radius": self.radius.data}
        asked |= {"q": self.q.data} if self.q.data else {}
        asked |= {"sort": self.sort.data} if self.sort.data != self.sort.default else {}
        asked |= {str(facet): sorted(codes) for facet, codes in self.needs.data.items()}
        return {name: urlencode({name: value}, doseq=True) for name, value in asked.items()}

    @cached_property
    def _results(self) -> str:
        return page_url("results")

    def address(self, **changes: Any) -> str:
        """The address of this search with some parameters changed, at the first page unless that is one of them."""
        changed = {name: urlencode({name: value}, doseq=True) for name, value in changes.items()}
        return f"{self._results}?{'&'.join(filter(None, (self._asked | changed).values()))}"

    def criteria(self) -> Criteria:
        """What was asked for; only for a valid form with a single place."""
        return Criteria.around(
            self.place,
            radius_miles=self.radius.data,
            needs=self.needs.data,
            text=self.q.data,
            sort=Sort(str(self.sort.data)),
            page=self.page.data,
        )
