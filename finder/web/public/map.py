"""The map: a page with the first results beside it, and what stands in a part of it as data."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import orjson
from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markdown_it import MarkdownIt
from markupsafe import Markup

from finder.config import Settings
from finder.domain.geo import Point
from finder.search import Results, search_widening
from finder.search.clusters import pins
from finder.search.listed import Listed
from finder.search.spots import Spots, answered, extent, spots
from finder.web.directory import current_directory
from finder.web.headers import content_security_policy
from finder.web.languages import gettext, page_url
from finder.web.public import blueprint
from finder.web.public.forms import SearchForm
from finder.web.public.frame import map_host
from finder.web.public.pins import box_in, collection, corners, position, zoom_in
from finder.web.public.results import ResultsPage
from finder.web.public.search import refusal

_NOT_IN_THE_FORM = {"near", "radius", "page"}  # fields of their own on the page, and the page, which starts anew


@blueprint.get("/map", endpoint="map")
def map_page() -> ResponseReturnValue:
    """The results of a search on a map, with the first of them as a list."""
    form = SearchForm(request.args)
    if not request.args:
        return _page(form)
    if not form.validate():
        return _page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if len(form.answer.places) > 1:
        return _page(form)
    directory = current_directory()
    return _page(form, search_widening(directory, form.criteria(directory.now())))


@blueprint.get("/map.json")
def map_pins() -> Response:
    """What stands in ``bbox`` at ``zoom``, as GeoJSON. ``docs/map.md`` tells its fields."""
    form = SearchForm(request.args)
    if refused := refusal(form):
        return refused
    box, zoom = box_in(request.args.get("bbox", "")), zoom_in(request.args.get("zoom", ""))
    if box is None:
        return _refused("bbox", gettext("Give the part of the map as west,south,east,north in degrees"))
    if zoom is None:
        return _refused("zoom", gettext("The zoom is a whole number from 0 to 16"))
    try:
        found = pins(_answer(form), box, zoom)
    except ValueError:
        return _refused("zoom", gettext("So large a part of the map needs a smaller zoom"))
    return _json(collection(found, box, zoom))


def _refused(parameter: str, words: str) -> Response:
    return _json({"errors": {parameter: [words]}}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _json(data: Mapping[str, Any], status: int = HTTPStatus.OK) -> Response:
    return Response(orjson.dumps(data), status, mimetype="application/json", headers={"X-Robots-Tag": "noindex"})


def _answer(form: SearchForm) -> Spots:
    """Where everything is that the search finds, asked as loosely as the page's list is."""
    directory = current_directory()
    snapshot, now = directory.refresh(), directory.now()
    return spots(snapshot, answered(snapshot, form.criteria(now), now), now)


def _page(form: SearchForm, results: Results | None = None, status: int = HTTPStatus.OK) -> Response:
    settings: Settings = current_app.extensions["settings"]
    query = form.query(page=form.page.data)
    page = render_template(
        "public/map.html",
        form=form,
        found=ResultsPage(form, results) if results else None,
        drawn=_drawn(results) if results else None,
        query=query,
        kept=[(name, value) for name, value in parse_qsl(query) if name not in _NOT_IN_THE_FORM],
        map_address=lambda **changes: f"{page_url('map')}?{form.query(**changes)}",
        tiles=settings.map_tiles,
        attribution=Markup(_attribution(settings.map_tiles_attribution)),  # noqa: S704 (Markdown without HTML)
    )
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    if host := map_host():
        response.headers["Content-Security-Policy"] = content_security_policy(f"https://{host.replace('{s}', '*')}")
    return response


def _drawn(results: Results) -> dict[str, Any] | None:
    """What the page's script begins with: the part of the map, the place that was asked for, where the list's places
    are. Nothing where there is nothing to draw."""
    directory = current_directory()
    box = extent(spots(directory.refresh(), results.criteria, directory.now()))
    if box is None:
        return None
    near = results.criteria.near
    return {
        "bounds": corners(box),
        "near": position(near.point) if near else None,
        "listed": [_where(hit.listing) for hit in results.hits],
    }


def _where(listing: Listed) -> list[float] | None:
    if listing.latitude is None or listing.longitude is None:
        return None
    return position(Point(listing.latitude, listing.longitude))


def _attribution(text: str) -> str:
    return str(MarkdownIt("zero").enable("link").renderInline(text))
