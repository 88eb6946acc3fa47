"""Two missing persons held to be one or two, and reports about somebody reported before

Revision: 0048, after 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLE = "same_person_finding"
REPORT = "ante_mortem_report"
CHECK = f"ck_{REPORT}_triagestate"
STATES = ("new", "accepted", "call_back", "duplicate", "out_of_scope", "abusive")
STATES_BEFORE = ("new", "accepted", "call_back", "out_of_scope", "abusive")
STATUSES = (
    "reported",
    "incomplete",
    "complete",
    "references_insufficient",
    "references_sufficient",
    "sought",
    "located_alive",
    "located_dead",
    "closed_duplicate",
    "closed_withdrawn",
    "closed_out_of_scope",
)
KEYS = {
    "one_id": "missing_person",
    "another_id": "missing_person",
    "decided_by_id": "user_account",
    "kept_id": "missing_person",
    "undone_by_id": "user_account",
}
RULES = {
    "once": "one_id < another_id",
    "with_reason": "reason <> ''",
    "undone_with_reason": "undone_at IS NULL OR undone_reason <> ''",
    "kept": "(finding = 'same') = (kept_id IS NOT NULL)",
}


def upgrade() -> None:
    _let_stand(STATES)
    op.create_table(
        TABLE,
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("another_id", sa.Integer(), nullable=False),
        sa.Column("finding", _codes(("same", "two"), "samefinding"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_id", sa.Integer(), nullable=True),
        sa.Column("status_before", _codes(STATUSES, "status_before"), nullable=True),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
            for name, rule in RULES.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}")
            )
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("one_id", "another_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    in_force = sa.text("undone_at IS NULL")
    op.create_index(
        f"uq_{TABLE}_pair",
        TABLE,
        ["one_id", "another_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _codes(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _let_stand(states: tuple[str, ...]) -> None:
    with op.batch_alter_table(REPORT) as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), sa.column("triage").in_(states))


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute(f"UPDATE {REPORT} SET triage = 'accepted' WHERE triage = 'duplicate'")
    _let_stand(STATES_BEFORE)
