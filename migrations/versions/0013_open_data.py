"""."""

revision = "0013_open_data"
down_revision = "0012_conferences"


def upgrade() -> None: ...


def downgrade() -> None: ...
