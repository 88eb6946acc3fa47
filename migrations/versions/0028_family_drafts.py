"""Reports that families have begun and not sent yet

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "family_draft",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("secret_hash", sa.String(length=255), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_draft")),
        sa.UniqueConstraint("reference", name=op.f("uq_family_draft_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_family_draft_uid")),
    )
    op.create_index(op.f("ix_family_draft_saved_at"), "family_draft", ["saved_at"])


def downgrade() -> None:
    op.drop_table("family_draft")
