"""Profiles that are alike, what people made of them, and runs that are set aside

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RELATIONS = ("same person", "parent and child", "full siblings")
FINDINGS = ("reassociation", "contamination", "nothing")


def upgrade() -> None:
    op.add_column(
        "typing_run", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "dna_compared",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_foreign_keys("dna_compared", {"operation_id": "operation", "source_id": "dna_source"}),
        sa.UniqueConstraint("source_id", name=op.f("uq_dna_compared_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_compared")),
    )
    op.create_index(op.f("ix_dna_compared_operation_id"), "dna_compared", ["operation_id"])
    op.create_table(
        "dna_likeness",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("relation", _codes("likenessrelation", RELATIONS), nullable=False),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("differing", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_dna_likeness_once")),
        *_foreign_keys(
            "dna_likeness",
            {"operation_id": "operation", "first_id": "dna_source", "second_id": "dna_source"},
        ),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_dna_likeness_first_id_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_likeness")),
    )
    op.create_index(op.f("ix_dna_likeness_second_id"), "dna_likeness", ["second_id"])
    op.create_index(
        "ix_dna_likeness_operation_lr", "dna_likeness", ["operation_id", "log10_lr", "id"]
    )
    op.create_table(
        "likeness_finding",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("finding", _codes("likenessverdict", FINDINGS), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_likeness_finding_with_reason")),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_likeness_finding_once")),
        *_foreign_keys(
            "likeness_finding",
            {"first_id": "dna_source", "second_id": "dna_source", "decided_by_id": "user_account"},
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness_finding")),
    )
    op.create_index(op.f("ix_likeness_finding_first_id"), "likeness_finding", ["first_id"])
    op.create_index(op.f("ix_likeness_finding_second_id"), "likeness_finding", ["second_id"])
    _protect("likeness_finding")


def _codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign_keys(table: str, columns: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
        )
        for column, other in columns.items()
    ]


def _protect(table: str) -> None:
    """Let the database itself refuse to change or delete rows of ``table``."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION caseman_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION caseman_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        )


def downgrade() -> None:
    op.drop_table("likeness_finding")
    op.drop_table("dna_likeness")
    op.drop_table("dna_compared")
    op.drop_column("typing_run", "set_aside_at")
