"""Finding what was changed after a moment, for who keeps a copy of the directory."""

from alembic import op

revision = "0013_open_data"
down_revision = "0012_conferences"

_INDEX = "ix_provider_updated_at"


def upgrade() -> None:
    op.create_index(op.f(_INDEX), "provider", ["status", "updated_at"])


def downgrade() -> None:
    op.drop_index(op.f(_INDEX), "provider")
