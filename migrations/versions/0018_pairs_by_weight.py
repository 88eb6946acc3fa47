"""An index of the pairs that DNA speaks for, the strongest first

Revision: 0018, after 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_dna_result_lr", "dna_result", ["log10_lr", "id"])


def downgrade() -> None:
    op.drop_index("ix_dna_result_lr", table_name="dna_result")
