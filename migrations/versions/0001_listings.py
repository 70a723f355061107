"""Listings, what belongs to them, where they come from, and their history."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "directory_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_version_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_version")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("name", name=op.f("uq_organization_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organization_public_id")),
    )
    op.create_table(
        "source",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("attribution", sa.String(500), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_source")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_import_run_source_key_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    create_provider()
    create_what_belongs_to_a_provider()
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_revision_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_revision_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("provider_id", "version", name=op.f("uq_revision_provider_id_version")),
    )
    op.create_index(op.f("ix_revision_import_run_id"), "revision", ["import_run_id"])


def create_provider() -> None:
    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("review_reason", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("address_1", sa.String(200), nullable=False),
        sa.Column("address_2", sa.String(200), nullable=False),
        sa.Column("city", sa.String(100), nullable=False),
        sa.Column("county", sa.String(100), nullable=False),
        sa.Column("state", sa.String(2), nullable=False),
        sa.Column("postal_code", sa.String(10), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("precision", sa.String(20), nullable=False),
        sa.Column("time_zone", sa.String(40), nullable=False),
        sa.Column("website", sa.String(300), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("fees", sa.Text(), nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("source_key", sa.String(40), nullable=False),
        sa.Column("source_ref", sa.String(100), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'published', 'hidden', 'retired')", name=op.f("ck_provider_status")),
        sa.CheckConstraint(
            "precision IN ('address', 'street', 'zip', 'city', 'county', 'state', 'none')",
            name=op.f("ck_provider_precision"),
        ),
        sa.CheckConstraint(
            "(precision = 'none') = (latitude IS NULL) AND (precision = 'none') = (longitude IS NULL)",
            name=op.f("ck_provider_precision_of_point"),
        ),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_provider_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_provider_longitude")),
        sa.CheckConstraint("minimum_age <= maximum_age", name=op.f("ck_provider_ages")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_provider_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_provider_source_key_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("public_id", name=op.f("uq_provider_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_provider_slug")),
        sa.UniqueConstraint("source_key", "source_ref", name=op.f("uq_provider_source_key_source_ref")),
    )
    op.create_index(op.f("ix_provider_organization_id"), "provider", ["organization_id"])
    op.create_index(op.f("ix_provider_status"), "provider", ["status", "source_key"])


def create_what_belongs_to_a_provider() -> None:
    op.create_table(
        "provider_phone",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("extension", sa.String(10), nullable=False),
        sa.CheckConstraint(
            "kind IN ('main', 'intake', 'hotline', 'tty', 'text')", name=op.f("ck_provider_phone_phonekind")
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_provider_phone_provider_id_provider")),
        sa.PrimaryKeyConstraint("provider_id", "position", name=op.f("pk_provider_phone")),
    )
    op.create_table(
        "provider_schedule",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.CheckConstraint("kind IN ('hours', 'meeting')", name=op.f("ck_provider_schedule_schedulekind")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_provider_schedule_weekday")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_provider_schedule_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("provider_id", "position", name=op.f("pk_provider_schedule")),
    )
    op.create_table(
        "provider_tag",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(30), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_provider_tag_provider_id_provider")),
        sa.PrimaryKeyConstraint("provider_id", "facet", "code", name=op.f("pk_provider_tag")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        "revision",
        "provider_tag",
        "provider_schedule",
        "provider_phone",
        "provider",
        "import_run",
        "source",
        "organization",
        "directory_version",
    ):
        op.drop_table(table)
