"""Equations of stature that an operation has of its own

Revision: 0050, after 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLE = "own_equation"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=100), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=3), nullable=False),
        sa.Column("measures", sa.String(length=60), nullable=False),
        sa.Column("slope", sa.Double(), nullable=False),
        sa.Column("intercept_cm", sa.Double(), nullable=False),
        sa.Column("error_cm", sa.Double(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("mean_x_cm", sa.Double(), nullable=True),
        sa.Column("sd_x_cm", sa.Double(), nullable=True),
        sa.Column("lowest_cm", sa.Double(), nullable=True),
        sa.Column("highest_cm", sa.Double(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("out_of_use_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_of_use_by_id", sa.Integer(), nullable=True),
        sa.Column("out_of_use_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("slope > 0", name=op.f(f"ck_{TABLE}_slope")),
        sa.CheckConstraint("error_cm > 0", name=op.f(f"ck_{TABLE}_error")),
        sa.CheckConstraint(
            "out_of_use_at IS NULL OR out_of_use_reason <> ''", name=op.f(f"ck_{TABLE}_out_of_use")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}_{other}")
            )
            for column, other in (
                ("operation_id", "operation"),
                ("added_by_id", "user_account"),
                ("out_of_use_by_id", "user_account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_operation_id"), TABLE, ["operation_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
