"""The inventory of bones

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bone_finding",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=6), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "L",
                "R",
                "M",
                "U",
                name="boneside",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "whole",
                "part",
                "fragment",
                "absent",
                name="bonestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "age_class",
            sa.Enum(
                "fetal",
                "child",
                "adolescent",
                "adult",
                name="ageclass",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "pieces >= 1 and pieces <= 10000", name=op.f("ck_bone_finding_pieces")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_bone_finding_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bone_finding")),
        sa.UniqueConstraint(
            "remains_id",
            "element",
            "side",
            "state",
            "age_class",
            name=op.f("uq_bone_finding_remains_id_element_side_state_age_class"),
        ),
    )


def downgrade() -> None:
    op.drop_table("bone_finding")
