"""Burial plots, and the register of a cemetery as a paper

Revision: 0041, after 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PLOT = "burial_plot"
PAPERS = (
    "decision",
    "remains",
    "recovery_log",
    "dossier",
    "post_mortem",
    "inventory",
    "hand_over",
    "custody_path",
)
REGISTER = "burials"
PLACES = ("field", "mortuary", "cold_room", "shelf", "laboratory", "cemetery", "vehicle", "other")
WITH_PLOTS = (*PLACES[:6], "plot", *PLACES[6:])


def upgrade() -> None:
    _change("storage_place", "storagekind", PLACES, WITH_PLOTS)
    _change("printed_file", "paperkind", PAPERS, (*PAPERS, REGISTER))
    op.create_table(
        PLOT,
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", _codes(("temporary", "final"), "burialkind"), nullable=False),
        sa.Column("row", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("head_to_deg", sa.Integer(), nullable=True),
        sa.Column("depth_m", sa.Double(), nullable=True),
        sa.Column("marker", sa.String(length=300), nullable=False),
        sa.Column("position_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("precision_m", sa.Double(), nullable=True),
        sa.Column("way_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_burial_plot_number")),
        sa.CheckConstraint("depth_m >= 0", name=op.f("ck_burial_plot_depth")),
        sa.CheckConstraint("head_to_deg between 0 and 359", name=op.f("ck_burial_plot_head_to")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["storage_place.id"], name=op.f("fk_burial_plot_place_id_storage_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burial_plot")),
        sa.UniqueConstraint("place_id", name=op.f("uq_burial_plot_place_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_burial_plot_uid")),
    )


def downgrade() -> None:
    op.drop_table(PLOT)
    # A paper is kept a day, and can be asked for again; a plot stays as a place of another kind.
    papers = sa.table("printed_file", sa.column("kind"))
    op.execute(sa.delete(papers).where(papers.c.kind == REGISTER))
    _change("printed_file", "paperkind", (*PAPERS, REGISTER), PAPERS)
    places = sa.table("storage_place", sa.column("kind"))
    op.execute(sa.update(places).where(places.c.kind == "plot").values(kind="other"))
    _change("storage_place", "storagekind", WITH_PLOTS, PLACES)


def _change(table_name: str, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table(table_name) as table:
        table.alter_column(
            "kind",
            existing_type=_codes(before, name),
            existing_nullable=False,
            type_=_codes(after, name),
        )


def _codes(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
