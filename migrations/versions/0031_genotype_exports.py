"""Genotypes that leave once a second person has released them

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

FILES = ("csv", "ped", "fam")
STATES = ("asked", "released", "refused")
CHECKS = {
    "one_subject": "(submission_id IS NULL) <> (missing_person_id IS NULL)",
    "beside": "remains_source_id IS NULL OR submission_id IS NULL",
    "decided": "state = 'asked' OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)",
    "expires": "state <> 'released' OR expires_on IS NOT NULL",
    "refused_why": "state <> 'refused' OR decision_reason <> ''",
}
FOREIGN = {
    "operation_id": "operation",
    "submission_id": "submission",
    "missing_person_id": "missing_person",
    "remains_source_id": "dna_source",
    "asked_by_id": "user_account",
    "decided_by_id": "user_account",
}


def upgrade() -> None:
    op.create_table(
        "genotype_export",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("file", _codes("genotypefile", FILES), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("missing_person_id", sa.Integer(), nullable=True),
        sa.Column("remains_source_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("is_abroad", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("state", _codes("exportstate", STATES), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(text, name=op.f(f"ck_genotype_export_{name}"))
            for name, text in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_genotype_export_{column}_{other}")
            )
            for column, other in FOREIGN.items()
        ),
        sa.UniqueConstraint("number", name=op.f("uq_genotype_export_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genotype_export")),
    )
    op.create_index(
        "ix_genotype_export_operation_asked",
        "genotype_export",
        ["operation_id", "asked_at", "id"],
    )
    for column in ("submission_id", "missing_person_id", "remains_source_id"):
        op.create_index(op.f(f"ix_genotype_export_{column}"), "genotype_export", [column])


def _codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("genotype_export")
