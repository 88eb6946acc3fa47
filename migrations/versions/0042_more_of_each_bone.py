"""More of each bone: its zones, surface, weathering, and of what it is a fragment

Revision: 0042, after 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TABLE = "bone_finding"
CODES = {
    "preservation": ("0", "1", "2", "3", "4", "5", "5+"),
    "weathering": ("0", "1", "2", "3", "4", "5"),
}
LISTS = ("zones", "joins")
ALIKE = ("remains_id", "element", "side", "state", "age_class")
ONE_LINE = f"uq_{TABLE}_{'_'.join(ALIKE)}"
"""Kept bones that differ in more than this in one line."""
INDEX = f"ix_{TABLE}_remains_id"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(ONE_LINE), type_="unique")
        for column, values in CODES.items():
            table.add_column(sa.Column(column, sa.String(length=40), nullable=True))
            table.create_check_constraint(_check(column), sa.column(column).in_(values))
        for column in LISTS:
            table.add_column(sa.Column(column, sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("note", sa.String(length=500), nullable=True))
    op.create_index(op.f(INDEX), TABLE, ["remains_id"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), TABLE)
    with op.batch_alter_table(TABLE) as table:
        for column in CODES:
            table.drop_constraint(_check(column), type_="check")
        for column in (*CODES, *LISTS, "note"):
            table.drop_column(column)
        table.create_unique_constraint(op.f(ONE_LINE), list(ALIKE))


def _check(column: str) -> str:
    return op.f(f"ck_{TABLE}_{column}")
