"""Internal notes of listings, who looks after them, changes of many at once, and an audit log that nobody can alter."""

import sqlalchemy as sa
from alembic import op

revision = "0007_listing_notes"
down_revision = "0006_checks"

DEEDS = "'verify', 'publish', 'hide', 'retire', 'add_tag', 'remove_tag', 'assign'"
APPEND_ONLY = ("revision", "fact_check")


def upgrade() -> None:
    create_listing_note()
    create_assignment()
    create_bulk_change()
    op.create_index(op.f("ix_provider_name"), "provider", ["name", "id"])
    op.create_index(op.f("ix_provider_state"), "provider", ["state", "county"])
    for table in APPEND_ONLY:
        forbid_altering(table)


def create_listing_note() -> None:
    op.create_table(
        "listing_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_listing_note_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_note")),
    )
    op.create_index(op.f("ix_listing_note_provider_id"), "listing_note", ["provider_id", "id"])


def create_assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assignment_account_id_account")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_assignment_provider_id_provider")),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_account_id"), "assignment", ["account_id"])


def create_bulk_change() -> None:
    op.create_table(
        "bulk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(254), nullable=False),
        sa.CheckConstraint(f"deed IN ({DEEDS})", name=op.f("ck_bulk_change_deed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change")),
    )
    op.create_table(
        "bulk_change_item",
        sa.Column("bulk_change_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulk_change_id"], ["bulk_change.id"], name=op.f("fk_bulk_change_item_bulk_change_id_bulk_change")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_bulk_change_item_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("bulk_change_id", "provider_id", name=op.f("pk_bulk_change_item")),
        sqlite_with_rowid=False,
    )


def forbid_altering(table: str) -> None:
    """Let the database itself refuse to alter or delete rows; they can only be added."""
    refusal = f"{table} is only ever added to"
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )


def downgrade() -> None:
    for table in APPEND_ONLY:
        allow_altering(table)
    for index in ("ix_provider_name", "ix_provider_state"):
        op.drop_index(op.f(index), "provider")
    for table in ("bulk_change_item", "bulk_change", "assignment", "listing_note"):
        op.drop_table(table)


def allow_altering(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{event}")
        return
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(f"DROP FUNCTION {table}_append_only()")
