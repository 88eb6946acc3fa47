"""Results of methods that are set aside; sex by several methods together

Revision: 0049, after 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

TABLE = "estimate_set_aside"
PROFILE = "biological_profile"
METHODS = ("pelvis", "skull", "metric", "soft_tissue", "dna", "other")
WITH_COMBINED = (*METHODS[:3], "combined", *METHODS[3:])


def upgrade() -> None:
    _change(METHODS, WITH_COMBINED)
    op.create_table(
        TABLE,
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("estimate_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f(f"ck_{TABLE}_reason")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}_{other}")
            )
            for column, other in (
                ("remains_id", "remains"),
                ("estimate_id", "method_estimate"),
                ("set_by_id", "user_account"),
                ("lifted_by_id", "user_account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_remains_id"), TABLE, ["remains_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
    profiles = sa.table(PROFILE, sa.column("sex_method"))
    combined = sa.update(profiles).where(profiles.c.sex_method == "combined")
    op.execute(combined.values(sex_method="other"))
    _change(WITH_COMBINED, METHODS)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table(PROFILE) as table:
        table.alter_column(
            "sex_method",
            existing_type=_codes(before),
            existing_nullable=True,
            type_=_codes(after),
        )


def _codes(values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name="sexmethod", native_enum=False, create_constraint=True, length=40)
