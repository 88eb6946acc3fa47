"""Lengths of bones, and estimates of published methods taken over into the profile

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ESTIMATE = "method_estimate"


def _code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _about() -> sa.Enum:
    return _code("estimatekind", "sex", "age", "stature")


def upgrade() -> None:
    op.create_table(
        "bone_measurement",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("side", _code("boneside", "L", "R", "M", "U"), nullable=False),
        sa.Column("length_mm", sa.Double(), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length_mm > 0 and length_mm < 1000", name=op.f("ck_bone_measurement_length")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_bone_measurement_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bone_measurement")),
        sa.UniqueConstraint(
            "remains_id",
            "measure",
            "side",
            name=op.f("uq_bone_measurement_remains_id_measure_side"),
        ),
    )
    op.create_table(
        ESTIMATE,
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("about", _about(), nullable=False),
        sa.Column("method", sa.String(length=120), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column(
            "status",
            _code("figurestatus", "seen", "computed", "recalled", "local"),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("lowest", sa.Double(), nullable=True),
        sa.Column("highest", sa.Double(), nullable=True),
        sa.Column("interval_kind", sa.String(length=80), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_method_estimate_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"],
            ["user_account.id"],
            name=op.f("fk_method_estimate_taken_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_estimate")),
    )
    op.create_index(op.f("ix_method_estimate_remains_id"), ESTIMATE, ["remains_id"])
    for statement in _guard(ESTIMATE):
        op.execute(statement)
    op.create_table(
        "profile_source",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("about", _about(), nullable=False),
        sa.Column("estimate_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_profile_source_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["estimate_id"],
            ["method_estimate.id"],
            name=op.f("fk_profile_source_estimate_id_method_estimate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_source")),
        sa.UniqueConstraint(
            "remains_id", "about", name=op.f("uq_profile_source_remains_id_about")
        ),
    )
    op.create_index(op.f("ix_profile_source_estimate_id"), "profile_source", ["estimate_id"])


def downgrade() -> None:
    for table in ("profile_source", ESTIMATE, "bone_measurement"):
        op.drop_table(table)


def _guard(table: str) -> list[str]:
    """Refuse to change or delete rows of ``table``; the function is there since 0001."""
    if op.get_bind().dialect.name == "postgresql":
        return [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION caseman_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION caseman_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
