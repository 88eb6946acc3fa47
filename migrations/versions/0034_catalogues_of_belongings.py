"""Catalogues of belongings, and what families recognise in them

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

PHOTOGRAPH = "effect_photograph"
FIT_BY = "fk_effect_photograph_fit_by_id_user_account"
TABLES = (
    "decoy",
    "belongings_catalogue",
    "catalogue_site",
    "catalogue_item",
    "belongings_viewing",
    "recognition",
)
CATEGORIES = (
    *("clothing", "footwear", "jewellery", "document", "medical", "personal", "restraint"),
    *("ballistic", "other"),
)
COLOURS = (
    *("black", "white", "grey", "brown", "beige", "red", "orange", "yellow", "green", "khaki"),
    *("blue", "light_blue", "navy", "purple", "pink", "gold", "silver", "multicolour"),
)
RELATIONS = (
    *("father", "mother", "spouse", "son", "daughter", "brother", "sister", "grandparent"),
    *("grandchild", "uncle_aunt", "cousin", "other_relative", "neighbour", "friend"),
    *("colleague", "other"),
)
CHECKS = {
    "belongings_catalogue": {
        "fixed": "state = 'choosing' OR fixed_at IS NOT NULL",
        "withdrawn": "state <> 'withdrawn' OR withdrawn_reason <> ''",
    },
    "catalogue_item": {"one_picture": "(photograph_id IS NULL) <> (decoy_id IS NULL)"},
    "belongings_viewing": {
        "viewer": "report_id IS NOT NULL OR viewer_sealed IS NOT NULL",
        "struck": "struck_at IS NULL OR struck_reason <> ''",
    },
}
UNIQUE = {
    "decoy": ("number", "operation_id media_file_id"),
    "belongings_catalogue": ("number",),
    "catalogue_site": ("catalogue_id site_id",),
    "catalogue_item": (
        "catalogue_id place",
        "catalogue_id photograph_id",
        "catalogue_id decoy_id",
    ),
    "belongings_viewing": ("number", "uid"),
}
FOREIGN = {
    "decoy": {
        "operation_id": "operation",
        "media_file_id": "media_file",
        "added_by_id": "user_account",
    },
    "belongings_catalogue": {
        "operation_id": "operation",
        "made_by_id": "user_account",
        "fixed_by_id": "user_account",
    },
    "catalogue_site": {"catalogue_id": "belongings_catalogue", "site_id": "site"},
    "catalogue_item": {
        "catalogue_id": "belongings_catalogue",
        "photograph_id": "effect_photograph",
        "decoy_id": "decoy",
    },
    "belongings_viewing": {
        "catalogue_id": "belongings_catalogue",
        "missing_person_id": "missing_person",
        "report_id": "ante_mortem_report",
        "recorded_by_id": "user_account",
        "struck_by_id": "user_account",
    },
    "recognition": {
        "viewing_id": "belongings_viewing",
        "item_id": "catalogue_item",
        "recorded_by_id": "user_account",
    },
}
INDEXED = {
    "decoy": ("media_file_id",),
    "catalogue_site": ("site_id",),
    "catalogue_item": ("photograph_id", "decoy_id"),
    "belongings_viewing": ("catalogue_id", "missing_person_id", "report_id"),
    "recognition": ("viewing_id", "item_id"),
}


def upgrade() -> None:
    with op.batch_alter_table(PHOTOGRAPH) as table:
        table.add_column(sa.Column("fit_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("fit_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(FIT_BY, "user_account", ["fit_by_id"], ["id"])
    _create(
        "decoy",
        _text("number", 20),
        _number("operation_id"),
        *_thing(),
        _number("media_file_id"),
        _text("origin", 300),
        _number("added_by_id"),
        _moment("added_at"),
        _moment("retired_at", nullable=True),
        _number("version"),
    )
    _create(
        "belongings_catalogue",
        _text("number", 20),
        _number("operation_id"),
        _text("title", 120),
        _code("state", "cataloguestate", ("choosing", "fixed", "withdrawn")),
        _number("made_by_id"),
        _moment("made_at"),
        _number("fixed_by_id", nullable=True),
        _moment("fixed_at", nullable=True),
        _long("withdrawn_reason"),
        _number("version"),
    )
    op.create_index(
        "ix_belongings_catalogue_operation_made",
        "belongings_catalogue",
        ["operation_id", "made_at", "id"],
    )
    _create("catalogue_site", _number("catalogue_id"), _number("site_id"))
    _create(
        "catalogue_item",
        _number("catalogue_id"),
        _number("place", nullable=True),
        _number("photograph_id", nullable=True),
        _number("decoy_id", nullable=True),
        *_thing(),
    )
    _create(
        "belongings_viewing",
        _text("number", 20),
        _number("catalogue_id"),
        _number("missing_person_id"),
        _number("report_id", nullable=True),
        sa.Column("viewer_sealed", sa.LargeBinary(), nullable=True),
        _code("relation", "relation", RELATIONS, nullable=True),
        _moment("looked_at"),
        _text("place", 200),
        sa.Column("present_sealed", sa.LargeBinary(), nullable=True),
        _long("said_first"),
        _number("recorded_by_id"),
        _moment("recorded_at"),
        _moment("struck_at", nullable=True),
        _number("struck_by_id", nullable=True),
        _long("struck_reason"),
        _text("uid", 32),
        _number("version"),
    )
    _create(
        "recognition",
        _number("viewing_id"),
        _number("item_id"),
        _code("answer", "recognitionanswer", ("recognised", "similar", "not_recognised")),
        _long("said"),
        _long("reason"),
        _number("recorded_by_id"),
        _moment("recorded_at"),
    )
    for statement in _guard("recognition"):
        op.execute(statement)


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
    with op.batch_alter_table(PHOTOGRAPH) as table:
        table.drop_constraint(FIT_BY, type_="foreignkey")
        table.drop_column("fit_by_id")
        table.drop_column("fit_at")


def _create(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(text, name=op.f(f"ck_{name}_{check}"))
            for check, text in CHECKS.get(name, {}).items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}_{other}")
            )
            for column, other in FOREIGN[name].items()
        ),
        *(
            sa.UniqueConstraint(
                *together.split(), name=op.f(f"uq_{name}_{together.replace(' ', '_')}")
            )
            for together in UNIQUE.get(name, ())
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in INDEXED.get(name, ()):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _thing() -> tuple[sa.Column, ...]:
    return (
        _code("category", "effectcategory", CATEGORIES),
        _text("kind", 60),
        _code("colour", "colour", COLOURS, nullable=True),
    )


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _long(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _code(name: str, kind: str, values: tuple[str, ...], *, nullable: bool = False) -> sa.Column:
    codes = sa.Enum(*values, name=kind, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, codes, nullable=nullable)


def _guard(table: str) -> list[str]:
    """Refuse to change or delete rows of ``table``; the function is there since 0001."""
    if op.get_bind().dialect.name == "postgresql":
        return [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION caseman_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION caseman_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
