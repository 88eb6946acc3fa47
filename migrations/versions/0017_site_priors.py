"""How likely it is, site by site, that a person found there is reported; kept in each run

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_prior",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("overlap", sa.Double(), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("overlap > 0 AND overlap < 1", name=op.f("ck_site_prior_share")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_prior_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["user_account.id"], name=op.f("fk_site_prior_set_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_prior")),
    )
    op.create_index(op.f("ix_site_prior_site_id"), "site_prior", ["site_id"])
    _protect("site_prior")
    op.add_column("ranking_run", sa.Column("priors", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("pairing", sa.Column("prior_overlap", sa.Double(), nullable=True))
    op.add_column("pairing", sa.Column("prior_persons", sa.Integer(), nullable=True))


def _protect(table: str) -> None:
    """Let the database itself refuse to change or delete rows of ``table``."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION caseman_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION caseman_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        )


def downgrade() -> None:
    with op.batch_alter_table("pairing") as batch_op:
        batch_op.drop_column("prior_persons")
        batch_op.drop_column("prior_overlap")
    with op.batch_alter_table("ranking_run") as batch_op:
        batch_op.drop_column("priors")
    op.drop_table("site_prior")
