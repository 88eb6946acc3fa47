"""People who touch samples and let their own DNA be compared

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ACTIVITIES = ("recovery", "examination", "sampling", "laboratory", "visitor")
MANNERS = ("signed", "fingerprint", "spoken")
MATERIALS = (
    "bone",
    "tooth",
    "soft_tissue",
    "nail",
    "hair",
    "swab",
    "blood",
    "saliva",
    "toothbrush",
    "razor",
    "medical",
    "milk_tooth",
    "other",
)


def upgrade() -> None:
    op.create_table(
        "staff_member",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("activity", _codes("activity", ACTIVITIES), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("manner", _codes("consentmanner", MANNERS), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''",
            name=op.f("ck_staff_member_withdrawn_with_reason"),
        ),
        *_foreign_keys(
            "staff_member",
            {
                "operation_id": "operation",
                "registered_by_id": "user_account",
                "source_id": "dna_source",
            },
        ),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_staff_member_{column}"))
            for column in ("number", "source_id", "uid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_index(
        "ix_staff_member_operation_registered",
        "staff_member",
        ["operation_id", "registered_at", "id"],
    )
    op.create_table(
        "staff_sample",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("material", _codes("samplematerial", MATERIALS), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("specimen_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_foreign_keys("staff_sample", {"member_id": "staff_member", "specimen_id": "specimen"}),
        sa.UniqueConstraint("number", name=op.f("uq_staff_sample_number")),
        sa.UniqueConstraint("specimen_id", name=op.f("uq_staff_sample_specimen_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sample")),
    )
    op.create_index(op.f("ix_staff_sample_member_id"), "staff_sample", ["member_id"])


def _codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign_keys(table: str, columns: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
        )
        for column, other in columns.items()
    ]


def downgrade() -> None:
    op.drop_table("staff_sample")
    op.drop_table("staff_member")
