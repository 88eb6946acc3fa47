"""Papers of the field and the mortuary that the worker makes

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLE = "printed_file"
BEFORE = ("decision", "remains")
SINCE = ("recovery_log", "dossier", "post_mortem", "inventory", "hand_over", "custody_path")


def upgrade() -> None:
    _change(BEFORE, (*BEFORE, *SINCE))


def downgrade() -> None:
    # A paper is kept a day, and can be asked for again.
    kind = sa.column("kind")
    op.execute(sa.delete(sa.table(TABLE, kind)).where(kind.in_(SINCE)))
    _change((*BEFORE, *SINCE), BEFORE)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table(TABLE) as table:
        table.alter_column(
            "kind", existing_type=_kinds(before), existing_nullable=False, type_=_kinds(after)
        )


def _kinds(codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name="paperkind", native_enum=False, create_constraint=True, length=40)
