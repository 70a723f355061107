"""."""

revision = "0012_conferences"
down_revision = "0011_sources"


def upgrade() -> None: ...


def downgrade() -> None: ...
