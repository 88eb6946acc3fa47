"""Relatives who were adopted, who live, who are missing too

Revision: 0058, after 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

TABLE = "relative"
CODES = {
    "bond": ("birth", "adopted", "foster"),
    "living": ("alive", "died", "missing", "unknown"),
}
FOREIGN_KEY = f"fk_{TABLE}_own_record_id_missing_person"
INDEX = f"ix_{TABLE}_own_record_id"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        for column, values in CODES.items():
            table.add_column(sa.Column(column, sa.String(length=40), nullable=True))
            listed = sa.column(column).in_(values)
            table.create_check_constraint(op.f(f"ck_{TABLE}_{column}"), listed)
        table.add_column(sa.Column("own_record_id", sa.Integer(), nullable=True))
        table.create_foreign_key(FOREIGN_KEY, "missing_person", ["own_record_id"], ["id"])
    op.create_index(INDEX, TABLE, ["own_record_id"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(FOREIGN_KEY, type_="foreignkey")
        for column in CODES:
            table.drop_constraint(op.f(f"ck_{TABLE}_{column}"), type_="check")
        for column in ("own_record_id", *CODES):
            table.drop_column(column)
