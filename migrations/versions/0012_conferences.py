"""Ways to join a meeting from elsewhere: an address and what one dials."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0012_conferences"
down_revision = "0011_sources"

_COLUMNS: dict[str, TypeEngine[Any]] = {"join_url": sa.String(300), "join_phone": sa.String(60)}


def upgrade() -> None:
    """Meetings that are there get none; the next import of their source tells."""
    with op.batch_alter_table("provider_schedule") as batch:
        for name, type_ in _COLUMNS.items():
            batch.add_column(sa.Column(name, type_, nullable=False, server_default=""))
    with op.batch_alter_table("provider_schedule") as batch:
        for name, type_ in _COLUMNS.items():
            batch.alter_column(name, existing_type=type_, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("provider_schedule") as batch:
        for name in reversed(_COLUMNS):
            batch.drop_column(name)
