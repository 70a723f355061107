"""The directory that this worker searches, and what every page has to tell of it."""

import datetime as dt
from functools import lru_cache

from flask import Flask, current_app, g
from sqlalchemy.exc import OperationalError

from finder.config import Settings
from finder.extensions import db
from finder.listings import fictional_are_shown
from finder.search import Directory, Version


def init_app(app: Flask) -> None:
    """Make the directory, and ``shows_demonstration()`` for templates."""
    app.jinja_env.globals["shows_demonstration"] = _shows_demonstration
    settings: Settings = app.extensions["settings"]
    look_every = dt.timedelta(seconds=settings.look_for_changes_seconds)
    with app.app_context():
        app.extensions["directory"] = Directory(db.engine, folder=settings.snapshot_folder, look_every=look_every)


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
    version = version_now()
    try:
        return version is not None and _fictional_are_shown(current_directory(), version)
    except OperationalError:
        return False  # no listing shows while the database is down, but the orientation must


@lru_cache(maxsize=8)
def _fictional_are_shown(_directory: Directory, _version: Version) -> bool:
    # The same until a listing changes, so not asked for each page.
    return fictional_are_shown(db.session())
