"""Tips about places, told without a name

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

STATES = ("new", "followed_up", "linked", "closed")
LANGUAGES = ("ar", "kmr", "ckb", "en")


def _code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "site_tip",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", _code("language", *LANGUAGES), nullable=True),
        sa.Column("state", _code("tipstate", *STATES), nullable=False),
        sa.Column("state_note", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("position_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_site_tip_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_tip_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_tip")),
        sa.UniqueConstraint("uid", name=op.f("uq_site_tip_uid")),
    )
    op.create_index("ix_site_tip_told", "site_tip", ["operation_id", "told_at", "id"])
    op.create_index("ix_site_tip_state", "site_tip", ["operation_id", "state", "id"])
    op.create_index(op.f("ix_site_tip_site_id"), "site_tip", ["site_id"])


def downgrade() -> None:
    op.drop_table("site_tip")
