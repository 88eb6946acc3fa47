"""How high a camera stood when it took a photograph of remains

Revision: 0043, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("remains_photograph", sa.Column("depth_m", sa.Double(), nullable=True))


def downgrade() -> None:
    op.drop_column("remains_photograph", "depth_m")
