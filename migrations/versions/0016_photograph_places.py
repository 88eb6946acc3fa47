"""Where a photograph of remains was taken from

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "remains_photograph"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("grid_e_m", sa.Double(), nullable=True))
        table.add_column(sa.Column("grid_n_m", sa.Double(), nullable=True))
        table.add_column(sa.Column("facing_deg", sa.Integer(), nullable=True))
        table.create_check_constraint(
            op.f("ck_remains_photograph_facing"), "facing_deg between 0 and 359"
        )


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f("ck_remains_photograph_facing"), type_="check")
        for column in ("facing_deg", "grid_n_m", "grid_e_m"):
            table.drop_column(column)
