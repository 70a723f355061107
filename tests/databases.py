"""Databases for tests: one of each kind, with the schema that the migrations make, quickly."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import flask_migrate
from sqlalchemy import Engine, event

from finder.app import create_app
from finder.config import Settings
from finder.extensions import db
from tests.postgres import PostgresServer


class Databases(Protocol):
    """Makes databases of one kind."""

    def empty(self) -> AbstractContextManager[str]:
        """The address of a database without tables, for as long as it is needed."""

    def migrated(self) -> AbstractContextManager[str]:
        """The same with the tables of today's models and no rows."""


class SqliteDatabases:
    """Files; a migrated one is a copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    @contextmanager
    def empty(self) -> Iterator[str]:
        path = self._new_path()
        yield f"sqlite:///{path}"
        self._remove(path)

    @contextmanager
    def migrated(self) -> Iterator[str]:
        path = self._new_path()
        shutil.copyfile(self._template, path)
        yield f"sqlite:///{path}"
        self._remove(path)

    def _new_path(self) -> Path:
        return self._folder / f"{uuid.uuid4().hex}.db"

    def _remove(self, path: Path) -> None:
        for file in self._folder.glob(f"{path.name}*"):
            file.unlink()


class PostgresDatabases:
    """Databases of one server; a migrated one is a copy of one that was migrated once."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        migrate(server.create("migrated"))

    @contextmanager
    def empty(self) -> Iterator[str]:
        yield from self._copy_of("template0")

    @contextmanager
    def migrated(self) -> Iterator[str]:
        yield from self._copy_of("migrated")

    def _copy_of(self, template: str) -> Iterator[str]:
        name = f"test_{uuid.uuid4().hex}"
        yield self._server.create(name, template)
        self._server.drop(name)


def migrate(url: str) -> None:
    """Bring a database to today's schema, as `finder db upgrade` does."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@contextmanager
def counted_queries(engine: Engine) -> Iterator[list[str]]:
    """The texts of all queries that are asked of the engine meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
