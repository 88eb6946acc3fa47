"""Relatives who do not fit their family tree by DNA, and what people decided of them

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dna_misfit",
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("markers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_either", sa.Boolean(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_foreign_keys(
            "dna_misfit",
            {
                "missing_person_id": "missing_person",
                "relative_id": "relative",
                "source_id": "dna_source",
            },
        ),
        sa.UniqueConstraint(
            "missing_person_id", "source_id", name=op.f("uq_dna_misfit_missing_person_id_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_misfit")),
    )
    op.create_index(op.f("ix_dna_misfit_relative_id"), "dna_misfit", ["relative_id"])
    op.create_index(op.f("ix_dna_misfit_source_id"), "dna_misfit", ["source_id"])
    op.create_table(
        "relative_use",
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_relative_use_with_reason")),
        *_foreign_keys(
            "relative_use",
            {
                "relative_id": "relative",
                "source_id": "dna_source",
                "decided_by_id": "user_account",
            },
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative_use")),
    )
    op.create_index(op.f("ix_relative_use_relative_id"), "relative_use", ["relative_id"])
    op.create_index(op.f("ix_relative_use_source_id"), "relative_use", ["source_id"])
    _protect("relative_use")


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
    op.drop_table("relative_use")
    op.drop_table("dna_misfit")
