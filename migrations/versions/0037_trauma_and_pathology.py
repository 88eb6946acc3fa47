"""Injuries and diseases of bone, as an examiner describes them

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

CODES = {
    "side": ("boneside", ("L", "R", "M", "U")),
    "segment": (
        "segment",
        (
            *("proximal_end", "proximal_third", "middle_third", "distal_third", "distal_end"),
            *("body", "arch", "joint", "inner", "outer", "whole"),
        ),
    ),
    "known": ("known", ("likely", "perhaps", "unlikely")),
    "timing": (
        "timing",
        (
            *("ante_mortem", "possible_ante_mortem", "peri_mortem", "possible_peri_mortem"),
            *("post_mortem", "undetermined"),
        ),
    ),
    "mechanism": (
        "mechanism",
        (
            *("blunt", "sharp", "gunshot", "shotgun", "blast", "thermal", "compression"),
            *("ligature", "amputation", "surgical", "chemical", "animal", "tool"),
            "undetermined",
        ),
    ),
    "wound": ("shotwound", ("entrance", "exit", "keyhole", "tangential", "embedded")),
    "bevel": ("bevel", ("inward", "outward", "both", "none")),
    "tool": (
        "toolclass",
        ("smooth_knife", "serrated_knife", "saw", "heavy_blade", "undetermined"),
    ),
    "pattern": ("pattern", ("ribs", "parry", "hands_feet", "teeth", "ages")),
    "kind": (
        "pathologykind",
        (
            *("cribra_orbitalia", "osteomyelitis", "porotic_hyperostosis", "osteoporosis"),
            *("abscess", "cloaca", "schmorl", "atrophy", "cleft", "eburnation", "kyphosis"),
            *("pseudarthrosis", "scoliosis", "spina_bifida", "spondylolysis", "ankylosis"),
            *("enthesis", "lipping", "osteophyte", "periostitis", "other"),
        ),
    ),
    "lesion": ("lesionkind", ("formation", "loss", "both", "shape")),
    "activity": ("activity", ("active", "healed", "mixed")),
}
STRUCK = "struck_at IS NULL OR struck_reason <> ''"


def upgrade() -> None:
    _create(
        "trauma",
        _code("timing"),
        sa.Column("criteria", sa.JSON(), nullable=False),
        _code("mechanism"),
        *(
            sa.Column(name, sa.Double(), nullable=True)
            for name in ("length_mm", "width_mm", "depth_mm")
        ),
        sa.Column("fractures", sa.JSON(), nullable=False),
        _code("wound", nullable=True),
        _code("bevel", nullable=True),
        _text("path", 300),
        _text("projectile", 120),
        _code("tool", nullable=True),
        sa.Column("least_number", sa.Integer(), nullable=True),
        _code("pattern", nullable=True),
        sa.CheckConstraint("least_number > 0", name=op.f("ck_trauma_least_number")),
    )
    _create(
        "pathology",
        _code("kind"),
        _code("lesion", nullable=True),
        _code("activity", nullable=True),
        _text("size_text", 120),
        _text("differential", 500),
    )


def downgrade() -> None:
    op.drop_table("pathology")
    op.drop_table("trauma")


def _create(name: str, *own: sa.Column | sa.CheckConstraint) -> None:
    op.create_table(
        name,
        *own,
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("mark_id", sa.Integer(), nullable=True),
        _text("element", 12),
        _code("side"),
        _code("segment", nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_x_rayed", sa.Boolean(), nullable=False),
        _code("known", nullable=True),
        _text("described_by", 200),
        sa.Column("described_on", sa.Date(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_by_id", sa.Integer(), nullable=True),
        sa.Column("struck_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(STRUCK, name=op.f(f"ck_{name}_struck")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}_{other}")
            )
            for column, other in (
                ("remains_id", "remains"),
                ("mark_id", "mark"),
                ("struck_by_id", "user_account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("remains_id", "mark_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _code(name: str, *, nullable: bool = False) -> sa.Column:
    kind, values = CODES[name]
    codes = sa.Enum(*values, name=kind, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, codes, nullable=nullable)
