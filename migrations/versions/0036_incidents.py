"""Incidents, and what is tied to them

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KINDS = (
    "air_strike",
    "shelling",
    "explosion",
    "fighting",
    "settlement_attack",
    "execution",
    "detention",
    "abduction",
    "flight",
    "collapse",
    "chemical",
    "other",
    "unknown",
)
TIED = {
    "incident_site": ("site_id", "site"),
    "incident_person": ("missing_person_id", "missing_person"),
    "incident_exhibit": ("exhibit_id", "exhibit"),
}
INDEXES = {"day": "first_day", "kind": "kind", "name": "name"}


def upgrade() -> None:
    _incidents()
    _words()
    for table, (column, other) in TIED.items():
        _ties(table, column, other)


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("began", sa.String(length=20), nullable=False),
        sa.Column("ended", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("munitions", sa.Text(), nullable=False),
        sa.Column("informed_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_incident_days")),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_incident_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("number", name=op.f("uq_incident_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_incident_uid")),
    )
    for name, column in INDEXES.items():
        op.create_index(f"ix_incident_operation_{name}", "incident", ["operation_id", column, "id"])


def _kind() -> sa.Enum:
    return sa.Enum(
        *KINDS, name="incidentkind", native_enum=False, create_constraint=True, length=40
    )


def _words() -> None:
    op.create_table(
        "incident_word",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("word", _letters(40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["incident.id"], name=op.f("fk_incident_word_row_id_incident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_word")),
        sa.UniqueConstraint("row_id", "word", name=op.f("uq_incident_word_row_id_word")),
    )
    op.create_index("ix_incident_word_word", "incident_word", ["word", "row_id"])


def _letters(length: int) -> sa.String:
    text = sa.String(length=length)
    return text.with_variant(sa.String(length=length, collation="C"), "postgresql")


def _ties(table: str, column: str, other: str) -> None:
    op.create_table(
        table,
        sa.Column(column, sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("tied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tied_by_id", sa.Integer(), nullable=True),
        sa.Column("loosened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f(f"fk_{table}_incident_id_incident")
        ),
        sa.ForeignKeyConstraint(
            ["tied_by_id"], ["user_account.id"], name=op.f(f"fk_{table}_tied_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "incident_id", column, name=op.f(f"uq_{table}_incident_id_{column}")
        ),
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in TIED:
        op.drop_table(table)
    op.drop_table("incident_word")
    op.drop_table("incident")
