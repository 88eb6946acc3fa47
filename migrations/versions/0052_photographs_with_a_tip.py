"""Photographs with a tip about a place

Revision: 0052, after 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLE = "site_tip_photograph"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("media_file_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_file_id"],
            ["media_file.id"],
            name=op.f(f"fk_{TABLE}_media_file_id_media_file"),
        ),
        sa.ForeignKeyConstraint(
            ["tip_id"], ["site_tip.id"], name=op.f(f"fk_{TABLE}_tip_id_site_tip")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "tip_id", "media_file_id", name=op.f(f"uq_{TABLE}_tip_id_media_file_id")
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_media_file_id"), TABLE, ["media_file_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
