"""By which rules a family may be called, and the calls

Revision: 0053, after 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

TABLE = "call_record"
KEYS = {"report_id": "ante_mortem_report", "called_by_id": "user_account"}
CODES = {
    "call_reason": ("callreason", ("result", "call_back", "question")),
    "call_outcome": ("calloutcome", ("reached", "later", "nobody", "somebody_else", "wrong_number")),
    "next_step": ("callnext", ("nothing", "again", "never")),
}


def upgrade() -> None:
    op.add_column("informant", sa.Column("reach_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        TABLE,
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=False),
        *(sa.Column(column, _codes(*each), nullable=False) for column, each in CODES.items()),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}")
            )
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{TABLE}_uid")),
    )
    op.create_index(op.f(f"ix_{TABLE}_report_id"), TABLE, ["report_id"])
    for statement in _guard():
        op.execute(statement)


def _codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _guard() -> list[str]:
    """Refuse to change or delete rows; the function is there since 0001."""
    if op.get_bind().dialect.name == "postgresql":
        return [
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION caseman_append_only()",
            f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION caseman_append_only()",
        ]
    return [
        f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, 'table {TABLE} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("informant", "reach_sealed")
