"""More of each effect: layer, side, pattern, traces, and in whose pocket it lay

Revision: 0045, after 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLE = "personal_effect"
CODES = {
    "side": ("effectside", ("left", "right", "pair")),
    "wear_layer": ("wearlayer", ("outer", "middle", "inner")),
    "pattern": (
        "pattern",
        ("plain", "striped", "checked", "printed", "camouflage", "embroidered"),
    ),
    "size_system": ("sizesystem", ("letters", "eu", "uk", "us", "ru")),
    "damage_beneath": ("damagebeneath", ("injury", "none", "unclear")),
}
INDEX = "ix_personal_effect_inside_id"
FOREIGN_KEY = "fk_personal_effect_inside_id_personal_effect"


def upgrade() -> None:
    # Written out: a table that is rebuilt gets its indexes in another order, which SQLite heeds.
    _add("quantity INTEGER", "quantity", "quantity > 0")
    for column, (name, values) in CODES.items():
        listed = ", ".join(f"'{value}'" for value in values)
        _add(f"{column} VARCHAR(40)", name, f"{column} IN ({listed})")
    op.add_column(TABLE, sa.Column("traces", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(TABLE, sa.Column("trace_note", sa.String(length=500), nullable=True))
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN inside_id INTEGER"
        f" CONSTRAINT {FOREIGN_KEY} REFERENCES {TABLE} (id)"
    )
    op.create_index(op.f(INDEX), TABLE, ["inside_id"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), TABLE)
    for column in ("inside_id", "trace_note", "traces", *reversed(CODES), "quantity"):
        op.execute(f"ALTER TABLE {TABLE} DROP COLUMN {column}")


def _add(column: str, check: str, condition: str) -> None:
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN {column}"
        f" CONSTRAINT ck_{TABLE}_{check} CHECK ({condition})"
    )
