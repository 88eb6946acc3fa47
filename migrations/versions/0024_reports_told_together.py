"""Reports that a family told together

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE = "ante_mortem_report"
COLUMN = "told_with_id"
KEY = "fk_ante_mortem_report_told_with_id_ante_mortem_report"
INDEX = "ix_ante_mortem_report_told_with_id"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column(COLUMN, sa.Integer(), nullable=True))
        table.create_foreign_key(KEY, TABLE, [COLUMN], ["id"])
        table.create_index(INDEX, [COLUMN])


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_index(INDEX)
        table.drop_constraint(KEY, type_="foreignkey")
        table.drop_column(COLUMN)
