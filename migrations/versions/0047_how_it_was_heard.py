"""How a report was heard, and who helped

Revision: 0047, after 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TABLE = "ante_mortem_report"
CHECK = "CHECK (interview IN ('in_person', 'phone', 'message', 'through_others'))"


def upgrade() -> None:
    # Written out: a table that is rebuilt gets its indexes in another order, which SQLite heeds.
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN interview VARCHAR(40)"
        f" CONSTRAINT ck_{TABLE}_interview {CHECK}"
    )
    op.add_column(TABLE, sa.Column("helped_by", sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(f"ck_{TABLE}_interview"), type_="check")
        for column in ("helped_by", "interview"):
            table.drop_column(column)
