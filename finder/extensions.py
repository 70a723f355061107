"""Flask's extensions, bound to the application in `finder.app.create_app`."""

from typing import Any

from flask import g
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine

from finder.models import Base

READER = "reader"
"""The name of the engine that reads from a standby, where there is one."""


class _Session(Session):
    """Asks the engine that `read_from` named for what is answered at present, else the primary's."""

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        super().__init__(db, **options)
        self._reader: Engine | None = g.get("reader")

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **options: Any) -> Any:
        """As SQLAlchemy's."""
        return super().get_bind(mapper, clause, self._reader if bind is None else bind, **options)


db = SQLAlchemy(model_class=Base, session_options={"class_": _Session})
migrate = Migrate()


def reading_engine() -> Engine:
    """The engine for what may be a moment old: the standby's where there is one."""
    return db.engines.get(READER, db.engine)


def read_from(engine: Engine) -> None:
    """Let ``db.session`` ask this engine until the present request is answered; before it is first used."""
    g.reader = engine
