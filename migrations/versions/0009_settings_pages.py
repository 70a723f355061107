"""Words, helplines and rules that administrators changed."""

revision = "0009_settings_pages"
down_revision = "0008_work_queues"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
