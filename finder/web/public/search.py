"""Searching: as a page for people, as JSON for programs."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus

import orjson
from flask import Response, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue

from finder.orientation.first_screen import load_first_screen
from finder.search import Results, results_as_data, search_widening
from finder.web.counting import count_search
from finder.web.directory import current_directory
from finder.web.languages import language
from finder.web.public import blueprint
from finder.web.public.controls import order, where, words
from finder.web.public.forms import SearchForm
from finder.web.public.panels import filters, left_out_panel, when_panel
from finder.web.public.pieces import Html, filled_page, joined
from finder.web.public.results import ResultsPage


@blueprint.get("/search")
def results() -> ResponseReturnValue:
    """Providers near a place that meet the needs chosen."""
    form = SearchForm(request.args)
    if not request.args:
        return _search_page(form)
    if not form.validate():
        return _search_page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(form.answer.places) > 1:
        return _search_page(form)
    # Who looks for a name, or has gone on to the next page, isn't asking what else there is.
    return _results_page(form, _found(form, care_path=form.page.data == 1 and not form.q.data))


@blueprint.get("/search.json")
def results_as_json() -> Response:
    """The same search with the same parameters, as data for programs; ``docs/search.md`` tells its fields."""
    form = SearchForm(request.args)
    return refusal(form) or _json(results_as_data(_found(form)))


def refusal(form: SearchForm) -> Response | None:
    """What a program is told whose question can't be answered: what was wrong, or which places the name may mean."""
    if not form.validate():
        answer = {"errors": form.errors, "suggestions": form.answer.suggestions}
        return _json(answer, HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(form.answer.places) > 1:
        return _json({"candidates": [place.label for place in form.answer.places]}, HTTPStatus.MULTIPLE_CHOICES)
    return None


def _found(form: SearchForm, *, care_path: bool = False) -> Results:
    directory = current_directory()
    found = search_widening(directory, form.criteria(directory.now()), care_path=care_path)
    count_search(found)
    return found


def _json(data: Mapping[str, object], status: int = HTTPStatus.OK) -> Response:
    return Response(orjson.dumps(data), status, mimetype="application/json")


def _search_page(form: SearchForm, status: int = HTTPStatus.OK) -> Response:
    """The form alone."""
    orientation = load_first_screen(language()) if _opened_directly() else None
    return _page(render_template("public/search.html", form=form, orientation=orientation, **_fields(form)), status)


def _results_page(form: SearchForm, found: Results) -> Response:
    """The form with what was found."""
    shown = ResultsPage(form, found)
    page = filled_page(
        "public/results.html",
        "results",
        orientation=_in_short(language()) if _opened_directly() else "",
        **_fields(form, found),
        **shown.parts(),
    )
    return _page(page, HTTPStatus.NOT_FOUND if found.page > found.pages else HTTPStatus.OK)


def _fields(form: SearchForm, found: Results | None = None) -> dict[str, Html]:
    """The form's fields as markup, counted where something was found."""
    facets = filters(form.needs.data, found.counts if found else None)
    panels = joined((when_panel(form.when.data), facets, left_out_panel(form.needs.excluded)))
    return {"where": where(form), "order": order(form), "words": words(form), "filters": panels}


def _opened_directly() -> bool:
    # A page of ours that led here has shown the orientation; somebody who was sent a link has not seen it.
    return request.headers.get("Sec-Fetch-Site") != "same-origin"


@cache
def _in_short(language_code: str) -> Html:
    in_short = get_template_attribute("components/orientation.html", "in_short")
    return Html(str(in_short(load_first_screen(language_code))).encode())


def _page(html: str | Html, status: int) -> Response:
    return Response(html, status, mimetype="text/html", headers={"X-Robots-Tag": "noindex"})
