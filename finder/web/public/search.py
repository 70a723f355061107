"""Searching: as a page for people, as JSON for programs."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from finder.orientation.first_screen import load_first_screen
from finder.search import results_as_data, search_widening
from finder.web.directory import current_directory
from finder.web.languages import language
from finder.web.public import blueprint
from finder.web.public.forms import SearchForm
from finder.web.public.panels import filters
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
    found = search_widening(current_directory(), form.criteria())
    beyond = form.page.data > 1 and form.page.data > found.pages
    return _search_page(form, ResultsPage(form, found), status=HTTPStatus.NOT_FOUND if beyond else HTTPStatus.OK)


@blueprint.get("/search.json")
def results_as_json() -> Response:
    """The same search with the same parameters, as data for programs; ``docs/search.md`` tells its fields."""
    form = SearchForm(request.args)
    if not form.validate():
        answer = {"errors": form.errors, "suggestions": form.answer.suggestions}
        return _json(answer, HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(form.answer.places) > 1:
        return _json({"candidates": [place.label for place in form.answer.places]}, HTTPStatus.MULTIPLE_CHOICES)
    return _json(results_as_data(search_widening(current_directory(), form.criteria())))


def _json(data: Mapping[str, object], status: int = HTTPStatus.OK) -> Response:
    return Response(orjson.dumps(data), status, mimetype="application/json")


def _search_page(form: SearchForm, found: ResultsPage | None = None, status: int = HTTPStatus.OK) -> Response:
    # A page of ours that led here has shown the orientation; somebody who was sent a link has not seen it.
    opened_directly = request.headers.get("Sec-Fetch-Site") != "same-origin"
    page = render_template(
        "public/search.html",
        form=form,
        found=found,
        filters=filters(form.needs.data, found.results.counts if found else None),
        orientation=load_first_screen(language()) if opened_directly else None,
    )
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
