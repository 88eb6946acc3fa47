"""What DNA says of pairs, weighed in the background

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RUN_STATES = ("waiting", "running", "done", "cancelled", "failed")


def upgrade() -> None:
    op.create_table(
        "dna_result",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("markers", sa.Integer(), nullable=False),
        sa.Column("relatives", sa.Integer(), nullable=False),
        sa.Column("weighed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_foreign_keys("dna_result", "source_id", "remains_id", "missing_person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_result")),
        sa.UniqueConstraint(
            "source_id", "missing_person_id", name=op.f("uq_dna_result_source_id_missing_person_id")
        ),
    )
    op.create_index("ix_dna_result_remains_lr", "dna_result", ["remains_id", "log10_lr"])
    op.create_index("ix_dna_result_person_lr", "dna_result", ["missing_person_id", "log10_lr"])
    op.create_table(
        "dna_screened",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("missing_person_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(source_id IS NULL) <> (missing_person_id IS NULL)",
            name=op.f("ck_dna_screened_one_side_of_a_pair"),
        ),
        *_foreign_keys("dna_screened", "operation_id", "source_id", "missing_person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_screened")),
        sa.UniqueConstraint("missing_person_id", name=op.f("uq_dna_screened_missing_person_id")),
        sa.UniqueConstraint("source_id", name=op.f("uq_dna_screened_source_id")),
    )
    op.create_index(op.f("ix_dna_screened_operation_id"), "dna_screened", ["operation_id"])
    op.create_table(
        "screening_run",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *RUN_STATES, name="runstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("faults", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_foreign_keys("screening_run", "operation_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_run")),
    )
    op.create_index(op.f("ix_screening_run_operation_id"), "screening_run", ["operation_id"])


def downgrade() -> None:
    op.drop_table("screening_run")
    op.drop_table("dna_screened")
    op.drop_table("dna_result")


TABLE_OF = {
    "source_id": "dna_source",
    "remains_id": "remains",
    "missing_person_id": "missing_person",
    "operation_id": "operation",
}


def _foreign_keys(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column],
            [f"{TABLE_OF[column]}.id"],
            name=op.f(f"fk_{table}_{column}_{TABLE_OF[column]}"),
        )
        for column in columns
    ]
