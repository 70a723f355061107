"""A clock that a test sets."""

import datetime as dt

from flask import Flask

from finder.extensions import db
from finder.search import Directory


def set_clock(app: Flask, now: dt.datetime) -> None:
    """From now on it is ``now`` for the application's directory, and stays so."""
    with app.app_context():
        app.extensions["directory"] = Directory(db.engine, clock=lambda: now)
