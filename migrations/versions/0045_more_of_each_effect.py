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
    before = _indexes()
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("quantity", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f(f"ck_{TABLE}_quantity"), sa.text("quantity > 0"))
        for column, (name, values) in CODES.items():
            table.add_column(sa.Column(column, sa.String(length=40), nullable=True))
            listed = sa.column(column).in_(values)
            table.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), listed)
        table.add_column(sa.Column("traces", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("trace_note", sa.String(length=500), nullable=True))
        table.add_column(sa.Column("inside_id", sa.Integer(), nullable=True))
        table.create_foreign_key(FOREIGN_KEY, TABLE, ["inside_id"], ["id"])
    _put_in_order(before)
    op.create_index(op.f(INDEX), TABLE, ["inside_id"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), TABLE)
    before = _indexes()
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(FOREIGN_KEY, type_="foreignkey")
        table.drop_constraint(op.f(f"ck_{TABLE}_quantity"), type_="check")
        for name, _values in CODES.values():
            table.drop_constraint(op.f(f"ck_{TABLE}_{name}"), type_="check")
        for column in ("inside_id", "trace_note", "traces", *CODES, "quantity"):
            table.drop_column(column)
    _put_in_order(before)


def _indexes() -> list[tuple[str, str]]:
    """Return name and statement of each index of the table on SQLite, in its order."""
    if op.get_bind().dialect.name != "sqlite":
        return []
    statement = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table "
        "AND sql IS NOT NULL ORDER BY rowid"
    )
    return [(name, sql) for name, sql in op.get_bind().execute(sa.text(statement), {"table": TABLE})]


def _put_in_order(indexes: list[tuple[str, str]]) -> None:
    """Make indexes anew: a table that was rebuilt has them in any order, which SQLite heeds."""
    for name, sql in indexes:
        op.execute(f"DROP INDEX {name}")
        op.execute(sql)
