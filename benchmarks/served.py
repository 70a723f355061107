"""The application with three routes more, for measuring searches over HTTP: ``gunicorn benchmarks.served:app``."""

import orjson
from flask import Response, request

from benchmarks import asking
from benchmarks.unshelved import UnshelvedDirectory
from finder.app import create_app
from finder.extensions import db
from finder.search import Directory, results_as_data, search

app = create_app()
with app.app_context():
    unshelved = UnshelvedDirectory(db.engine)
shelved: Directory = app.extensions["directory"]


@app.get(asking.UNSHELVED)
def unshelved_search() -> Response:
    """The answer to one question as JSON, its page read from the database."""
    return _answer(unshelved)


@app.get(asking.SHELVED)
def shelved_search() -> Response:
    """The answer to one question as JSON, as the application searches for visitors."""
    return _answer(shelved)


@app.get(asking.EMPTY)
def empty() -> str:
    """What an answer costs without a search."""
    return ""


def _answer(directory: Directory) -> Response:
    results = search(directory, asking.read(request.args[asking.PARAMETER]).criteria())
    return Response(orjson.dumps(results_as_data(results)), mimetype="application/json")


# Read before the workers part: they share what is read. A connection may not be shared, so none stays open.
with app.app_context():
    unshelved.refresh()
    shelved.refresh()
    db.engine.dispose()
