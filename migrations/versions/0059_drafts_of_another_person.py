"""Reports of a further person that families have begun and not sent yet

Revision: 0059, after 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

TABLE = "another_draft"
FIRST = "first_report_id"
REPORT = "ante_mortem_report"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column(FIRST, sa.Integer(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [FIRST], [f"{REPORT}.id"], name=op.f(f"fk_{TABLE}_{FIRST}_{REPORT}")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(FIRST, name=op.f(f"uq_{TABLE}_{FIRST}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{TABLE}_uid")),
    )
    op.create_index(op.f(f"ix_{TABLE}_saved_at"), TABLE, ["saved_at"])


def downgrade() -> None:
    op.drop_table(TABLE)
