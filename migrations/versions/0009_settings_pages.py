"""Words, helplines and rules that administrators changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009_settings_pages"
down_revision = "0008_work_queues"

_GROUPS = "'phone', 'address', 'services', 'payment', 'hours', 'availability', 'website', 'description'"


def upgrade() -> None:
    op.create_table(
        "wording_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(30), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.CheckConstraint("part IN ('label', 'explanation')", name=op.f("ck_wording_change_wordingpart")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_change")),
    )
    op.create_index(op.f("ix_wording_change_facet"), "wording_change", ["facet", "code", "language", "part", "id"])
    op.create_table(
        "helpline_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("helpline", sa.String(40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helpline_check")),
    )
    op.create_index(op.f("ix_helpline_check_helpline"), "helpline_check", ["helpline", "id"])
    op.create_table(
        "policy_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_group", sa.String(20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("essential", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.CheckConstraint(f"field_group IN ({_GROUPS})", name=op.f("ck_policy_change_fieldgroup")),
        sa.CheckConstraint("days BETWEEN 1 AND 3650", name=op.f("ck_policy_change_days")),
        sa.CheckConstraint("importance BETWEEN 1 AND 10", name=op.f("ck_policy_change_importance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_change")),
    )
    op.create_index(op.f("ix_policy_change_field_group"), "policy_change", ["field_group", "id"])


def downgrade() -> None:
    for table in ("policy_change", "helpline_check", "wording_change"):
        op.drop_table(table)
