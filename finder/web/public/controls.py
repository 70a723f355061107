"""The fields of the search form as markup: made once for each language and choice, with room for what was typed."""

from functools import cache

from flask import get_template_attribute

from finder.web.languages import gettext, language
from finder.web.public.forms import SearchForm
from finder.web.public.pieces import Html, Piece, slot

_FIELDS, _WHERE = "components/fields.html", "components/search_form.html"


def where(form: SearchForm) -> Html:
    """The place and how far, with the button."""
    if form.errors:
        return Html(_markup(_WHERE, "where", form, gettext("Search")).encode())
    return _where(language(), form.radius.data).fill(near=form.near.data or "")


def order(form: SearchForm) -> Html:
    """What comes first."""
    if form.errors:
        return Html(_markup(_FIELDS, "select", form.sort).encode())
    return _order(language(), form.sort.data).fill()


def words(form: SearchForm) -> Html:
    """The name or words."""
    if form.errors:
        return Html(_markup(_FIELDS, "text", form.q, gettext("A name, an organization or a city")).encode())
    return _words(language()).fill(q=form.q.data or "")


@cache
def _where(_language: str, radius: int | str) -> Piece:
    blank = SearchForm()
    blank.near.data, blank.radius.data = slot("near"), radius
    return Piece(_markup(_WHERE, "where", blank, gettext("Search")))


@cache
def _order(_language: str, sort: str) -> Piece:
    blank = SearchForm()
    blank.sort.data = sort
    return Piece(_markup(_FIELDS, "select", blank.sort))


@cache
def _words(_language: str) -> Piece:
    blank = SearchForm()
    blank.q.data = slot("q")
    return Piece(_markup(_FIELDS, "text", blank.q, gettext("A name, an organization or a city")))


def _markup(template: str, macro: str, *arguments: object) -> str:
    return str(get_template_attribute(template, macro)(*arguments))
