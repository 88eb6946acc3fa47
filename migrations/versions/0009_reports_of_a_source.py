"""Two operations may take in the same source: its ids need not differ between them

Revision: 0009

That one operation takes no row twice, ``imported_row`` holds. Going down is refused by the
database where two operations hold a report of the same source and id.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE = "ante_mortem_report"
UNIQUE = "uq_ante_mortem_report_source_source_id"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(UNIQUE), type_="unique")


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.create_unique_constraint(op.f(UNIQUE), ["source", "source_id"])
