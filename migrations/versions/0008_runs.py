"""Runs of kits, their genotypes sealed

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "typing_run",
        sa.Column("specimen_id", sa.Integer(), nullable=False),
        sa.Column("kit", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("typed_on", sa.Date(), nullable=False),
        sa.Column("markers", sa.Integer(), nullable=False),
        sa.Column("genotype_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejected_reason", sa.Text(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rejected_at IS NULL OR rejected_reason <> ''",
            name=op.f("ck_typing_run_rejected_with_reason"),
        ),
        sa.CheckConstraint(
            "verified_at IS NULL OR rejected_at IS NULL", name=op.f("ck_typing_run_one_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by_id"],
            ["user_account.id"],
            name=op.f("fk_typing_run_imported_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["specimen_id"], ["specimen.id"], name=op.f("fk_typing_run_specimen_id_specimen")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"],
            ["user_account.id"],
            name=op.f("fk_typing_run_verified_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typing_run")),
        sa.UniqueConstraint("uid", name=op.f("uq_typing_run_uid")),
    )
    op.create_index(op.f("ix_typing_run_specimen_id"), "typing_run", ["specimen_id"], unique=False)


def downgrade() -> None:
    op.drop_table("typing_run")
