"""What visitors report of listings."""

import sqlalchemy as sa
from alembic import op

revision = "0004_problem_reports"
down_revision = "0003_availability"


def upgrade() -> None:
    op.create_table(
        "problem_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'resolved', 'dismissed')", name=op.f("ck_problem_report_reportstate")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_problem_report_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_report")),
    )
    op.create_index(op.f("ix_problem_report_provider_id"), "problem_report", ["provider_id"])
    op.create_index(op.f("ix_problem_report_created_at"), "problem_report", ["created_at"])
    op.create_index(op.f("ix_problem_report_state"), "problem_report", ["state", "created_at"])
    op.create_table(
        "reported_problem",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(20), nullable=False),
        sa.CheckConstraint(
            "problem IN ('phone', 'moved', 'closed', 'hours', 'services', 'brokering', 'other')",
            name=op.f("ck_reported_problem_problem"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["problem_report.id"], name=op.f("fk_reported_problem_report_id_problem_report")
        ),
        sa.PrimaryKeyConstraint("report_id", "problem", name=op.f("pk_reported_problem")),
    )


def downgrade() -> None:
    op.drop_table("reported_problem")
    op.drop_table("problem_report")
