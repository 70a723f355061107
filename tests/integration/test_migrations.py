"""Migrations lead to the models, and can be gone back on, with listings in the tables and on both databases."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, Inspector, create_engine, func, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from finder.app import create_app
from finder.config import MIGRATIONS, Settings
from finder.extensions import db
from finder.models import Base, Provider, Revision
from tests.databases import Databases
from tests.factories import a_draft, a_provider

VERSIONS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


@pytest.fixture
def unmigrated(empty_database_url: str) -> Iterator[Flask]:
    """The application on a database without tables, its context pushed for Flask-Migrate."""
    app = create_app(Settings(database_url=empty_database_url))
    with app.app_context():
        yield app
        db.engine.dispose()


def shape(engine: Engine) -> dict[str, dict[str, object]]:
    """All that a database knows of each table: columns, keys, checks, indexes."""
    inspector = inspect(engine)
    return {table: table_shape(inspector, table) for table in inspector.get_table_names() if table != "alembic_version"}


def table_shape(inspector: Inspector, table: str) -> dict[str, object]:
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"], column["default"])
            for column in inspector.get_columns(table)
        },
        "primary key": inspector.get_pk_constraint(table),
        "foreign keys": sorted(map(str, inspector.get_foreign_keys(table))),
        "unique": sorted(map(str, inspector.get_unique_constraints(table))),
        "checks": sorted(map(str, inspector.get_check_constraints(table))),
        "indexes": sorted(map(str, inspector.get_indexes(table))),
        "options": inspector.get_table_options(table),
    }


@pytest.mark.usefixtures("unmigrated")
def test_the_newest_migration_makes_exactly_the_tables_of_the_models(databases: Databases) -> None:
    flask_migrate.upgrade()
    with databases.empty() as url:
        by_the_models = create_engine(url)
        Base.metadata.create_all(by_the_models)
        expected = shape(by_the_models)
        by_the_models.dispose()

    assert shape(db.engine) == expected
    assert expected["provider"]["checks"]


@pytest.mark.usefixtures("unmigrated")
def test_nothing_is_left_to_migrate_when_the_models_are_compared() -> None:
    flask_migrate.upgrade()

    flask_migrate.check()


@pytest.mark.usefixtures("unmigrated")
@pytest.mark.parametrize("version", VERSIONS)
def test_each_migration_goes_up_down_and_up_again(version: str) -> None:
    flask_migrate.upgrade(revision=version)
    up = shape(db.engine)

    flask_migrate.downgrade(revision="-1")
    flask_migrate.upgrade(revision=version)

    assert shape(db.engine) == up


@pytest.mark.usefixtures("unmigrated")
def test_going_down_and_up_with_listings_in_the_tables_leaves_a_directory_that_takes_listings() -> None:
    flask_migrate.upgrade()
    with Session(db.engine) as session:
        for _ in range(3):
            a_provider(session)
        session.commit()

    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]

    flask_migrate.upgrade()
    with Session(db.engine) as session:
        saved = a_provider(session, name="Back again")
        assert saved.name == "Back again"
        assert session.scalar(select(func.count()).select_from(Provider)) == 1
        assert session.scalar(select(func.count()).select_from(Revision)) == 1


@pytest.mark.usefixtures("unmigrated")
def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    directory = copy_with_a_migration(tmp_path, "op.create_table('half', sa.Column('id', sa.Integer()))\n    1 / 0")

    with pytest.raises(ZeroDivisionError):
        flask_migrate.upgrade(directory=directory)

    assert inspect(db.engine).get_table_names() == []


@pytest.mark.usefixtures("unmigrated")
def test_a_migration_may_rebuild_a_table_that_others_refer_to(tmp_path: Path) -> None:
    flask_migrate.upgrade()
    with Session(db.engine) as session:
        a_provider(session)
        session.commit()
    rebuild = (
        "with op.batch_alter_table('provider') as batch:\n"
        "        batch.alter_column('name', type_=sa.String(300), existing_type=sa.String(200))"
    )

    flask_migrate.upgrade(directory=copy_with_a_migration(tmp_path, rebuild))

    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM provider")) == 1
        assert connection.scalar(text("SELECT count(*) FROM provider_tag")) == len(a_draft().tags)


@pytest.mark.usefixtures("unmigrated")
def test_a_migration_that_would_break_references_is_undone(tmp_path: Path) -> None:
    flask_migrate.upgrade()
    with Session(db.engine) as session:
        a_provider(session)
        session.commit()
    directory = copy_with_a_migration(tmp_path, "op.execute('DELETE FROM source')")

    with pytest.raises((SystemExit, IntegrityError)):
        flask_migrate.upgrade(directory=directory)

    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM source")) == 1


def copy_with_a_migration(folder: Path, body: str) -> str:
    """A copy of the migrations with one more, whose ``upgrade`` does ``body``."""
    copy = folder / "migrations"
    copy.mkdir()
    (copy / "versions").mkdir()
    for file in [MIGRATIONS / "env.py", MIGRATIONS / "alembic.ini", *MIGRATIONS.glob("versions/*.py")]:
        (copy / file.relative_to(MIGRATIONS)).write_text(file.read_text())
    (copy / "versions" / "9999_planted.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = '9999'\ndown_revision = '{VERSIONS[-1]}'\n\n\ndef upgrade():\n    {body}\n"
    )
    return str(copy)
