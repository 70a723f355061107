"""The commands of ``finder``, one module each."""

from flask import Flask

from finder.cli.geocode import geocode
from finder.cli.imports import import_
from finder.cli.search import search
from finder.cli.seed import seed


def init_app(app: Flask) -> None:
    """Register our commands beside Flask's own (``run``, ``routes``, ``db`` ...)."""
    for command in (geocode, import_, search, seed):
        app.cli.add_command(command)
