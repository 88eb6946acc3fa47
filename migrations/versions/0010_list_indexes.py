"""Indexes of the lists, so that no order and no filter reads a whole table

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEW = {
    "ante_mortem_report": {"ix_ante_mortem_report_told": ["told_at", "id"]},
    "audit_entry": {
        "ix_audit_entry_actor_name": ["actor_name", "seq"],
        "ix_audit_entry_table": ["table_name", "seq"],
    },
    "biological_profile": {"ix_biological_profile_sex": ["sex", "remains_id"]},
    "exhibit": {"ix_exhibit_unmoved": ["number"]},
    "missing_person": {
        "ix_missing_person_operation_last_seen": ["operation_id", "last_seen_to", "id"],
        "ix_missing_person_operation_entered": ["operation_id", "registered_at", "id"],
        "ix_missing_person_operation_sex": ["operation_id", "sex", "id"],
    },
    "personal_effect": {
        "ix_personal_effect_category_number": ["category", "number"],
        "ix_personal_effect_colour_number": ["colour", "number"],
        "ix_personal_effect_kind_number": ["kind", "number"],
        "ix_personal_effect_registered": ["registered_at", "id"],
    },
    "recovery_event": {"ix_recovery_event_completeness": ["completeness", "remains_id"]},
    "remains": {
        "ix_remains_kind_number": ["kind", "number"],
        "ix_remains_status_number": ["status", "number"],
    },
    "report_addition": {"ix_report_addition_unseen": ["seen_at", "id"]},
    "site": {
        "ix_site_operation_code": ["operation_id", "code"],
        "ix_site_operation_kind": ["operation_id", "kind", "code"],
        "ix_site_operation_name": ["operation_id", "name", "id"],
        "ix_site_operation_region": ["operation_id", "region", "id"],
        "ix_site_operation_status": ["operation_id", "status", "code"],
    },
}
ONLY = {
    "ix_exhibit_unmoved": sa.text("standing IS NULL AND voided_at IS NULL"),
}
"""Of these rows alone."""
OLD = {
    "missing_person": {
        "ix_missing_person_operation_registered": ["operation_id", "registered_at", "number"]
    },
    "personal_effect": {"ix_personal_effect_kind": ["site_id", "category", "kind", "number"]},
    "site": {"ix_site_operation_id": ["operation_id"]},
}


def upgrade() -> None:
    _order_numbers_by("C")
    _create(NEW)
    _drop(OLD)


def downgrade() -> None:
    _create(OLD)
    _drop(NEW)
    _order_numbers_by("default")


# Not in batches: rebuilding a table would lose the triggers that make the trail append-only.
def _create(indexes: dict[str, dict[str, list[str]]]) -> None:
    for table, named in indexes.items():
        for name, columns in named.items():
            only = ONLY.get(name)
            op.create_index(
                name, table, columns, sqlite_where=only, postgresql_where=only
            )


def _drop(indexes: dict[str, dict[str, list[str]]]) -> None:
    for table, named in indexes.items():
        for name in named:
            op.drop_index(name, table_name=table)


def _order_numbers_by(collation: str) -> None:
    # SQLite compares letter by letter already.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE remains ALTER COLUMN number TYPE VARCHAR(40) COLLATE "{collation}"')
