"""The pages: what Flask serves to people."""

from flask import Flask
from flask_compress import Compress

from finder.web import assets, directory, errors, filters, headers, health, languages, public


def init_app(app: Flask) -> None:
    """Everything that pages need: style sheet, headers, languages, filters, error pages, and the public's routes."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for part in (assets, headers, languages, directory, filters, errors):
        part.init_app(app)
    # A page of results shrinks to an eighth, which a phone on a bad line notices; a public page holds no secret.
    Compress(app)
    app.register_blueprint(health.blueprint)
    languages.register(app, public.blueprint)
