"""Where each exhibit stands, whether a receipt agrees, and the indexes of the list of exhibits

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STANDINGS = ("on_the_way", "kept", "missing", "released")
NEW_INDEXES = {
    "ix_exhibit_site_number": ["site_id", "number"],
    "ix_exhibit_kind_number": ["kind", "number"],
    "ix_exhibit_standing_number": ["standing", "number"],
    "ix_exhibit_place_standing": ["place_id", "standing", "number"],
}
OLD_INDEXES = {"ix_exhibit_place_id": ["place_id"], "ix_exhibit_site_id": ["site_id"]}


def upgrade() -> None:
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("standing", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("last_transfer_id", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_exhibit_standing"), sa.column("standing").in_(STANDINGS))
        batch_op.create_foreign_key(
            op.f("fk_exhibit_last_transfer_id_custody_transfer"),
            "custody_transfer",
            ["last_transfer_id"],
            ["id"],
        )
        for name in OLD_INDEXES:
            batch_op.drop_index(name)
        for name, columns in NEW_INDEXES.items():
            batch_op.create_index(name, columns, unique=False)
    # Not in a batch: rebuilding the table would lose the triggers that make it append-only.
    op.add_column("custody_receipt", sa.Column("agrees", sa.Boolean(), nullable=True))
    _order_numbers_by("C")


def downgrade() -> None:
    _order_numbers_by("default")
    op.drop_column("custody_receipt", "agrees")
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        for name in NEW_INDEXES:
            batch_op.drop_index(name)
        for name, columns in OLD_INDEXES.items():
            batch_op.create_index(name, columns, unique=False)
        batch_op.drop_constraint(
            op.f("fk_exhibit_last_transfer_id_custody_transfer"), type_="foreignkey"
        )
        batch_op.drop_constraint(op.f("ck_exhibit_standing"), type_="check")
        batch_op.drop_column("last_transfer_id")
        batch_op.drop_column("standing")


def _order_numbers_by(collation: str) -> None:
    """Let PostgreSQL compare numbers letter by letter, as SQLite does, or as before."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE exhibit ALTER COLUMN number TYPE VARCHAR(40) COLLATE "{collation}"')
