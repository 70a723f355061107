"""The pages: what Flask serves to people."""

import datetime as dt

from flask import Flask
from flask_compress import Compress

from finder.extensions import db
from finder.search import Directory
from finder.web import assets, errors, filters, headers, public


def init_app(app: Flask) -> None:
    """Everything that pages need: style sheet, headers, filters, error pages, and the public's routes."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    assets.init_app(app)
    headers.init_app(app)
    filters.init_app(app)
    errors.init_app(app)
    # A page of results shrinks to an eighth, which a phone on a bad line notices; a public page holds no secret.
    Compress(app)
    app.register_blueprint(public.blueprint)
    with app.app_context():
        settings = app.extensions["settings"]
        app.extensions["directory"] = Directory(
            db.engine,
            folder=settings.snapshot_folder,
            look_every=dt.timedelta(seconds=settings.look_for_changes_seconds),
        )
