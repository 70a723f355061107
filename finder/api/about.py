"""What the interface is: for programs, and for the people who write them."""

import orjson
from flask import Response, current_app, render_template

from finder.api import blueprint
from finder.api.answers import alone
from finder.api.described import parameters
from finder.api.openapi import ADDRESSES, document
from finder.api.parameters import Nothing, asked
from finder.config import Settings
from finder.exporting.hsds import Data
from finder.exporting.sources import published_sources
from finder.extensions import db

VERSION = "3.1"


@blueprint.get("/")
def about() -> Response:
    """The version of HSDS, and where our profile of it is described."""
    asked(Nothing)
    return alone(_about)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return Response(orjson.dumps(document(_server())), mimetype="application/json")


@blueprint.get("/docs")
def docs() -> str:
    """How to use it, for people. In English only: it is for who writes programs."""
    addresses = [(address, list(parameters(address.parameters))) for address in ADDRESSES]
    return render_template(
        "api/docs.html", addresses=addresses, sources=published_sources(db.session()), server=_server()
    )


def _about() -> Data:
    return {"version": VERSION, "profile": f"{_server()}/docs", "openapi_url": f"{_server()}/openapi.json"}


def _server() -> str:
    """The address of the interface; never by the request's ``Host``, which anybody may claim."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.base_url}{blueprint.url_prefix}"
