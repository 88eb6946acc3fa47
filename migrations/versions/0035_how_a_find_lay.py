"""How a find lay: joints, limbs, ties, traces of weapons and state of the bone

Revision: 0035, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLE = "recovery_event"
CODES = {
    "articulation": ("articulated", "partly", "disarticulated", "commingled"),
    "direction": ("N", "NE", "E", "SE", "S", "SW", "W", "NW"),
    "head_facing": ("up", "down", "left", "right"),
    "arms": ("beside", "on_chest", "behind", "above", "flexed", "different"),
    "legs": ("extended", "flexed", "crossed", "different"),
    "preservation": ("0", "1", "2", "3", "4", "5", "5+"),
    "weathering": ("0", "1", "2", "3", "4", "5"),
    "blindfold": ("none", "cloth", "tape", "hood", "other", "uncertain"),
}
CHECKS = {"direction": "bodydirection", "head_facing": "headfacing"}
"""What a check is called that is not called as its column."""
LISTS = ("bound_places", "bound_with", "ballistic", "ballistic_places")


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        for column, values in CODES.items():
            table.add_column(sa.Column(column, sa.String(length=40), nullable=True))
            table.create_check_constraint(_check(column), sa.column(column).in_(values))
        for column in LISTS:
            table.add_column(sa.Column(column, sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        for column in CODES:
            table.drop_constraint(_check(column), type_="check")
        for column in (*CODES, *LISTS):
            table.drop_column(column)


def _check(column: str) -> str:
    return op.f(f"ck_{TABLE}_{CHECKS.get(column, column)}")
