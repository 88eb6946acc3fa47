"""Tables of allele frequencies, and how DNA is weighed

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "frequency_table",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("chromosomes", sa.Integer(), nullable=True),
        sa.Column("minimum_rule", _code("minimumrule", "five_seen", "fixed"), nullable=False),
        sa.Column("minimum", sa.Double(), nullable=False),
        sa.Column("frequencies", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minimum > 0 AND minimum < 0.5", name=op.f("ck_frequency_table_minimum")
        ),
        sa.CheckConstraint("chromosomes > 0", name=op.f("ck_frequency_table_chromosomes")),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["user_account.id"],
            name=op.f("fk_frequency_table_added_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_frequency_table_operation_id_operation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frequency_table")),
    )
    op.create_index(
        op.f("ix_frequency_table_operation_id"), "frequency_table", ["operation_id"], unique=False
    )
    for statement in _guard("frequency_table"):
        op.execute(statement)
    op.create_table(
        "laboratory_settings",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("threshold", _code("threshold", "99.90", "99.95", "99.99"), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("theta", sa.Double(), nullable=False),
        sa.Column(
            "mutation",
            _code("mutationkind", "none", "proportional", "equal", "stepwise"),
            nullable=False,
        ),
        sa.Column("female_rate", sa.Double(), nullable=False),
        sa.Column("male_rate", sa.Double(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "candidates >= 2", name=op.f("ck_laboratory_settings_candidates")
        ),
        sa.CheckConstraint(
            "theta >= 0 AND theta <= 0.2", name=op.f("ck_laboratory_settings_theta")
        ),
        sa.CheckConstraint(
            "female_rate >= 0 AND female_rate <= 0.1 AND male_rate >= 0 AND male_rate <= 0.1",
            name=op.f("ck_laboratory_settings_rates"),
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_laboratory_settings_operation_id_operation"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"],
            ["user_account.id"],
            name=op.f("fk_laboratory_settings_set_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["frequency_table.id"],
            name=op.f("fk_laboratory_settings_table_id_frequency_table"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory_settings")),
        sa.UniqueConstraint("operation_id", name=op.f("uq_laboratory_settings_operation_id")),
    )
    op.create_index(
        op.f("ix_laboratory_settings_table_id"), "laboratory_settings", ["table_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("laboratory_settings")
    op.drop_table("frequency_table")


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
