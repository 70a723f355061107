"""How much somebody may send us: little, but for the views that take files."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from finder.config import Settings
from finder.jobs.workshop import Workshop, workshop_of

MEGABYTE = 1_000_000
_FORM_BYTES = MEGABYTE  # what the fields of a form take beside files, with much to spare

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
_takers: set[Callable[..., Any]] = set()


def init_app(app: Flask) -> None:
    """Refuse what is too large with 413 before it is read, which is when its token is looked for."""
    app.config["MAX_CONTENT_LENGTH"] = _FORM_BYTES
    app.before_request(_let_files_in)


def takes_files(view: View) -> View:
    """The view takes files, together as large as an import reads."""
    _takers.add(view)
    return view


def max_megabytes() -> int:
    """How many megabytes of files are taken at once."""
    return _settings().import_max_megabytes


def workshop() -> Workshop:
    """Where files are kept until the background has worked them off, and from which hosts it fetches."""
    return workshop_of(_settings())


def _let_files_in() -> None:
    if current_app.view_functions.get(request.endpoint or "") in _takers:
        request.max_content_length = max_megabytes() * MEGABYTE + _FORM_BYTES


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
