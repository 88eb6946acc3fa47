"""How many exhibits a storage place holds

Revision: 0039, after 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE = "storage_place"
CHECK = "ck_storage_place_capacity"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f(CHECK), "capacity > 0")


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.drop_column("capacity")
