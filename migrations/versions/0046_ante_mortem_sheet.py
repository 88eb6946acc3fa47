"""The ante-mortem sheet as a paper

Revision: 0046, after 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLE = "printed_file"
SHEET = "ante_mortem"
PAPERS = (
    "decision",
    "remains",
    "recovery_log",
    "dossier",
    "post_mortem",
    "inventory",
    "hand_over",
    "custody_path",
    "burials",
)


def upgrade() -> None:
    _change(PAPERS, (*PAPERS, SHEET))


def downgrade() -> None:
    # A paper is kept a day, and can be asked for again.
    papers = sa.table(TABLE, sa.column("kind"))
    op.execute(sa.delete(papers).where(papers.c.kind == SHEET))
    _change((*PAPERS, SHEET), PAPERS)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table(TABLE) as table:
        table.alter_column(
            "kind",
            existing_type=_codes(before),
            existing_nullable=False,
            type_=_codes(after),
        )


def _codes(values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name="paperkind", native_enum=False, create_constraint=True, length=40)
