"""Stratigraphic contexts, how they lie to each other, and what was found in each

Revision: 0038, after 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KINDS = ("layer", "deposit", "fill", "cut", "structure", "body_mass", "surface", "other")
RELATIONS = ("above", "cuts", "fills", "same", "contemporary")
FINDS = ("remains", "personal_effect")


def upgrade() -> None:
    op.create_table(
        "context",
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _codes(KINDS, "contextkind"), nullable=False),
        sa.Column("colour", sa.String(length=60), nullable=False),
        sa.Column("texture", sa.String(length=120), nullable=False),
        sa.Column("inclusions", sa.String(length=300), nullable=False),
        sa.Column("top_m", sa.Double(), nullable=True),
        sa.Column("bottom_m", sa.Double(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("interpretation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("top_m <= bottom_m", name=op.f("ck_context_levels")),
        sa.ForeignKeyConstraint(
            ["feature_id"], ["feature.id"], name=op.f("fk_context_feature_id_feature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_context")),
        sa.UniqueConstraint("feature_id", "number", name=op.f("uq_context_feature_id_number")),
    )
    op.create_table(
        "context_relation",
        sa.Column("upper_id", sa.Integer(), nullable=False),
        sa.Column("lower_id", sa.Integer(), nullable=False),
        sa.Column("kind", _codes(RELATIONS, "relationkind"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("upper_id <> lower_id", name=op.f("ck_context_relation_two")),
        sa.ForeignKeyConstraint(
            ["lower_id"], ["context.id"], name=op.f("fk_context_relation_lower_id_context")
        ),
        sa.ForeignKeyConstraint(
            ["upper_id"], ["context.id"], name=op.f("fk_context_relation_upper_id_context")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_context_relation")),
        sa.UniqueConstraint(
            "upper_id", "lower_id", name=op.f("uq_context_relation_upper_id_lower_id")
        ),
    )
    op.create_index(op.f("ix_context_relation_lower_id"), "context_relation", ["lower_id"])
    for table in FINDS:
        before = _indexes(table)
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("context_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(_key(table), "context", ["context_id"], ["id"])
        _put_in_order(before)
        op.create_index(f"ix_{table}_context_id", table, ["context_id"])


def downgrade() -> None:
    for table in FINDS:
        with op.batch_alter_table(table) as batch:
            batch.drop_index(f"ix_{table}_context_id")
            batch.drop_constraint(_key(table), type_="foreignkey")
            batch.drop_column("context_id")
    op.drop_table("context_relation")
    op.drop_table("context")


def _indexes(table: str) -> list[tuple[str, str]]:
    """Return name and statement of each index of a table on SQLite, in its order."""
    if op.get_bind().dialect.name != "sqlite":
        return []
    statement = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table "
        "AND sql IS NOT NULL ORDER BY rowid"
    )
    return [(name, sql) for name, sql in op.get_bind().execute(sa.text(statement), {"table": table})]


def _put_in_order(indexes: list[tuple[str, str]]) -> None:
    """Make indexes anew: a table that was rebuilt has them in any order, which SQLite heeds."""
    for name, sql in indexes:
        op.execute(f"DROP INDEX {name}")
        op.execute(sql)


def _key(table: str) -> str:
    return f"fk_{table}_context_id_context"


def _codes(codes: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)
