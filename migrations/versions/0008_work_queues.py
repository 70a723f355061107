"""Who works on a problem report, and what came of it."""

revision = "0008_work_queues"
down_revision = "0007_listing_notes"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
