"""Checks of listings, how their groups of facts stand, pairs that may be one place, and merges."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0006_checks"
down_revision = "0005_accounts"

GROUPS = "'phone', 'address', 'services', 'payment', 'hours', 'availability', 'website', 'description'"
METHODS = "'call', 'visit', 'website', 'email', 'representative', 'import'"
RESULTS = "'confirmed', 'corrected', 'could_not_reach'"

# Of which groups a listing says something, as `finder.listings.standing.groups_said` has it.
SAID = {
    "phone": "EXISTS (SELECT 1 FROM provider_phone WHERE provider_id = provider.id)",
    "address": "address_1 || address_2 || city || county || state || postal_code <> ''",
    "services": "minimum_age IS NOT NULL OR maximum_age IS NOT NULL OR EXISTS (SELECT 1 FROM provider_tag"
    " WHERE provider_id = provider.id AND facet NOT IN ('payment', 'payment_help'))",
    "payment": "fees <> '' OR EXISTS (SELECT 1 FROM provider_tag"
    " WHERE provider_id = provider.id AND facet IN ('payment', 'payment_help'))",
    "hours": "EXISTS (SELECT 1 FROM provider_schedule WHERE provider_id = provider.id)",
    "availability": "availability_as_of IS NOT NULL",
    "website": "website <> '' OR email <> ''",
    "description": "name || description || alert <> ''",
}


def upgrade() -> None:
    create_checks()
    create_standings()
    create_duplicates()
    # What the sources told so far counts as their check, until the day that they named or for half a year.
    for group, said in SAID.items():
        take_over(group, said)


def create_checks() -> None:
    op.create_table(
        "fact_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("field_group", sa.String(20), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("counts_until", sa.Date(), nullable=True),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"field_group IN ({GROUPS})", name=op.f("ck_fact_check_fieldgroup")),
        sa.CheckConstraint(f"method IN ({METHODS})", name=op.f("ck_fact_check_checkmethod")),
        sa.CheckConstraint(f"result IN ({RESULTS})", name=op.f("ck_fact_check_checkresult")),
        sa.CheckConstraint(
            "(result = 'could_not_reach') = (counts_until IS NULL)", name=op.f("ck_fact_check_counts_until")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_fact_check_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_check")),
    )
    op.create_index(op.f("ix_fact_check_provider_id"), "fact_check", ["provider_id", "id"])


def create_standings() -> None:
    op.create_table(
        "standing",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("field_group", sa.String(20), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(20), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"field_group IN ({GROUPS})", name=op.f("ck_standing_fieldgroup")),
        sa.CheckConstraint(f"method IN ({METHODS})", name=op.f("ck_standing_checkmethod")),
        sa.CheckConstraint("(checked_on IS NULL) = (method IS NULL)", name=op.f("ck_standing_checked")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_standing_provider_id_provider")),
        sa.PrimaryKeyConstraint("provider_id", "field_group", name=op.f("pk_standing")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_standing_due"), "standing", ["field_group", "due_on", "provider_id"])


def create_duplicates() -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(100), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_duplicate_pair_order")),
        sa.CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name=op.f("ck_duplicate_pair_decided")),
        sa.CheckConstraint("decision IN ('open', 'not_the_same', 'merged')", name=op.f("ck_duplicate_pair_decision")),
        sa.ForeignKeyConstraint(["first_id"], ["provider.id"], name=op.f("fk_duplicate_pair_first_id_provider")),
        sa.ForeignKeyConstraint(["second_id"], ["provider.id"], name=op.f("fk_duplicate_pair_second_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_duplicate_pair_first_id_second_id")),
    )
    op.create_index(op.f("ix_duplicate_pair_second_id"), "duplicate_pair", ["second_id"])
    op.create_index(
        op.f("ix_duplicate_pair_decision"), "duplicate_pair", ["decision", "score", "first_id", "second_id"]
    )
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("retired_id", sa.Integer(), nullable=False),
        sa.Column("kept_version", sa.Integer(), nullable=False),
        sa.Column("retired_version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.String(100), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(100), nullable=False),
        sa.CheckConstraint("kept_id <> retired_id", name=op.f("ck_merge_two")),
        sa.ForeignKeyConstraint(["kept_id"], ["provider.id"], name=op.f("fk_merge_kept_id_provider")),
        sa.ForeignKeyConstraint(["retired_id"], ["provider.id"], name=op.f("fk_merge_retired_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_kept_id"), "merge", ["kept_id"])
    op.create_index(op.f("ix_merge_retired_id"), "merge", ["retired_id"])


def take_over(group: str, said: str) -> None:
    provider = sa.table("provider", *map(sa.column, ("id", "verified_on", "review_due_on", "created_at", "updated_at")))
    sqlite = op.get_bind().dialect.name == "sqlite"
    half_a_year_on: sa.ColumnElement[dt.date] = sa.literal_column(
        "date(verified_on, '+180 days')" if sqlite else "verified_on + 180"
    )
    created_on: sa.ColumnElement[dt.date] = sa.literal_column(
        "date(created_at)" if sqlite else "CAST(created_at AT TIME ZONE 'UTC' AS date)"
    )
    due_on = sa.func.coalesce(provider.c.review_due_on, half_a_year_on, created_on)
    is_checked = provider.c.verified_on.is_not(None)
    standing = {
        "provider_id": provider.c.id,
        "field_group": sa.literal(group),
        "checked_on": provider.c.verified_on,
        "method": sa.case((is_checked, "import")),
        "due_on": due_on,
    }
    check = standing | {
        "method": sa.literal("import"),
        "result": sa.literal("confirmed"),
        "counts_until": due_on,
        "by": sa.literal("finder"),
        "note": sa.literal(""),
        "recorded_at": provider.c.updated_at,
    }
    del check["due_on"]
    insert_from("standing", standing, sa.text(said))
    insert_from("fact_check", check, sa.text(f"verified_on IS NOT NULL AND ({said})"))


def insert_from(name: str, columns: dict[str, sa.ColumnElement[object]], which: sa.TextClause) -> None:
    table = sa.table(name, *map(sa.column, columns))
    rows = sa.select(*columns.values()).where(which).order_by(sa.text("provider.id"))
    op.execute(sa.insert(table).from_select(list(columns), rows))


def downgrade() -> None:
    for table in ("merge", "duplicate_pair", "standing", "fact_check"):
        op.drop_table(table)
