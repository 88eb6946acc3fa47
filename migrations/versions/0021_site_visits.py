"""Visits to sites

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PURPOSES = (
    "assessment",
    "survey",
    "clearance",
    "excavation",
    "monitoring",
    "families",
    "closing",
    "other",
)
HAZARDS = ("not_checked", "suspected", "found", "cleared")


def _code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "site_visit",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("purpose", _code("visitpurpose", *PURPOSES), nullable=False),
        sa.Column("hazard", _code("hazardstate", *HAZARDS), nullable=False),
        sa.Column("hazards", sa.Text(), nullable=False),
        sa.Column("led_by", sa.String(length=200), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_site_visit_days")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_visit_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_site_visit_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_visit")),
    )
    op.create_index("ix_site_visit_day", "site_visit", ["site_id", "first_day", "id"])


def downgrade() -> None:
    op.drop_table("site_visit")
