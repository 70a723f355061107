"""The nightly files of all open data, to be fetched by anybody, also in parts and from pages of other sites."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, request, send_file

from finder.config import Settings
from finder.exporting.dump import file_of

blueprint = Blueprint("dump", __name__)

_ALL_MAY_READ = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-cache",  # may be kept, but asked for again each time: the newest files change each night
    "X-Robots-Tag": "noindex",
}


@blueprint.get("/data/<which>/<name>")
def file(which: str, name: str) -> Response:
    """A file of the newest files ("latest") or of those of an earlier night ("20261122T032000Z")."""
    settings: Settings = current_app.extensions["settings"]
    found = file_of(settings.dumps, which, name)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    path, told = found
    # What is asked for in parts must be the same bytes each time: packed as it lies there, or not at all.
    request.environ.pop("HTTP_ACCEPT_ENCODING", None)
    media_type = told.media_type if told else "application/json" if name.endswith(".json") else "text/plain"
    response = send_file(path, media_type, conditional=True, etag=told.sha256 if told else True)
    response.headers.update(_ALL_MAY_READ)
    return response
