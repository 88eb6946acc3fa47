"""How many pages of a paper are laid out

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "printed_file"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("pages", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table(TABLE) as table:
        table.alter_column("pages", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_column("pages")
