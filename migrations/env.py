"""How migrations run: on the application's own database, all in one transaction: a failed one leaves nothing."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text


def migrate() -> None:
    """Run what `finder db` was asked for."""
    extension = current_app.extensions["migrate"]
    with extension.db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            let_tables_be_rebuilt(connection)
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            transactional_ddl=True,  # SQLite's is too, since our connections begin their transactions themselves
            **extension.configure_args,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            context.run_migrations()
            if connection.dialect.name == "sqlite":
                refuse_dangling_references(connection)


def let_tables_be_rebuilt(connection: Connection) -> None:
    """Switch SQLite's foreign keys off, which can be done only outside a transaction.

    SQLite can't alter a column in place: the table is copied, dropped and renamed, which the keys of the tables that
    refer to it would forbid (https://www.sqlite.org/lang_altertable.html#otheralter).
    """
    connection.detach()  # it is closed at the end: the pool gets no connection whose foreign keys are off
    connection.connection.execute("PRAGMA foreign_keys = OFF")


def refuse_dangling_references(connection: Connection) -> None:
    """Stop, and so undo, a migration that left a row whose foreign key points nowhere."""
    if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise RuntimeError(f"{len(broken)} rows would refer to rows that aren't there, the first in {broken[0][0]}")


if context.is_offline_mode():
    raise RuntimeError("migrations look at the database while they run: --sql is not supported")
migrate()
