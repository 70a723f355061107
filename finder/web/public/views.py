"""The public's pages: each turns an address into a form, asks the core, and hands the answer to a template."""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus

import orjson
from flask import Response, abort, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.extensions import db
from finder.listings import fictional_are_shown, published_by_slug
from finder.orientation.first_screen import load_first_screen
from finder.orientation.topics import load_topics
from finder.search import Directory, Version, results_as_data, search_widening
from finder.web.public import blueprint
from finder.web.public.forms import SearchForm
from finder.web.public.listing import listing_page
from finder.web.public.panels import choices, filters
from finder.web.public.results import ResultsPage


def current_directory() -> Directory:
    """The directory that this worker searches."""
    directory: Directory = current_app.extensions["directory"]
    return directory


@blueprint.app_context_processor
def every_page() -> dict[str, object]:
    """What the frame of the pages needs to know."""
    return {"shows_demonstration": _shows_demonstration}


def _shows_demonstration() -> bool:
    try:
        return _fictional_are_shown(current_directory(), current_directory().version())
    except OperationalError:
        return False  # no listing shows while the database is down, but the orientation must


@lru_cache(maxsize=8)
def _fictional_are_shown(_directory: Directory, _version: Version) -> bool:
    # The same until a listing changes, so not asked for each page.
    return fictional_are_shown(db.session())


@blueprint.get("/")
def home() -> str:
    """The orientation, then the search form."""
    return render_template(
        "public/home.html", form=SearchForm(), levels=choices(LEVEL_OF_CARE), screen=load_first_screen()
    )


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
        orientation=load_first_screen() if opened_directly else None,
    )
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/providers/<slug>")
def provider(slug: str) -> str:
    """All that is known of one place."""
    listing = published_by_slug(db.session(), slug)
    if listing is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template("public/provider.html", listing=listing, page=listing_page(listing))


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str:
    """One topic of the orientation; needs no database."""
    found = next((topic for topic in load_topics() if topic.slug == slug), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template("public/topic.html", topic=found)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether this process can answer: ``{"status": "ok"}``, or 503 when the database doesn't."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database unavailable"), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ok")
