"""The directory that this worker searches, what every page has to tell of it, and how long pages wait for it."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask, current_app, g, request
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from finder.config import Settings
from finder.extensions import db, read_from, reading_engine
from finder.listings import fictional_are_shown
from finder.models.patience import patience
from finder.ops import metrics
from finder.search import Directory, Reserve, Snapshot, Version
from finder.web.security import SAFE_METHODS, is_for_staff

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def init_app(app: Flask) -> None:
    """Make the directory, and ``shows_demonstration()`` for templates."""
    app.jinja_env.globals["shows_demonstration"] = _shows_demonstration
    settings: Settings = app.extensions["settings"]
    app.wsgi_app = _InAHurry(app.wsgi_app, settings.database_patience_seconds)  # type: ignore[method-assign] # wrapping wsgi_app is Flask's documented way
    look_every = dt.timedelta(seconds=settings.look_for_changes_seconds)
    if settings.database_read_url:
        app.before_request(_read_public_pages_from_the_standby)
    with app.app_context():
        app.extensions["directory"] = directory = Directory(
            reading_engine(), folder=settings.snapshot_folder, look_every=look_every, reserve=_reserve(settings)
        )
    directory.on_change = _note


def _note(snapshot: Snapshot, seconds: float) -> None:
    metrics.note_snapshot(sum(part.size for part in snapshot.parts), snapshot.as_of.timestamp(), seconds)


def _reserve(settings: Settings) -> Reserve | None:
    """The copy for when a server can't be reached; a SQLite file is on this machine itself."""
    if not settings.reserve or make_url(settings.database_url).get_backend_name() == "sqlite":
        return None
    return Reserve(settings.instance_folder / "reserve.db")


def _read_public_pages_from_the_standby() -> None:
    """Who changes something, and who signs in, must see what was just changed: the standby may be a moment behind."""
    if request.method in SAFE_METHODS and not is_for_staff(request.path):
        read_from(reading_engine())


class _InAHurry:
    """Answers are made with little patience for the database; what is sent piece by piece after that takes its time."""

    def __init__(self, app: "WSGIApplication", seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with patience(self._seconds):
            return self._app(environ, start_response)


def current_directory() -> Directory:
    """The directory of the present application."""
    directory: Directory = current_app.extensions["directory"]
    return directory


def version_now() -> Version | None:
    """The directory's version as this request sees it, asked for once; ``None`` while the database is down."""
    if "directory_version" not in g:
        try:
            g.directory_version = current_directory().version()
        except OperationalError:
            g.directory_version = None
    version: Version | None = g.directory_version
    return version


def _shows_demonstration() -> bool:
    """Whether listings are fictional; while the database can't be reached, whether they were."""
    version, known = version_now(), current_app.extensions
    try:
        if version is not None:
            known["shows_demonstration"] = _fictional_are_shown(current_directory(), version)
    except OperationalError:
        db.session.rollback()  # left as it is, it would refuse what the page asks next, and the page would fail
    shown: bool = known.get("shows_demonstration", False)
    return shown


@lru_cache(maxsize=8)
def _fictional_are_shown(_directory: Directory, _version: Version) -> bool:
    # The same until a listing changes, so not asked for each page.
    return fictional_are_shown(db.session())
