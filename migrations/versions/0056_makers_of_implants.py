"""Who made an implant

Revision: 0056, after 0055
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mark", sa.Column("maker", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("mark", "maker")
