"""What went wrong, as a problem document (RFC 9457), and who may read an answer."""

from http import HTTPStatus
from typing import NoReturn

import orjson
from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

from finder.api import blueprint

ROOTS = (str(blueprint.url_prefix), "/client_interface", "/main_server", "/bmlt", "/meetings.json")
"""Below these addresses programs are answered, errors included; three are those of BMLT, and the last is the feed of
Meeting Guide."""

_MEDIA_TYPE = "application/problem+json"
_WORDS = {
    HTTPStatus.BAD_REQUEST: "The request could not be read.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This interface is for reading: use GET.",
    HTTPStatus.NOT_ACCEPTABLE: "This address does not answer in any of the media types that the Accept header names.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The directory is not available right now. Try again in a few minutes.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on our side. It was not your mistake.",
}
_ALL_MAY_READ = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
}
_BEFORE_READING = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Problem(HTTPException):
    """An error with words of its own; ``errors`` are the messages about parameters, each with the parameter's name."""

    def __init__(self, status: HTTPStatus, detail: str, errors: list[tuple[str, str]] | None = None) -> None:
        self.document = _document(status, detail, errors or [])
        super().__init__(detail, response=self.document)
        self.code = status


def refuse(errors: list[tuple[str, str]]) -> NoReturn:
    """End the request: these parameters, by name, have these things wrong."""
    words = "One parameter is wrong." if len(errors) == 1 else f"{len(errors)} parameters are wrong."
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors)


def not_found(what: str) -> NoReturn:
    """End the request: there is no such thing."""
    raise Problem(HTTPStatus.NOT_FOUND, f"There is no {what} with this id, or it is no longer listed.")


def moved(address: str) -> NoReturn:
    """End the request: what was asked for is part of something else now. That can be taken back: nobody keeps it."""
    headers = {"Location": address, "Cache-Control": "no-store"}
    abort(Response(status=HTTPStatus.PERMANENT_REDIRECT, headers=headers, mimetype="text/plain"))


@blueprint.errorhandler(Problem)
def told_in_full(problem: Problem) -> Response:
    """The document that the error was made with."""
    return problem.document


def told(response: Response) -> Response:
    """The answer as programs of other sites may read it: an error, which the site tells as a page, as a document."""
    if not _is_ours(request.path):
        return response
    if response.status_code >= HTTPStatus.BAD_REQUEST and response.mimetype != _MEDIA_TYPE:
        response = _instead_of(response)
    response.headers.update(_ALL_MAY_READ | (_BEFORE_READING if request.method == "OPTIONS" else {}))
    return response


def _is_ours(path: str) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in ROOTS)


def _instead_of(page: Response) -> Response:
    """The document for an error that the site told as a page; it also covers addresses that lead to no view."""
    status = HTTPStatus(page.status_code)
    document = _document(status, _WORDS.get(status, "That did not work."), [])
    for name in ("Allow", "Retry-After"):
        if name in page.headers:
            document.headers[name] = page.headers[name]
    return document


def _document(status: HTTPStatus, detail: str, errors: list[tuple[str, str]]) -> Response:
    told_of = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    if errors:
        told_of["errors"] = [{"field": name, "message": words} for name, words in errors]
    return Response(orjson.dumps(told_of), status, mimetype=_MEDIA_TYPE)
