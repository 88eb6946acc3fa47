"""Units held to be of one person, signed by two people

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

STATES = ("proposed", "signed", "undone")
STANDING = sa.text("undone_at IS NULL")
REFERRED = {
    "remains_id": "remains",
    "other_id": "remains",
    "proposed_by_id": "user_account",
    "signed_by_id": "user_account",
    "undone_by_id": "user_account",
}


def upgrade() -> None:
    op.create_table(
        "reassociation",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES,
                name="reassociationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tests", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("remains_id < other_id", name=op.f("ck_reassociation_order")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reassociation_with_reason")),
        sa.CheckConstraint(
            "signed_by_id <> proposed_by_id", name=op.f("ck_reassociation_by_two")
        ),
        sa.CheckConstraint(
            "undone_at IS NULL OR undone_reason <> ''",
            name=op.f("ck_reassociation_undone_with_reason"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_reassociation_{column}_{table}")
            )
            for column, table in REFERRED.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reassociation")),
    )
    op.create_index(op.f("ix_reassociation_other_id"), "reassociation", ["other_id"])
    op.create_index(
        "uq_reassociation_standing",
        "reassociation",
        ["remains_id", "other_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade() -> None:
    op.drop_table("reassociation")
