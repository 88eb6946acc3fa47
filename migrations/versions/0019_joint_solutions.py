"""The bodies of a site weighed all at once

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "joint_solution",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bodies", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_joint_solution_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_solution")),
        sa.UniqueConstraint("site_id", name=op.f("uq_joint_solution_site_id")),
    )
    op.create_table(
        "joint_remains",
        sa.Column("solution_id", sa.Integer(), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("nobody_alone", sa.Double(), nullable=False),
        sa.Column("nobody", sa.Double(), nullable=False),
        sa.Column("change", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["joint_solution.id"],
            name=op.f("fk_joint_remains_solution_id_joint_solution"),
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_joint_remains_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_remains")),
        sa.UniqueConstraint("remains_id", name=op.f("uq_joint_remains_remains_id")),
    )
    op.create_index("ix_joint_remains_change", "joint_remains", ["solution_id", "change", "id"])
    op.create_table(
        "joint_pair",
        sa.Column("joint_remains_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column("alone", sa.Double(), nullable=False),
        sa.Column("together", sa.Double(), nullable=False),
        sa.Column("least", sa.Double(), nullable=False),
        sa.Column("most", sa.Double(), nullable=False),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["joint_remains_id"],
            ["joint_remains.id"],
            name=op.f("fk_joint_pair_joint_remains_id_joint_remains"),
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_joint_pair_missing_person_id_missing_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_pair")),
        sa.UniqueConstraint(
            "joint_remains_id",
            "missing_person_id",
            name=op.f("uq_joint_pair_joint_remains_id_missing_person_id"),
        ),
    )
    op.create_index(op.f("ix_joint_pair_missing_person_id"), "joint_pair", ["missing_person_id"])


def downgrade() -> None:
    op.drop_table("joint_pair")
    op.drop_table("joint_remains")
    op.drop_table("joint_solution")
