"""At which version of the directory each listing last changed, and a name by which to know this directory again."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0002_freshness"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("directory_version") as batch:
        batch.add_column(sa.Column("uid", sa.Uuid(), nullable=True))
    name_directory()
    with op.batch_alter_table("directory_version") as batch:
        batch.alter_column("uid", existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table("provider") as batch:
        batch.add_column(sa.Column("directory_version", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("provider") as batch:
        batch.alter_column("directory_version", existing_type=sa.Integer(), server_default=None)
        batch.create_index(op.f("ix_provider_directory_version"), ["directory_version"])


def name_directory() -> None:
    """Give the directory that may be there already its own name."""
    table = sa.table("directory_version", sa.column("uid", sa.Uuid()))
    op.execute(table.update().values(uid=uuid.uuid4()))


def downgrade() -> None:
    with op.batch_alter_table("provider") as batch:
        batch.drop_index(op.f("ix_provider_directory_version"))
        batch.drop_column("directory_version")
    with op.batch_alter_table("directory_version") as batch:
        batch.drop_column("uid")
