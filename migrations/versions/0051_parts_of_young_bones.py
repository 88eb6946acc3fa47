"""Parts of young bones that have not grown together, and those that have

Revision: 0051, after 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

TABLE = "bone_finding"
STATES = ("whole", "part", "fragment", "absent")
FUSED = "fused"
CHECK = f"ck_{TABLE}_bonestate"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("part", sa.String(length=24), nullable=True))
        table.drop_constraint(op.f(CHECK), type_="check")
        states = (*STATES, FUSED)
        table.create_check_constraint(op.f(CHECK), sa.column("state").in_(states))


def downgrade() -> None:
    # A part is not the bone that a row without the column would say it is.
    rows = sa.table(TABLE, sa.column("part"))
    op.execute(rows.delete().where(rows.c.part.is_not(None)))
    with op.batch_alter_table(TABLE) as table:
        table.drop_column("part")
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), sa.column("state").in_(STATES))
