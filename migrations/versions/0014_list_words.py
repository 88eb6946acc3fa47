"""Words of sites and effects, what remains are listed by and how hand-overs stand, for the lists

Revision: 0014, after 0013
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from caseman.searching import words_of

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
SEX = ("M", "PM", "I", "PF", "F")
COMPLETENESS = (
    "complete", "nearly_complete", "partial", "upper", "lower", "trunk", "head", "limb",
    "fragmentary",
)
SAID = {
    "site": ("folded",),
    "personal_effect": ("kind", "brand", "inscription", "descriptor", "description"),
}
WORDS = {"site": "site_word", "personal_effect": "effect_word"}
UNUSED = {
    "biological_profile": ("ix_biological_profile_sex", ["sex", "remains_id"]),
    "recovery_event": ("ix_recovery_event_completeness", ["completeness", "remains_id"]),
}
NUMBERS = {"site": "code VARCHAR(8)", "personal_effect": "number VARCHAR(48)"}
ORDERS = ("due_on", "opened_at")
FLAGS = ("is_photographed", "is_examined", "has_candidates")
SUMMARISE = """
INSERT INTO remains_summary
    (remains_id, sex, completeness, is_photographed, is_examined, has_candidates)
SELECT r.id, p.sex, e.completeness,
    EXISTS (SELECT 1 FROM remains_photograph f WHERE f.remains_id = r.id),
    COALESCE(
        p.examined_on IS NOT NULL OR p.sex IS NOT NULL
        OR p.age_min IS NOT NULL OR p.stature_cm IS NOT NULL,
        FALSE
    ),
    EXISTS (SELECT 1 FROM candidate c WHERE c.remains_id = r.id)
FROM remains r
LEFT JOIN biological_profile p ON p.remains_id = r.id
LEFT JOIN recovery_event e ON e.remains_id = r.id
"""


COUNT_UP = """
INSERT INTO transfer_summary (transfer_id, is_received, disagrees)
SELECT t.id,
    EXISTS (SELECT 1 FROM custody_receipt r WHERE r.transfer_id = t.id),
    CASE
        WHEN EXISTS (SELECT 1 FROM custody_receipt r WHERE r.transfer_id = t.id)
        THEN NOT COALESCE(
            (SELECT r.agrees FROM custody_receipt r
             WHERE r.transfer_id = t.id ORDER BY r.id DESC LIMIT 1),
            FALSE
        )
        ELSE t.declared_count <>
            (SELECT COUNT(*) FROM transfer_item i WHERE i.transfer_id = t.id)
    END
FROM custody_transfer t
"""


def upgrade() -> None:
    _order_numbers_by("C")
    for table, words in WORDS.items():
        _make_words(table, words)
    op.create_table(
        "remains_summary",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "remains_id", sa.Integer, sa.ForeignKey("remains.id"), nullable=False, unique=True
        ),
        sa.Column("sex", _codes("sexestimate", SEX)),
        sa.Column("completeness", _codes("completeness", COMPLETENESS)),
        *(sa.Column(flag, sa.Boolean, nullable=False) for flag in FLAGS),
    )
    for column in ("sex", "completeness", *FLAGS):
        op.create_index(
            f"ix_remains_summary_{column}", "remains_summary", [column, "remains_id"]
        )
    op.execute(SUMMARISE)
    flags = ("is_received", "disagrees")
    op.create_table(
        "transfer_summary",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "transfer_id",
            sa.Integer,
            sa.ForeignKey("custody_transfer.id"),
            nullable=False,
            unique=True,
        ),
        *(sa.Column(flag, sa.Boolean, nullable=False) for flag in flags),
    )
    for flag in flags:
        op.create_index(f"ix_transfer_summary_{flag}", "transfer_summary", [flag, "transfer_id"])
    op.execute(COUNT_UP)
    for column in ORDERS:
        op.create_index(f"ix_pairing_{column}", "pairing", [column, "id"])
    for table, (name, _columns) in UNUSED.items():
        op.drop_index(name, table_name=table)


def downgrade() -> None:
    for table, (name, columns) in UNUSED.items():
        op.create_index(name, table, columns)
    for column in ORDERS:
        op.drop_index(f"ix_pairing_{column}", table_name="pairing")
    for table in ("transfer_summary", "remains_summary", *WORDS.values()):
        op.drop_table(table)
    _order_numbers_by("default")


def _order_numbers_by(collation: str) -> None:
    # SQLite compares letter by letter already.
    if op.get_bind().dialect.name == "postgresql":
        for table, column in NUMBERS.items():
            changed = column.replace(" ", " TYPE ")
            op.execute(f'ALTER TABLE {table} ALTER COLUMN {changed} COLLATE "{collation}"')


def _codes(name: str, values: Iterable[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _make_words(table: str, words: str) -> None:
    text = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
    index = op.create_table(
        words,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("row_id", sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=False),
        sa.Column("word", text, nullable=False),
        sa.UniqueConstraint("row_id", "word"),
    )
    op.create_index(f"ix_{words}_word", words, ["word", "row_id"])
    said = sa.table(table, sa.column("id"), *(sa.column(name) for name in SAID[table]))
    last, connection = 0, op.get_bind()
    while rows := connection.execute(
        sa.select(said).where(said.c.id > last).order_by(said.c.id).limit(AT_ONCE)
    ).all():
        found = [
            {"row_id": row[0], "word": word}
            for row in rows
            for word in words_of(" ".join(text or "" for text in row[1:]))
        ]
        if found:
            connection.execute(sa.insert(index), found)
        last = rows[-1][0]
