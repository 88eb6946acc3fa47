"""What another sample would tell of a family

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STATES = ("waiting", "running", "done", "cancelled", "failed")


def upgrade() -> None:
    op.create_table(
        "power_analysis",
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="runstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Double(), nullable=False),
        sa.Column("additions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_power_analysis_missing_person_id_missing_person"),
        ),
        sa.UniqueConstraint("missing_person_id", name=op.f("uq_power_analysis_missing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_analysis")),
    )


def downgrade() -> None:
    op.drop_table("power_analysis")
