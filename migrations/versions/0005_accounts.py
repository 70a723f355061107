"""Who may sign in, how they prove who they are, and what was done with accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0005_accounts"
down_revision = "0004_problem_reports"


def upgrade() -> None:
    create_account()
    create_account_scope()
    create_proofs()
    create_account_event()
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_index(op.f("ix_throttle_started_at"), "throttle", ["started_at"])


def create_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("totp_secret", sa.String(200), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('administrator', 'editor', 'reviewer', 'representative', 'viewer')",
            name=op.f("ck_account_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )


def create_account_scope() -> None:
    op.create_table(
        "account_scope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(2), nullable=False),
        sa.Column("county", sa.String(100), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("county = '' OR state <> ''", name=op.f("ck_account_scope_county_of_state")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_scope_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_account_scope_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_scope")),
    )
    op.create_index(op.f("ix_account_scope_account_id"), "account_scope", ["account_id"])
    op.create_index(op.f("ix_account_scope_organization_id"), "account_scope", ["organization_id"])


def create_proofs() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "digest", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("browser", sa.String(60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_session_digest")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_table(
        "account_link",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_link_account_id_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_account_link")),
    )
    op.create_index(op.f("ix_account_link_account_id"), "account_link", ["account_id"])


def create_account_event() -> None:
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("happening", sa.String(20), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.CheckConstraint(
            "happening IN ('invited', 'joined', 'signed_in', 'password_wrong', 'code_wrong', 'recovery_code_used',"
            " 'signed_out', 'sessions_ended', 'password_changed', 'reset_asked', 'factor_set', 'factor_removed',"
            " 'codes_renewed', 'changed', 'disabled', 'enabled')",
            name=op.f("ck_account_event_happening"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_event_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index(op.f("ix_account_event_account_id"), "account_event", ["account_id", "at"])


def downgrade() -> None:
    for table in (
        "throttle",
        "account_event",
        "account_link",
        "account_session",
        "recovery_code",
        "account_scope",
        "account",
    ):
        op.drop_table(table)
