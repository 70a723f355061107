"""Passkeys, proposals of representatives, claims and letters that ask for facts."""

revision = "0010_passkeys"
down_revision = "0009_settings_pages"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
