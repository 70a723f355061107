"""A search's answer to take away: as a table for people, as features for maps."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from itertools import chain
from typing import Any

import orjson
from flask import Response, request

from finder.domain.vocabulary import LEVEL_OF_CARE, Facet
from finder.exporting.table import csv_of
from finder.search import LARGEST_PAGE, Criteria, Directory, Hit, Listed, hit_as_data, search, search_widening
from finder.web.directory import current_directory
from finder.web.languages import gettext, language, page_url
from finder.web.public import blueprint
from finder.web.public.cards import to_call
from finder.web.public.forms import SearchForm
from finder.web.public.search import refusal
from finder.web.wording import words

MOST_PLACES = 1_000

_PAYMENT = Facet("payment")


@blueprint.get("/search.geojson")
def results_as_geojson() -> Response:
    """The places of a search as GeoJSON (RFC 7946), nearest first; ``docs/search.md`` tells their properties."""
    form = SearchForm(request.args)
    if refused := refusal(form):
        return refused
    features = {"type": "FeatureCollection", "features": [_feature(hit) for hit in _hits(form)]}
    return _download(orjson.dumps(features), "application/geo+json", "geojson")


@blueprint.get("/search.csv")
def results_as_csv() -> Response:
    """The places of a search as a table for spreadsheets."""
    form = SearchForm(request.args)
    if refused := refusal(form):
        return refused
    return _download(csv_of(_heads(), map(_row, _hits(form))), "text/csv; charset=utf-8", "csv")


def _hits(form: SearchForm) -> list[Hit]:
    """The first `MOST_PLACES` of the search in its order, whichever page was asked for."""
    directory = current_directory()
    asked = replace(form.criteria(directory.now()), page=1, page_size=LARGEST_PAGE)
    first = search_widening(directory, asked)
    pages = range(2, min(first.pages, MOST_PLACES // LARGEST_PAGE) + 1)
    further = chain.from_iterable(_page(directory, first.criteria, number) for number in pages)
    # A listing that changes meanwhile may move to a later page; it is told once.
    return list({hit.listing.id: hit for hit in chain(first.hits, further)}.values())


def _page(directory: Directory, criteria: Criteria, number: int) -> Iterator[Hit]:
    yield from search(directory, replace(criteria, page=number)).hits


def _feature(hit: Hit) -> dict[str, Any]:
    listing = hit.listing
    properties = hit_as_data(hit) | {
        "payments": list(listing.codes(_PAYMENT)),
        "url": page_url("provider", slug=listing.slug, _external=True),
    }
    return {"type": "Feature", "id": listing.slug, "geometry": _geometry(listing), "properties": properties}


def _geometry(listing: Listed) -> dict[str, Any] | None:
    """Where it is; of a confidential place that is the middle of its ZIP code."""
    if listing.latitude is None:
        return None
    return {"type": "Point", "coordinates": [listing.longitude, listing.latitude]}


def _heads() -> list[str]:
    return [
        gettext("Name"),
        gettext("Organization"),
        gettext("Phone"),
        gettext("Miles away"),
        gettext("Kinds of help"),
        gettext("Ways to pay"),
        gettext("Street"),
        gettext("City"),
        gettext("State"),
        gettext("ZIP code"),
        gettext("Last checked"),
        gettext("Page"),
    ]


def _row(hit: Hit) -> list[str]:
    listing = hit.listing
    phone = to_call(listing.phones)
    street = "" if listing.confidential else ", ".join(filter(None, (listing.address_1, listing.address_2)))
    return [
        listing.name,
        listing.organization,
        phone.label if phone else "",
        "" if hit.distance_miles is None else f"{hit.distance_miles:.1f}",
        _labels(listing, LEVEL_OF_CARE),
        _labels(listing, _PAYMENT),
        gettext("The address is confidential") if listing.confidential else street,
        listing.city,
        listing.state,
        listing.postal_code,
        listing.verified_on.isoformat() if listing.verified_on else "",
        page_url("provider", slug=listing.slug, _external=True),
    ]


def _labels(listing: Listed, facet: Facet) -> str:
    return ", ".join(words().label(facet, code, language()) for code in listing.codes(facet))


def _download(content: bytes, mimetype: str, ending: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename=search.{ending}", "X-Robots-Tag": "noindex"}
    return Response(content, HTTPStatus.OK, content_type=mimetype, headers=headers)
