"""The search form: what a visitor typed and chose, checked, in the order of the page."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from flask import url_for
from wtforms import Form, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from finder.domain.geo import Place
from finder.domain.vocabulary import Code, Facet, FacetTerms, vocabulary
from finder.places import Answer, Unknown, gazetteer
from finder.search import RADII, Criteria, Sort

_NOT_A_PLACE = {
    Unknown.EMPTY: "Enter a ZIP code, a city and state, a county or a state",
    Unknown.TOO_LONG: "That is too long for a place. Enter a ZIP code, or a city and state",
    Unknown.MILITARY: "We can't search near a military mail address. Enter the ZIP code or the city where you are",
    Unknown.NO_MATCH: "We don't know that place. Check the spelling, or enter a ZIP code",
}
_SORTS = {Sort.DISTANCE: "Nearest first", Sort.VERIFIED: "Checked most recently", Sort.NAME: "Name, A to Z"}
_DIGITS = 12  # of a page number: more than any directory has pages


def without_controls(text: str | None) -> str:
    """The text without control characters, which no name holds and no HTML may, and without blanks around it."""
    return "".join(character for character in text or "" if unicodedata.category(character) != "Cc").strip()


class PlainRadius(SelectField):
    """A radius in miles, chosen from the list; anything else is told in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the radius. Raises ``ValueError`` with what to tell the visitor, and goes on with the usual one."""
        self.data = next((miles for miles in RADII if str(miles) in valuelist), self.default)
        if valuelist and str(self.data) not in valuelist:
            raise ValueError("Choose a distance from the list")


class PageNumber(IntegerField):
    """A page of the results, counted from 1; where none is asked for, the first."""

    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ``ValueError`` with what to tell the visitor."""
        typed = valuelist[0].strip() if valuelist else ""
        if typed and not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:_DIGITS]) and len(typed) <= _DIGITS):
            raise ValueError("There is no such page")
        self.data = int(typed or "1")


class Needs(SelectMultipleField):
    """The chosen codes of one facet, as checkboxes."""

    data: list[str] | None
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, terms: FacetTerms, **kwargs: Any) -> None:
        choices = [SelectChoice(value=term.code, label=term.label()) for term in terms.terms]
        super().__init__(terms.label(), description=terms.explanation(), choices=choices, **kwargs)

    def pre_validate(self, form: Form) -> None:  # noqa: ARG002 (WTForms' signature)
        known = {choice.value for choice in self.choices}
        if not set(self.data or ()) <= known:
            self.data = [code for code in self.data if code in known]
            raise ValidationError(f"{self.label.text}: choose from the list. We left out a choice that we don't know")


class SearchForm(Form):
    """The search: ``near``, ``radius``, ``q``, ``sort``, ``page``, and each facet's own name, which may be repeated."""

    near = StringField("ZIP code, city, county or state", filters=[without_controls])
    radius = PlainRadius(
        "How far",
        choices=[SelectChoice(value=miles, label=f"Within {miles} miles") for miles in RADII],
        coerce=int,
        default=25,
    )
    q = StringField(
        "Name or words", filters=[without_controls], validators=[Length(max=100, message="Use at most 100 characters")]
    )
    sort = SelectField(
        "Order",
        choices=[SelectChoice(value=sort.value, label=words) for sort, words in _SORTS.items()],
        default=Sort.DISTANCE,
    )
    page = PageNumber("Page", default=1)

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

    @property
    def needs(self) -> Mapping[Facet, frozenset[Code]]:
        """The chosen codes of each facet in which something is chosen."""
        chosen = {terms.facet: self[terms.facet].data for terms in vocabulary().facets}
        return {facet: frozenset(Code(code) for code in codes) for facet, codes in chosen.items() if codes}

    def address(self, **changes: object) -> str:
        """The address of this search with some parameters changed, at the first page unless that is one of them."""
        asked: dict[str, Any] = {
            "near": self.near.data,
            "radius": self.radius.data,
            "q": self.q.data or None,
            "sort": self.sort.data,
        }
        chosen = {facet: sorted(codes) for facet, codes in self.needs.items()}
        return url_for("public.results", **(asked | chosen | changes))

    def criteria(self) -> Criteria:
        """What was asked for; only for a valid form with a single place."""
        return Criteria.around(
            self.place,
            radius_miles=self.radius.data,
            needs=self.needs,
            text=self.q.data,
            sort=Sort(self.sort.data),
            page=self.page.data or 1,
        )


for _terms in vocabulary().facets:
    setattr(SearchForm, _terms.facet, Needs(_terms))
