"""Reports that families opened to partners

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_sharing",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_reason <> ''",
            name=op.f("ck_report_sharing_ended_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_report_sharing_report_id_ante_mortem_report"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_report_sharing_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sharing")),
    )
    with op.batch_alter_table("report_sharing") as batch_op:
        batch_op.create_index(batch_op.f("ix_report_sharing_report_id"), ["report_id"])
        batch_op.create_index("ix_report_sharing_team_report", ["team_id", "report_id"])


def downgrade() -> None:
    op.drop_table("report_sharing")
