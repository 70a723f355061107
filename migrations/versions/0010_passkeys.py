"""Passkeys, proposals of representatives, claims and letters that ask for facts."""

import sqlalchemy as sa
from alembic import op

revision = "0010_passkeys"
down_revision = "0009_settings_pages"

_HAPPENINGS = (
    "'invited', 'joined', 'signed_in', 'password_wrong', 'code_wrong', 'recovery_code_used', 'signed_out',"
    " 'sessions_ended', 'password_changed', 'reset_asked', 'factor_set', 'factor_removed', 'codes_renewed'"
)
_OF_PASSKEYS = ("passkey_added", "passkey_removed", "passkey_wrong", "passkey_copied")
_LAST = "'changed', 'disabled', 'enabled'"
_STATES = "state IN ('open', 'accepted', 'rejected')"
_DECIDED = "(state = 'open') = (decided_at IS NULL)"


def upgrade() -> None:
    op.add_column("account_session", sa.Column("challenge", sa.LargeBinary(64), nullable=True))
    let_happen(", ".join((_HAPPENINGS, *map(repr, _OF_PASSKEYS), _LAST)))
    create_passkey()
    create_proposal()
    create_claim()
    create_confirmation()


def let_happen(happenings: str) -> None:
    name = op.f("ck_account_event_happening")
    with op.batch_alter_table("account_event") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"happening IN ({happenings})")


def create_passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_passkey_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])


def create_proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(254), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(300), nullable=False),
        sa.CheckConstraint(_STATES, name=op.f("ck_proposal_proposalstate")),
        sa.CheckConstraint(_DECIDED, name=op.f("ck_proposal_decided")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_proposal_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_provider_id"), "proposal", ["provider_id"])
    op.create_index(op.f("ix_proposal_state"), "proposal", ["state", "created_at"])


def create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(254), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_STATES, name=op.f("ck_claim_proposalstate")),
        sa.CheckConstraint(_DECIDED, name=op.f("ck_claim_decided")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_claim_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_claim_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_account_id"), "claim", ["account_id"])
    op.create_index(op.f("ix_claim_organization_id"), "claim", ["organization_id"])
    op.create_index(op.f("ix_claim_state"), "claim", ["state", "created_at"])


def create_confirmation() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("sent_to", sa.String(254), nullable=False),
        sa.Column("asked_by", sa.String(254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_confirmation_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("digest", name=op.f("uq_confirmation_digest")),
    )
    op.create_index(op.f("ix_confirmation_provider_id"), "confirmation", ["provider_id"])


def downgrade() -> None:
    for table in ("confirmation", "claim", "proposal", "passkey"):
        op.drop_table(table)
    event = sa.table("account_event", sa.column("happening"))
    op.execute(sa.update(event).where(event.c.happening.in_(_OF_PASSKEYS)).values(happening="changed"))
    let_happen(f"{_HAPPENINGS}, {_LAST}")
    op.drop_column("account_session", "challenge")
