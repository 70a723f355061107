"""Whether a place takes people in, how many beds are free, and until when that may be believed."""

import sqlalchemy as sa
from alembic import op

revision = "0003_availability"
down_revision = "0002_freshness"


def upgrade() -> None:
    # Each check stands at the last of the columns that it names: so neither database rebuilds the table, on the way
    # there or back (https://www.sqlite.org/lang_altertable.html#altertabdropcolumn).
    dated = "accepting IS NULL AND beds IS NULL OR availability_as_of IS NOT NULL"
    period = (
        "(availability_as_of IS NULL) = (availability_expires IS NULL) AND availability_expires > availability_as_of"
    )
    add("accepting", sa.Boolean())
    add("beds", sa.Integer(), sa.CheckConstraint("beds >= 0", name=op.f("ck_provider_beds")))
    add(
        "availability_as_of",
        sa.DateTime(timezone=True),
        sa.CheckConstraint(dated, name=op.f("ck_provider_availability_dated")),
    )
    add(
        "availability_expires",
        sa.DateTime(timezone=True),
        sa.CheckConstraint(period, name=op.f("ck_provider_availability_period")),
    )


def add(name: str, type_: sa.types.TypeEngine[object], *checks: sa.CheckConstraint) -> None:
    op.add_column("provider", sa.Column(name, type_, *checks, nullable=True))


def downgrade() -> None:
    for name in ("availability_expires", "availability_as_of", "beds", "accepting"):
        op.drop_column("provider", name)
