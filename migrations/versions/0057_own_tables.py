"""Sizes and ages of phases that an operation has of its own

Revision: 0057, after 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TABLE = "own_table"
KIND = sa.Enum(
    "sizes", "phases", name="owntablekind", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("kind", KIND, nullable=False),
        sa.Column("lines", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=100), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("out_of_use_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_of_use_by_id", sa.Integer(), nullable=True),
        sa.Column("out_of_use_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
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
