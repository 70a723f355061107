"""Internal notes of listings."""

revision = "0007_listing_notes"
down_revision = "0006_checks"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
