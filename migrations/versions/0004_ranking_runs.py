"""Rankings of everything as runs, what changed since, and places before

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = ("waiting", "running", "done", "cancelled", "failed")
REASONS = ("first", "changes", "engine", "asked")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _create_runs()
    op.create_table(
        "ranking_tables",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("tables_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ranking_run.id"], name=op.f("fk_ranking_tables_run_id_ranking_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_tables")),
        sa.UniqueConstraint("run_id", name=op.f("uq_ranking_tables_run_id")),
    )
    _create_ranked_change()
    _create_candidate_left()
    op.add_column("candidate", sa.Column("rank_before", sa.Integer(), nullable=True))
    op.add_column("pairing", sa.Column("rank", sa.Integer(), nullable=True))


def _create_runs() -> None:
    op.create_table(
        "ranking_run",
        sa.Column("state", _codes("runstate", *STATES), nullable=False),
        sa.Column("reason", _codes("runreason", *REASONS), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("code_version", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("remains", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_ranking_run_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["user_account.id"], name=op.f("fk_ranking_run_cancelled_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_run")),
    )
    op.create_index(op.f("ix_ranking_run_asked_at"), "ranking_run", ["asked_at"])


def _create_ranked_change() -> None:
    op.create_table(
        "ranked_change",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=True),
        sa.Column("missing_person_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ranked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(remains_id IS NULL) <> (missing_person_id IS NULL)",
            name=op.f("ck_ranked_change_one_side_of_a_pair"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ranking_run.id"], name=op.f("fk_ranked_change_run_id_ranking_run")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_ranked_change_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_ranked_change_missing_person_id_missing_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranked_change")),
        sa.UniqueConstraint("remains_id", name=op.f("uq_ranked_change_remains_id")),
        sa.UniqueConstraint("missing_person_id", name=op.f("uq_ranked_change_missing_person_id")),
    )
    op.create_index(op.f("ix_ranked_change_run_id"), "ranked_change", ["run_id"])


def _create_candidate_left() -> None:
    op.create_table(
        "candidate_left",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column("rank_before", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_candidate_left_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_candidate_left_missing_person_id_missing_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_left")),
        sa.UniqueConstraint(
            "remains_id",
            "missing_person_id",
            name=op.f("uq_candidate_left_remains_id_missing_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_candidate_left_missing_person_id"), "candidate_left", ["missing_person_id"]
    )


def downgrade() -> None:
    with op.batch_alter_table("pairing") as batch_op:
        batch_op.drop_column("rank")
    with op.batch_alter_table("candidate") as batch_op:
        batch_op.drop_column("rank_before")
    for table in ("candidate_left", "ranked_change", "ranking_tables", "ranking_run"):
        op.drop_table(table)
