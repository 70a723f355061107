"""The pages: what Flask serves to people."""

from flask import Flask
from flask_compress import Compress

from finder.web import (
    account,
    admin,
    assets,
    counting,
    directory,
    dump,
    errors,
    filters,
    headers,
    health,
    languages,
    limits,
    numbers,
    public,
    security,
    uploads,
    wording,
)
from finder.web.public import reach

_COMPRESSED = [
    *(f"text/{kind}" for kind in ("calendar", "csv", "html", "plain")),
    *(f"application/{kind}" for kind in ("geo+json", "javascript", "json", "ld+json", "x-ndjson", "xml")),
]


def init_app(app: Flask) -> None:
    """Everything that pages need: style sheet, headers, languages, filters, error pages, and the public's routes."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    counting.init_app(app)  # first, so that files which need no page aren't counted
    for part in (numbers, assets, headers, languages, directory, wording, filters, errors, uploads, security, limits):
        part.init_app(app)
    # A page of results shrinks to an eighth, which a phone on a bad line notices; a public page holds no secret.
    app.config["COMPRESS_MIMETYPES"] = _COMPRESSED
    app.config["COMPRESS_ALGORITHM_STREAMING"] = ["zstd", "br", "gzip", "deflate"]  # gzip is what most programs read
    Compress(app)
    app.register_blueprint(health.blueprint)
    languages.register(app, public.blueprint)
    app.register_blueprint(account.blueprint)
    app.register_blueprint(admin.blueprint)
    app.register_blueprint(reach.blueprint)
    app.register_blueprint(dump.blueprint)
