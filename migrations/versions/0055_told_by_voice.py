"""What families tell in their own voice

Revision: 0055, after 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

TABLE = "voice_note"
KINDS = (
    *("audio/webm", "audio/ogg", "audio/mp4", "audio/3gpp", "audio/amr", "audio/mpeg"),
    "audio/wav",
)
KEYS = {
    "report_id": "ante_mortem_report",
    "received_from_id": "user_account",
    "heard_by_id": "user_account",
}
KIND = sa.Enum(*KINDS, name="soundtype", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sound_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from_id", sa.Integer(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
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
    op.create_index(f"ix_{TABLE}_unheard", TABLE, ["heard_at", "id"])


def downgrade() -> None:
    op.drop_table(TABLE)
