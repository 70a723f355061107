"""Sources that are fetched, imports on their way, what they could not decide, and further names of listings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.types import TypeEngine

revision = "0011_sources"
down_revision = "0010_passkeys"

_STATES = (
    "state IN ('waiting', 'previewing', 'ready', 'approved', 'applying', 'applied', 'unchanged', 'asks', 'failed',"
    " 'discarded')"
)
_GROUPS = (
    "field_group IN ('phone', 'address', 'services', 'payment', 'hours', 'availability', 'website', 'description')"
)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    tell_more_of_sources()
    tell_more_of_runs()
    create_known_as()
    create_import_job()
    create_import_conflict()


def tell_more_of_sources() -> None:
    texts = {"licence": 200, "format": 20, "address": 500, "etag": 200, "modified": 100, "trouble": 500}
    with filled("source", {**of_text(texts), "options": sa.JSON(), "failures": sa.Integer()}) as batch:
        batch.add_column(sa.Column("every_hours", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("fetched_at", _TIME, nullable=True))
        batch.add_column(sa.Column("due_at", _TIME, nullable=True))
        batch.create_check_constraint(op.f("ck_source_every_hours"), "every_hours > 0")
        batch.create_index("ix_source_due_at", ["due_at"])


def tell_more_of_runs() -> None:
    with filled("import_run", {**of_text({"undone_by": 254}), "report": sa.JSON()}) as batch:
        batch.add_column(sa.Column("undone_at", _TIME, nullable=True))


def of_text(lengths: Mapping[str, int]) -> dict[str, TypeEngine[Any]]:
    return {name: sa.String(length) for name, length in lengths.items()}


@contextmanager
def filled(table: str, columns: Mapping[str, TypeEngine[Any]]) -> Iterator[BatchOperations]:
    """Add columns that are never empty: rows that are there get "", {} or 0; new ones say theirs themselves."""
    with op.batch_alter_table(table) as batch:
        for name, type_ in columns.items():
            batch.add_column(sa.Column(name, type_, nullable=False, server_default=_nothing(type_)))
        yield batch
    with op.batch_alter_table(table) as batch:
        for name, type_ in columns.items():
            batch.alter_column(name, existing_type=type_, server_default=None)


def _nothing(type_: TypeEngine[Any]) -> str:
    if isinstance(type_, sa.JSON):
        return "{}"
    return "0" if isinstance(type_, sa.Integer) else ""


def create_known_as() -> None:
    op.create_table(
        "known_as",
        sa.Column("source_key", sa.String(40), nullable=False),
        sa.Column("source_ref", sa.String(100), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_known_as_provider_id_provider")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_known_as_source_key_source")),
        sa.PrimaryKeyConstraint("source_key", "source_ref", name=op.f("pk_known_as")),
    )
    op.create_index(op.f("ix_known_as_provider_id"), "known_as", ["provider_id"])


def create_import_job() -> None:
    op.create_table(
        "import_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("stored_as", sa.String(100), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(254), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("approved_by", sa.String(254), nullable=False),
        sa.Column("finished_at", _TIME, nullable=True),
        sa.Column("trouble", sa.String(1000), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(_STATES, name=op.f("ck_import_job_jobstate")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_import_job_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_import_job_source_key_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_job")),
    )
    op.create_index(op.f("ix_import_job_source_key"), "import_job", ["source_key"])
    op.create_index("ix_import_job_state", "import_job", ["state", "id"])


def create_import_conflict() -> None:
    op.create_table(
        "import_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(40), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.Column("field_group", sa.String(20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("noted_at", _TIME, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(254), nullable=False),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.CheckConstraint(_GROUPS, name=op.f("ck_import_conflict_fieldgroup")),
        sa.CheckConstraint("state IN ('open', 'kept', 'taken', 'gone')", name=op.f("ck_import_conflict_conflictstate")),
        sa.CheckConstraint(
            "(state IN ('kept', 'taken')) = (decided_at IS NOT NULL)", name=op.f("ck_import_conflict_decided")
        ),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_import_conflict_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_import_conflict_provider_id_provider")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_import_conflict_source_key_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_conflict")),
        sa.UniqueConstraint(
            "provider_id",
            "source_key",
            "field_group",
            name=op.f("uq_import_conflict_provider_id_source_key_field_group"),
        ),
    )
    op.create_index("ix_import_conflict_state", "import_conflict", ["state", "noted_at"])


def downgrade() -> None:
    for table in ("import_conflict", "import_job", "known_as"):
        op.drop_table(table)
    with op.batch_alter_table("import_run") as batch:
        for name in ("undone_by", "undone_at", "report"):
            batch.drop_column(name)
    with op.batch_alter_table("source") as batch:
        batch.drop_index("ix_source_due_at")
        batch.drop_constraint(op.f("ck_source_every_hours"), type_="check")
        for name in (
            *("trouble", "failures", "due_at", "fetched_at", "every_hours", "options"),
            *("modified", "etag", "address", "format", "licence"),
        ):
            batch.drop_column(name)
