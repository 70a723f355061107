"""The commands of ``finder``, one module each."""

from flask import Flask

from finder.cli.backup import backup, restore_
from finder.cli.doctor import doctor
from finder.cli.export import export
from finder.cli.geocode import geocode
from finder.cli.imports import import_
from finder.cli.jobs import jobs
from finder.cli.reports import reports
from finder.cli.review import duplicates, review
from finder.cli.search import search
from finder.cli.seed import seed
from finder.cli.sources import sources
from finder.cli.topics import topics
from finder.cli.users import user


def init_app(app: Flask) -> None:
    """Register our commands beside Flask's own (``run``, ``routes``, ``db`` ...)."""
    for command in (
        backup,
        doctor,
        duplicates,
        export,
        geocode,
        import_,
        jobs,
        reports,
        restore_,
        review,
        search,
        seed,
        sources,
        topics,
        user,
    ):
        app.cli.add_command(command)
