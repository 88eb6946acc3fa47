"""What families change themselves: answers, consent to each purpose, no DNA

Revision: 0040, after 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

ADDITION = "report_addition"
CONSENT = "report_consent"
KINDS = ("corrected", "withdrew", "changed_consent")
PURPOSES = ("partner", "commission", "icrc", "icmp", "court", "appeal", "dna")
LANGUAGES = ("ar", "kmr", "ckb", "en")
KEYS = {
    "report_id": "ante_mortem_report",
    "team_id": "team",
    "recorded_by_id": "user_account",
}


def upgrade() -> None:
    op.add_column("missing_person", sa.Column("dna_refused", sa.Boolean(), nullable=True))
    with op.batch_alter_table(ADDITION) as table:
        table.add_column(sa.Column("kind", sa.String(length=40), nullable=True))
        table.create_check_constraint(
            op.f("ck_report_addition_additionkind"), sa.column("kind").in_(KINDS)
        )
    op.create_table(
        CONSENT,
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("purpose", _codes(PURPOSES, "consentpurpose"), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("language", _codes(LANGUAGES, "language"), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(purpose = 'partner') = (team_id IS NOT NULL)",
            name=op.f("ck_report_consent_partner_named"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_{CONSENT}_{column}_{table}")
            )
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_consent")),
    )
    op.create_index("ix_report_consent_report_ended", CONSENT, ["report_id", "ended_at"])
    op.create_index(op.f("ix_report_consent_team_id"), CONSENT, ["team_id"])


def _codes(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table(CONSENT)
    with op.batch_alter_table(ADDITION) as table:
        table.drop_constraint(op.f("ck_report_addition_additionkind"), type_="check")
        table.drop_column("kind")
    op.drop_column("missing_person", "dna_refused")
