"""Who works on a problem report, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0008_work_queues"
down_revision = "0007_listing_notes"

_STATES = "ck_problem_report_reportstate"
_ASSIGNED = "fk_problem_report_assigned_to_id_account"


def upgrade() -> None:
    with op.batch_alter_table("problem_report") as batch:
        batch.drop_constraint(op.f(_STATES), type_="check")
        batch.add_column(sa.Column("assigned_to_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(_ASSIGNED), "account", ["assigned_to_id"], ["id"])
    op.execute("UPDATE problem_report SET state = 'rejected' WHERE state = 'dismissed'")
    with op.batch_alter_table("problem_report") as batch:
        batch.create_check_constraint(op.f(_STATES), "state IN ('open', 'in_review', 'resolved', 'rejected')")
    op.create_index(op.f("ix_problem_report_assigned_to_id"), "problem_report", ["assigned_to_id"])
    op.create_table(
        "report_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(254), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.CheckConstraint(
            "step IN ('assigned', 'put_back', 'resolved', 'rejected', 'reopened', 'answered')",
            name=op.f("ck_report_step_step"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["problem_report.id"], name=op.f("fk_report_step_report_id_problem_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_step")),
    )
    op.create_index(op.f("ix_report_step_report_id"), "report_step", ["report_id"])


def downgrade() -> None:
    op.drop_table("report_step")
    op.drop_index(op.f("ix_problem_report_assigned_to_id"), "problem_report")
    with op.batch_alter_table("problem_report") as batch:
        batch.drop_constraint(op.f(_STATES), type_="check")
        batch.drop_constraint(op.f(_ASSIGNED), type_="foreignkey")
        batch.drop_column("assigned_to_id")
    op.execute("UPDATE problem_report SET state = 'open' WHERE state = 'in_review'")
    op.execute("UPDATE problem_report SET state = 'dismissed' WHERE state = 'rejected'")
    with op.batch_alter_table("problem_report") as batch:
        batch.create_check_constraint(op.f(_STATES), "state IN ('open', 'resolved', 'dismissed')")
