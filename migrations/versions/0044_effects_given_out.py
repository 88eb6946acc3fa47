"""Effects given out on their own, which may come back

Revision: 0044, after 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

RELEASE = "effect_release"
ITEM = "effect_given_out"
STATES = ("prepared", "approved", "released", "halted", "returned")
GROUNDS = ("recognised", "identified", "authority", "other")
PEOPLE = ("prepared_by_id", "approved_by_id", "released_by_id", "ended_by_id")


def upgrade() -> None:
    op.create_table(
        RELEASE,
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("state", _codes(STATES, "effectreleasestate"), nullable=False),
        sa.Column("basis", _codes(GROUNDS, "effectreleasebasis"), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=_named(RELEASE, "why")),
        sa.CheckConstraint(
            "state <> 'released' OR (approved_at IS NOT NULL AND released_on IS NOT NULL)",
            name=_named(RELEASE, "released"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('halted', 'returned') OR ended_because <> ''",
            name=_named(RELEASE, "ended"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_effect_release_site_id_site")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["user_account.id"], name=op.f(f"fk_{RELEASE}_{column}_user_account")
            )
            for column in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_release")),
        sa.UniqueConstraint("number", name=op.f("uq_effect_release_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_effect_release_uid")),
    )
    op.create_index(
        "ix_effect_release_site_prepared", RELEASE, ["site_id", "prepared_at", "id"]
    )
    op.create_table(
        ITEM,
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("effect_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["effect_release.id"],
            name=op.f("fk_effect_given_out_release_id_effect_release"),
        ),
        sa.ForeignKeyConstraint(
            ["effect_id"],
            ["personal_effect.id"],
            name=op.f("fk_effect_given_out_effect_id_personal_effect"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_given_out")),
        sa.UniqueConstraint(
            "release_id", "effect_id", name=op.f("uq_effect_given_out_release_id_effect_id")
        ),
    )
    op.create_index(op.f("ix_effect_given_out_effect_id"), ITEM, ["effect_id"])


def downgrade() -> None:
    op.drop_table(ITEM)
    op.drop_table(RELEASE)


def _codes(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _named(table: str, check: str) -> str:
    return op.f(f"ck_{table}_{check}")
