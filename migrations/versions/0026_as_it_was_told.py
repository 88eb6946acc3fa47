"""Age and height in the words of whoever told them

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "ante_mortem_report"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("age_text", sa.String(length=120), nullable=True))
    op.add_column(TABLE, sa.Column("stature_text", sa.String(length=120), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_column("stature_text")
        table.drop_column("age_text")
