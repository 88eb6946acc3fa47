"""First schema

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "audit_entry",
    "custody_transfer",
    "transfer_item",
    "custody_receipt",
    "receipt_item",
    "number_event",
    "family_notification",
)
"""Tables whose rows are neither changed nor deleted, whoever asks."""

FUNCTION = """
CREATE OR REPLACE FUNCTION caseman_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = 'table ' || TG_TABLE_NAME || ' is append-only'; END $$
"""


def protect(table: str) -> None:
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


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attempt_key_digest_attempt_at"), ["key_digest", "at"], unique=False
        )

    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "create",
                "update",
                "delete",
                "read",
                "list",
                "sign_in",
                "sign_out",
                "refused",
                "export",
                "import",
                "print",
                "operate",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("table_name", sa.String(length=63), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("row_digest", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_entry_seq")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_action", ["action", "seq"], unique=False)
        batch_op.create_index("ix_audit_entry_actor", ["actor_id", "seq"], unique=False)
        batch_op.create_index("ix_audit_entry_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_entry_row", ["table_name", "row_id", "seq"], unique=False)
        batch_op.create_index("ix_audit_entry_subject", ["subject", "seq"], unique=False)

    op.create_table(
        "idempotency_key",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("body_digest", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=500), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("key", name=op.f("uq_idempotency_key_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_key_at"), ["at"], unique=False)

    op.create_table(
        "job",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                "superseded",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_state_not_before", ["state", "not_before"], unique=False)
        batch_op.create_index(
            "uq_job_unique_key_queued",
            ["unique_key"],
            unique=True,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )

    op.create_table(
        "name_token",
        sa.Column(
            "text",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_token")),
        sa.UniqueConstraint("text", name=op.f("uq_name_token_text")),
    )
    op.create_table(
        "operation",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("code", name=op.f("uq_operation_code")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "import_run",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sites",
                "remains",
                "effects",
                "reports",
                name="importkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_import_run_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "missing_person",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "reported",
                "incomplete",
                "complete",
                "references_insufficient",
                "references_sufficient",
                "sought",
                "located_alive",
                "located_dead",
                "closed_duplicate",
                "closed_withdrawn",
                "closed_out_of_scope",
                name="missingpersonstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("name_latin", sa.String(length=400), nullable=False),
        sa.Column(
            "name_sort",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "sex",
            sa.Enum("M", "F", name="sex", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("birth_from", sa.Date(), nullable=True),
        sa.Column("birth_to", sa.Date(), nullable=True),
        sa.Column("last_seen_from", sa.Date(), nullable=True),
        sa.Column("last_seen_to", sa.Date(), nullable=True),
        sa.Column("last_seen_place", sa.String(length=300), nullable=False),
        sa.Column(
            "last_seen_place_sort",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "staff",
                "public_form",
                "import",
                "paper",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("has_photograph", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("birth_from <= birth_to", name=op.f("ck_missing_person_birth_range")),
        sa.CheckConstraint(
            "last_seen_from <= last_seen_to", name=op.f("ck_missing_person_last_seen_range")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"],
            ["missing_person.id"],
            name=op.f("fk_missing_person_duplicate_of_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_missing_person_operation_id_operation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_person")),
        sa.UniqueConstraint("number", name=op.f("uq_missing_person_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_missing_person_uid")),
    )
    with op.batch_alter_table("missing_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_missing_person_duplicate_of_id"), ["duplicate_of_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_missing_person_evidence_changed_at"),
            ["evidence_changed_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_missing_person_operation_birth", ["operation_id", "birth_from", "id"], unique=False
        )
        batch_op.create_index(
            "ix_missing_person_operation_channel", ["operation_id", "channel", "id"], unique=False
        )
        batch_op.create_index(
            "ix_missing_person_operation_name", ["operation_id", "name_sort", "id"], unique=False
        )
        batch_op.create_index(
            "ix_missing_person_operation_number", ["operation_id", "number"], unique=False
        )
        batch_op.create_index(
            "ix_missing_person_operation_photo",
            ["operation_id", "has_photograph", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_missing_person_operation_place",
            ["operation_id", "last_seen_place_sort"],
            unique=False,
        )
        batch_op.create_index(
            "ix_missing_person_operation_registered",
            ["operation_id", "registered_at", "number"],
            unique=False,
        )
        batch_op.create_index(
            "ix_missing_person_operation_seen",
            ["operation_id", "last_seen_from", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_missing_person_operation_status", ["operation_id", "status", "id"], unique=False
        )

    op.create_table(
        "name_token_key",
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["name_token.id"], name=op.f("fk_name_token_key_token_id_name_token")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_token_key")),
        sa.UniqueConstraint("key", "token_id", name=op.f("uq_name_token_key_key_token_id")),
    )
    with op.batch_alter_table("name_token_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_token_key_token_id"), ["token_id"], unique=False)

    op.create_table(
        "site",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=60), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "mass_grave",
                "individual_grave",
                "cemetery",
                "rubble",
                "surface",
                "well",
                "river",
                "detention_site",
                "other",
                name="sitekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "reported",
                "confirmed",
                "protected",
                "under_excavation",
                "exhausted",
                "backfilled",
                "closed",
                "rejected",
                name="sitestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("position_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("precision_m", sa.Double(), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("deposit_from", sa.Date(), nullable=True),
        sa.Column("deposit_to", sa.Date(), nullable=True),
        sa.Column("hazards", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("informed_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_site_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("code", name=op.f("uq_site_code")),
        sa.UniqueConstraint(
            "operation_id", "source_id", name=op.f("uq_site_operation_id_source_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_site_uid")),
    )
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_operation_id"), ["operation_id"], unique=False)

    op.create_table(
        "storage_place",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "field",
                "mortuary",
                "cold_room",
                "shelf",
                "laboratory",
                "cemetery",
                "vehicle",
                "other",
                name="storagekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_storage_place_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["storage_place.id"],
            name=op.f("fk_storage_place_parent_id_storage_place"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storage_place")),
        sa.UniqueConstraint(
            "operation_id", "code", name=op.f("uq_storage_place_operation_id_code")
        ),
    )
    with op.batch_alter_table("storage_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_storage_place_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "team",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("covers_operation", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_team_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("operation_id", "code", name=op.f("uq_team_operation_id_code")),
    )
    op.create_table(
        "user_account",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=20), nullable=True),
        sa.Column("tf_totp_secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_user_account_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_account_fs_uniquifier")),
        sa.UniqueConstraint("uid", name=op.f("uq_user_account_uid")),
        sa.UniqueConstraint("username", name=op.f("uq_user_account_username")),
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_account_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ante_mortem_report",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "staff",
                "public_form",
                "import",
                "paper",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "triage",
            sa.Enum(
                "new",
                "accepted",
                "call_back",
                "out_of_scope",
                "abusive",
                name="triagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.String(length=60), nullable=True),
        sa.Column(
            "language",
            sa.Enum(
                "ar",
                "kmr",
                "ckb",
                "en",
                name="language",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("triage_note", sa.Text(), nullable=False),
        sa.Column("name_full", sa.String(length=400), nullable=False),
        sa.Column("name_given", sa.String(length=120), nullable=False),
        sa.Column("name_father", sa.String(length=120), nullable=False),
        sa.Column("name_grandfather", sa.String(length=120), nullable=False),
        sa.Column("name_family", sa.String(length=120), nullable=False),
        sa.Column("name_mother", sa.String(length=200), nullable=False),
        sa.Column("nickname", sa.String(length=120), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("M", "F", name="sex", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("birth_text", sa.String(length=120), nullable=False),
        sa.Column(
            "birth_calendar",
            sa.Enum(
                "gregorian",
                "hijri",
                name="birth_calendar",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("birth_from", sa.Date(), nullable=True),
        sa.Column("birth_to", sa.Date(), nullable=True),
        sa.Column("age_told_min", sa.Double(), nullable=True),
        sa.Column("age_told_max", sa.Double(), nullable=True),
        sa.Column("birth_place", sa.String(length=200), nullable=False),
        sa.Column("occupation", sa.String(length=200), nullable=False),
        sa.Column("last_seen_text", sa.String(length=200), nullable=False),
        sa.Column(
            "last_seen_calendar",
            sa.Enum(
                "gregorian",
                "hijri",
                name="last_seen_calendar",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "last_seen_precision",
            sa.Enum(
                "day",
                "month",
                "season",
                "year",
                "interval",
                name="dateprecision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("last_seen_from", sa.Date(), nullable=True),
        sa.Column("last_seen_to", sa.Date(), nullable=True),
        sa.Column("last_seen_place", sa.String(length=300), nullable=False),
        sa.Column("last_seen_lat", sa.Double(), nullable=True),
        sa.Column("last_seen_lon", sa.Double(), nullable=True),
        sa.Column(
            "place_precision",
            sa.Enum(
                "exact",
                "town",
                "none",
                name="placeprecision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column(
            "circumstance",
            sa.Enum(
                "attack",
                "arrest",
                "flight",
                "fighting",
                "other",
                name="circumstance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("circumstance_text", sa.Text(), nullable=False),
        sa.Column("carried_id", sa.Boolean(), nullable=True),
        sa.Column("stature_cm", sa.Double(), nullable=True),
        sa.Column(
            "stature_word",
            sa.Enum(
                "short",
                "medium",
                "tall",
                name="statureword",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "handedness",
            sa.Enum(
                "L", "R", name="handedness", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "hair",
            sa.Enum(
                "black",
                "brown",
                "grey",
                "blond_red",
                name="haircolour",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("physical_text", sa.Text(), nullable=False),
        sa.Column("dental_codes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("teeth", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dental_text", sa.Text(), nullable=False),
        sa.Column("medical_text", sa.Text(), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "age_told_min <= age_told_max", name=op.f("ck_ante_mortem_report_age_told")
        ),
        sa.CheckConstraint(
            "birth_from <= birth_to", name=op.f("ck_ante_mortem_report_birth_range")
        ),
        sa.CheckConstraint(
            "last_seen_from <= last_seen_to", name=op.f("ck_ante_mortem_report_last_seen_range")
        ),
        sa.CheckConstraint(
            "stature_cm between 30 and 260", name=op.f("ck_ante_mortem_report_stature")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_ante_mortem_report_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"],
            ["user_account.id"],
            name=op.f("fk_ante_mortem_report_taken_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ante_mortem_report")),
        sa.UniqueConstraint("number", name=op.f("uq_ante_mortem_report_number")),
        sa.UniqueConstraint(
            "source", "source_id", name=op.f("uq_ante_mortem_report_source_source_id")
        ),
    )
    with op.batch_alter_table("ante_mortem_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ante_mortem_report_missing_person_id"),
            ["missing_person_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_ante_mortem_report_triage", ["triage", "told_at", "id"], unique=False
        )

    op.create_table(
        "custody_transfer",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.String(length=200), nullable=False),
        sa.Column("given_by_user_id", sa.Integer(), nullable=True),
        sa.Column("given_to", sa.String(length=200), nullable=False),
        sa.Column("from_place_id", sa.Integer(), nullable=True),
        sa.Column("to_place_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "recovery",
                "transport",
                "storage",
                "examination",
                "sampling",
                "temporary_burial",
                "release",
                "other",
                name="transferpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("declared_count", sa.Integer(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_place_id"],
            ["storage_place.id"],
            name=op.f("fk_custody_transfer_from_place_id_storage_place"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by_user_id"],
            ["user_account.id"],
            name=op.f("fk_custody_transfer_given_by_user_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"],
            ["operation.id"],
            name=op.f("fk_custody_transfer_operation_id_operation"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_custody_transfer_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["to_place_id"],
            ["storage_place.id"],
            name=op.f("fk_custody_transfer_to_place_id_storage_place"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_transfer")),
        sa.UniqueConstraint("number", name=op.f("uq_custody_transfer_number")),
    )
    with op.batch_alter_table("custody_transfer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_custody_transfer_operation_id"), ["operation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_custody_transfer_site_id"), ["site_id"], unique=False)

    op.create_table(
        "exhibit",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "remains",
                "effect",
                "sample",
                "document",
                "other",
                name="exhibitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("seal_number", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["storage_place.id"], name=op.f("fk_exhibit_place_id_storage_place")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_exhibit_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint("number", name=op.f("uq_exhibit_number")),
    )
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exhibit_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exhibit_site_id"), ["site_id"], unique=False)

    op.create_table(
        "feature",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "primary_single",
                "primary_mass",
                "primary_disturbed",
                "secondary",
                "tertiary",
                "surface_scatter",
                "well",
                "burning_pit",
                "cemetery_plot",
                "reburial",
                "rubble",
                "unknown",
                name="featurekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("length_m", sa.Double(), nullable=True),
        sa.Column("width_m", sa.Double(), nullable=True),
        sa.Column("depth_m", sa.Double(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_feature_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feature")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_feature_site_id_number")),
    )
    op.create_table(
        "imported_row",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sites",
                "remains",
                "effects",
                "reports",
                name="importkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_imported_row_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_imported_row_run_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
        sa.UniqueConstraint(
            "operation_id",
            "kind",
            "source_id",
            name=op.f("uq_imported_row_operation_id_kind_source_id"),
        ),
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_row_run_id"), ["run_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_by_id"],
            ["user_account.id"],
            name=op.f("fk_invitation_issued_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_invitation_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_user_id"), ["user_id"], unique=False)

    op.create_table(
        "media_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("original_name", sa.String(length=300), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["received_from_id"],
            ["user_account.id"],
            name=op.f("fk_media_file_received_from_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_media_file_sha256")),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_membership_team_id_team")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("user_id", "team_id", name=op.f("uq_membership_user_id_team_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_team_id"), ["team_id"], unique=False)

    op.create_table(
        "person_name",
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "slot",
            sa.Enum(
                "given",
                "father",
                "grandfather",
                "family",
                "mother",
                "other",
                name="nameslot",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_person_name_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_person_name_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["name_token.id"], name=op.f("fk_person_name_token_id_name_token")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
        sa.UniqueConstraint(
            "operation_id",
            "token_id",
            "slot",
            "missing_person_id",
            name=op.f("uq_person_name_operation_id_token_id_slot_missing_person_id"),
        ),
    )
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_name_person", ["missing_person_id", "token_id"], unique=False
        )

    op.create_table(
        "printed_file",
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decision",
                "remains",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                name="filestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("html_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("pdf_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_printed_file_asked_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_file")),
        sa.UniqueConstraint("uid", name=op.f("uq_printed_file_uid")),
    )
    with op.batch_alter_table("printed_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printed_file_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_printed_file_asked_by_id"), ["asked_by_id"], unique=False
        )

    op.create_table(
        "role_grant",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "recorder",
                "examiner",
                "dna_analyst",
                "intake",
                "reviewer",
                "board",
                "steward",
                "auditor",
                "partner",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_confirmation", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by_id <> granted_by_id", name=op.f("ck_role_grant_two_accounts")
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> user_id", name=op.f("ck_role_grant_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "granted_by_id <> user_id", name=op.f("ck_role_grant_granted_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_role_grant_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"],
            ["user_account.id"],
            name=op.f("fk_role_grant_granted_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_role_grant_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_user_id"), ["user_id"], unique=False)

    op.create_table(
        "second_factor_reset",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "asked_by_id <> user_id", name=op.f("ck_second_factor_reset_asked_by_another")
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> asked_by_id", name=op.f("ck_second_factor_reset_two_accounts")
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> user_id", name=op.f("ck_second_factor_reset_confirmed_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_second_factor_reset_asked_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_second_factor_reset_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_second_factor_reset_user_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor_reset")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_second_factor_reset_code_digest")),
    )
    with op.batch_alter_table("second_factor_reset", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_second_factor_reset_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "server_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_server_session_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_server_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_server_session_digest")),
    )
    with op.batch_alter_table("server_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_server_session_seen_at"), ["seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_server_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "site_assignment",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_assignment_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_site_assignment_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_assignment")),
        sa.UniqueConstraint("team_id", "site_id", name=op.f("uq_site_assignment_team_id_site_id")),
    )
    with op.batch_alter_table("site_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_assignment_site_id"), ["site_id"], unique=False)

    op.create_table(
        "trail_check",
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_whole", sa.Boolean(), nullable=True),
        sa.Column("first_bad", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_trail_check_asked_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_check")),
    )
    with op.batch_alter_table("trail_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_check_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "companion",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_companion_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_companion_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companion")),
    )
    with op.batch_alter_table("companion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_companion_missing_person_id"), ["missing_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_companion_report_id"), ["report_id"], unique=False)

    op.create_table(
        "custody_receipt",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.Column("received_by_user_id", sa.Integer(), nullable=True),
        sa.Column("received_count", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["received_by_user_id"],
            ["user_account.id"],
            name=op.f("fk_custody_receipt_received_by_user_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["custody_transfer.id"],
            name=op.f("fk_custody_receipt_transfer_id_custody_transfer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_receipt")),
    )
    with op.batch_alter_table("custody_receipt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_custody_receipt_transfer_id"), ["transfer_id"], unique=False
        )

    op.create_table(
        "derivative",
        sa.Column("media_file_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "thumbnail",
                "view",
                name="derivativekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_file_id"],
            ["media_file.id"],
            name=op.f("fk_derivative_media_file_id_media_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivative")),
        sa.UniqueConstraint("media_file_id", "kind", name=op.f("uq_derivative_media_file_id_kind")),
    )
    with op.batch_alter_table("derivative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_derivative_sha256"), ["sha256"], unique=False)

    op.create_table(
        "family_access",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("secret_hash", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_family_access_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_access")),
        sa.UniqueConstraint("reference", name=op.f("uq_family_access_reference")),
        sa.UniqueConstraint("report_id", name=op.f("uq_family_access_report_id")),
    )
    op.create_table(
        "informant",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "father",
                "mother",
                "spouse",
                "son",
                "daughter",
                "brother",
                "sister",
                "grandparent",
                "grandchild",
                "uncle_aunt",
                "cousin",
                "other_relative",
                "neighbour",
                "friend",
                "colleague",
                "other",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("safe_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("may_contact", sa.Boolean(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_informant_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informant")),
        sa.UniqueConstraint("report_id", name=op.f("uq_informant_report_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_informant_uid")),
    )
    with op.batch_alter_table("informant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_informant_phone_index"), ["phone_index"], unique=False)

    op.create_table(
        "number_block",
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "B",
                "BP",
                "BN",
                "CL",
                "A",
                "S",
                name="numberkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("upcoming", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_number_block_block_range")),
        sa.CheckConstraint(
            "upcoming between first and last + 1", name=op.f("ck_number_block_block_upcoming")
        ),
        sa.ForeignKeyConstraint(
            ["feature_id"], ["feature.id"], name=op.f("fk_number_block_feature_id_feature")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_number_block_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_block")),
        sa.UniqueConstraint(
            "feature_id", "kind", "first", name=op.f("uq_number_block_feature_id_kind_first")
        ),
    )
    with op.batch_alter_table("number_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_block_team_id"), ["team_id"], unique=False)

    op.create_table(
        "printed_block",
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "B",
                "BP",
                "BN",
                "CL",
                name="remainskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_printed_block_printed_range")),
        sa.ForeignKeyConstraint(
            ["feature_id"], ["feature.id"], name=op.f("fk_printed_block_feature_id_feature")
        ),
        sa.ForeignKeyConstraint(
            ["printed_by_id"],
            ["user_account.id"],
            name=op.f("fk_printed_block_printed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_printed_block_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_block")),
        sa.UniqueConstraint(
            "feature_id", "kind", "first", name=op.f("uq_printed_block_feature_id_kind_first")
        ),
    )
    with op.batch_alter_table("printed_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printed_block_team_id"), ["team_id"], unique=False)

    op.create_table(
        "remains",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "B",
                "BP",
                "BN",
                "CL",
                name="remainskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=60), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "recovered",
                "registered",
                "under_examination",
                "sampled",
                "no_sample",
                "unidentified",
                "presumptive",
                "under_reconciliation",
                "identified_scientific",
                "identified_combined",
                "certified",
                "family_notified",
                "released",
                "reburied",
                "reopened",
                "non_human",
                "historic",
                "no_remains",
                name="remainsstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deposit_from", sa.Date(), nullable=True),
        sa.Column("deposit_to", sa.Date(), nullable=True),
        sa.Column("layer", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["exhibit.id"], name=op.f("fk_remains_exhibit_id_exhibit")
        ),
        sa.ForeignKeyConstraint(
            ["feature_id"], ["feature.id"], name=op.f("fk_remains_feature_id_feature")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_remains_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remains")),
        sa.UniqueConstraint("exhibit_id", name=op.f("uq_remains_exhibit_id")),
        sa.UniqueConstraint("number", name=op.f("uq_remains_number")),
        sa.UniqueConstraint("site_id", "source_id", name=op.f("uq_remains_site_id_source_id")),
    )
    with op.batch_alter_table("remains", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remains_evidence_changed_at"), ["evidence_changed_at"], unique=False
        )
        batch_op.create_index("ix_remains_feature_number", ["feature_id", "number"], unique=False)
        batch_op.create_index("ix_remains_registered", ["registered_at", "id"], unique=False)
        batch_op.create_index("ix_remains_site_number", ["site_id", "number"], unique=False)
        batch_op.create_index(
            "ix_remains_site_status", ["site_id", "status", "number"], unique=False
        )

    op.create_table(
        "report_addition",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_report_addition_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_addition")),
    )
    with op.batch_alter_table("report_addition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_addition_report_id"), ["report_id"], unique=False
        )

    op.create_table(
        "report_photograph",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("media_file_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_file_id"],
            ["media_file.id"],
            name=op.f("fk_report_photograph_media_file_id_media_file"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_report_photograph_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_photograph")),
        sa.UniqueConstraint(
            "report_id", "media_file_id", name=op.f("uq_report_photograph_report_id_media_file_id")
        ),
    )
    with op.batch_alter_table("report_photograph", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_photograph_media_file_id"), ["media_file_id"], unique=False
        )

    op.create_table(
        "reported_effect",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "clothing",
                "footwear",
                "jewellery",
                "document",
                "medical",
                "personal",
                "restraint",
                "ballistic",
                "other",
                name="effectcategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column(
            "slot",
            sa.Enum(
                "top",
                "bottom",
                "outer",
                "under",
                "feet",
                "head",
                name="slot",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "colour",
            sa.Enum(
                "black",
                "white",
                "grey",
                "brown",
                "beige",
                "red",
                "orange",
                "yellow",
                "green",
                "khaki",
                "blue",
                "light_blue",
                "navy",
                "purple",
                "pink",
                "gold",
                "silver",
                "multicolour",
                name="colour",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("descriptor", sa.String(length=200), nullable=False),
        sa.Column(
            "material",
            sa.Enum(
                "cotton",
                "wool",
                "synthetic",
                "denim",
                "leather",
                "rubber",
                "knitted",
                "metal",
                "plastic",
                "paper",
                "glass",
                "wood",
                "stone",
                "other",
                name="material",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("inscription", sa.String(length=500), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_reported_effect_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_effect")),
        sa.UniqueConstraint(
            "report_id", "ordinal", name=op.f("uq_reported_effect_report_id_ordinal")
        ),
    )
    op.create_table(
        "reported_mark",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "healed_fracture",
                "implant",
                "prosthesis",
                "amputation",
                "surgery",
                "congenital",
                "disease",
                "scar",
                "tattoo",
                "birthmark",
                "perimortem_trauma",
                "other",
                name="markkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["ante_mortem_report.id"],
            name=op.f("fk_reported_mark_report_id_ante_mortem_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_mark")),
    )
    with op.batch_alter_table("reported_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reported_mark_report_id"), ["report_id"], unique=False)

    op.create_table(
        "transfer_item",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column("seal_number", sa.String(length=40), nullable=False),
        sa.Column(
            "condition",
            sa.Enum(
                "intact",
                "seal_broken",
                "damaged",
                "unsealed",
                "wet",
                name="exhibitcondition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["exhibit.id"], name=op.f("fk_transfer_item_exhibit_id_exhibit")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["custody_transfer.id"],
            name=op.f("fk_transfer_item_transfer_id_custody_transfer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_item")),
        sa.UniqueConstraint(
            "transfer_id", "exhibit_id", name=op.f("uq_transfer_item_transfer_id_exhibit_id")
        ),
    )
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfer_item_exhibit_id"), ["exhibit_id"], unique=False
        )

    op.create_table(
        "biological_profile",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column(
            "assessor",
            sa.Enum(
                "trained",
                "lay",
                name="assessor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("examined_by", sa.String(length=200), nullable=False),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "M",
                "PM",
                "I",
                "PF",
                "F",
                name="sexestimate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "sex_method",
            sa.Enum(
                "pelvis",
                "skull",
                "metric",
                "soft_tissue",
                "dna",
                "other",
                name="sexmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("age_min", sa.Double(), nullable=True),
        sa.Column("age_max", sa.Double(), nullable=True),
        sa.Column(
            "age_method",
            sa.Enum(
                "pelvis",
                "ribs",
                "sutures",
                "teeth",
                "epiphyses",
                "long_bones",
                "dental/epiphyseal",
                "combined",
                "appearance",
                "other",
                name="agemethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("stature_cm", sa.Double(), nullable=True),
        sa.Column("stature_se_cm", sa.Double(), nullable=True),
        sa.Column("stature_min_cm", sa.Double(), nullable=True),
        sa.Column("stature_max_cm", sa.Double(), nullable=True),
        sa.Column("stature_method", sa.String(length=120), nullable=False),
        sa.Column(
            "handedness",
            sa.Enum(
                "L", "R", name="handedness", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "hair",
            sa.Enum(
                "black",
                "brown",
                "grey",
                "blond_red",
                name="haircolour",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("regions_present", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dental_observable", sa.Boolean(), nullable=True),
        sa.Column("dental_codes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("age_min <= age_max", name=op.f("ck_biological_profile_age_range")),
        sa.CheckConstraint(
            "age_min >= 0 and age_max <= 120", name=op.f("ck_biological_profile_age_plausible")
        ),
        sa.CheckConstraint(
            "stature_min_cm <= stature_max_cm", name=op.f("ck_biological_profile_stature_range")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_biological_profile_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biological_profile")),
        sa.UniqueConstraint("remains_id", name=op.f("uq_biological_profile_remains_id")),
    )
    op.create_table(
        "candidate",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("posterior", sa.Double(), nullable=False),
        sa.Column("lines", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("ranked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_candidate_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_candidate_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "remains_id",
            "missing_person_id",
            name=op.f("uq_candidate_remains_id_missing_person_id"),
        ),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index(
            "ix_candidate_person_rank", ["missing_person_id", "log10_lr"], unique=False
        )
        batch_op.create_index("ix_candidate_remains_rank", ["remains_id", "log10_lr"], unique=False)

    op.create_table(
        "found_name",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "id",
                "label",
                "witness",
                name="foundnamekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("mother", sa.String(length=200), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_found_name_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_name")),
    )
    with op.batch_alter_table("found_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_found_name_remains_id"), ["remains_id"], unique=False)

    op.create_table(
        "found_with",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("remains_id < other_id", name=op.f("ck_found_with_order")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["remains.id"], name=op.f("fk_found_with_other_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_found_with_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_with")),
        sa.UniqueConstraint(
            "remains_id", "other_id", name=op.f("uq_found_with_remains_id_other_id")
        ),
    )
    with op.batch_alter_table("found_with", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_found_with_other_id"), ["other_id"], unique=False)

    op.create_table(
        "mark",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "healed_fracture",
                "implant",
                "prosthesis",
                "amputation",
                "surgery",
                "congenital",
                "disease",
                "scar",
                "tattoo",
                "birthmark",
                "perimortem_trauma",
                "other",
                name="markkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("serial_number", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_mark_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mark_remains_id"), ["remains_id"], unique=False)

    op.create_table(
        "number_event",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "voided",
                "moved",
                "split",
                "restored",
                name="numbereventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("from_feature_id", sa.Integer(), nullable=True),
        sa.Column("to_feature_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_number_event_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["from_feature_id"],
            ["feature.id"],
            name=op.f("fk_number_event_from_feature_id_feature"),
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["remains.id"], name=op.f("fk_number_event_other_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_number_event_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["to_feature_id"], ["feature.id"], name=op.f("fk_number_event_to_feature_id_feature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_event")),
    )
    with op.batch_alter_table("number_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_event_other_id"), ["other_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_number_event_remains_id"), ["remains_id"], unique=False
        )

    op.create_table(
        "pairing",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "comparison_open",
                "proposed",
                "reviewed",
                "deciding",
                "identified",
                "excluded",
                "premature",
                "returned",
                "closed",
                name="pairingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log10_lr", sa.Double(), nullable=True),
        sa.Column("posterior", sa.Double(), nullable=True),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_pairing_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user_account.id"], name=op.f("fk_pairing_opened_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_pairing_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint("number", name=op.f("uq_pairing_number")),
    )
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pairing_missing_person_id"), ["missing_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pairing_remains_id"), ["remains_id"], unique=False)
        batch_op.create_index("ix_pairing_state", ["state", "due_on"], unique=False)
        batch_op.create_index(
            "uq_pairing_open",
            ["remains_id", "missing_person_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "personal_effect",
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("feature_id", sa.Integer(), nullable=False),
        sa.Column("found_on_id", sa.Integer(), nullable=True),
        sa.Column("remains_id", sa.Integer(), nullable=True),
        sa.Column("exhibit_id", sa.Integer(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "clothing",
                "footwear",
                "jewellery",
                "document",
                "medical",
                "personal",
                "restraint",
                "ballistic",
                "other",
                name="effectcategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column(
            "slot",
            sa.Enum(
                "top",
                "bottom",
                "outer",
                "under",
                "feet",
                "head",
                name="slot",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "colour",
            sa.Enum(
                "black",
                "white",
                "grey",
                "brown",
                "beige",
                "red",
                "orange",
                "yellow",
                "green",
                "khaki",
                "blue",
                "light_blue",
                "navy",
                "purple",
                "pink",
                "gold",
                "silver",
                "multicolour",
                name="colour",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("second_colour", sa.String(length=40), nullable=False),
        sa.Column("descriptor", sa.String(length=200), nullable=False),
        sa.Column(
            "material",
            sa.Enum(
                "cotton",
                "wool",
                "synthetic",
                "denim",
                "leather",
                "rubber",
                "knitted",
                "metal",
                "plastic",
                "paper",
                "glass",
                "wood",
                "stone",
                "other",
                name="material",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("brand", sa.String(length=120), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("inscription", sa.String(length=500), nullable=False),
        sa.Column(
            "body_place",
            sa.Enum(
                "worn",
                "in_pocket",
                "in_hand",
                "beside",
                "under",
                "loose",
                name="bodyplace",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("grid_e_m", sa.Double(), nullable=True),
        sa.Column("grid_n_m", sa.Double(), nullable=True),
        sa.Column("depth_m", sa.Double(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("moved_because", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["exhibit.id"], name=op.f("fk_personal_effect_exhibit_id_exhibit")
        ),
        sa.ForeignKeyConstraint(
            ["feature_id"], ["feature.id"], name=op.f("fk_personal_effect_feature_id_feature")
        ),
        sa.ForeignKeyConstraint(
            ["found_on_id"], ["remains.id"], name=op.f("fk_personal_effect_found_on_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_personal_effect_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_personal_effect_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_effect")),
        sa.UniqueConstraint("exhibit_id", name=op.f("uq_personal_effect_exhibit_id")),
        sa.UniqueConstraint(
            "found_on_id", "ordinal", name=op.f("uq_personal_effect_found_on_id_ordinal")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_personal_effect_number")),
    )
    with op.batch_alter_table("personal_effect", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_personal_effect_feature_id"), ["feature_id"], unique=False
        )
        batch_op.create_index(
            "ix_personal_effect_kind", ["site_id", "category", "kind", "number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_personal_effect_remains_id"), ["remains_id"], unique=False
        )
        batch_op.create_index("ix_personal_effect_site_number", ["site_id", "number"], unique=False)

    op.create_table(
        "receipt_item",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("seal_number", sa.String(length=40), nullable=False),
        sa.Column(
            "condition",
            sa.Enum(
                "intact",
                "seal_broken",
                "damaged",
                "unsealed",
                "wet",
                name="exhibitcondition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["exhibit.id"], name=op.f("fk_receipt_item_exhibit_id_exhibit")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"],
            ["custody_receipt.id"],
            name=op.f("fk_receipt_item_receipt_id_custody_receipt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_item")),
        sa.UniqueConstraint(
            "receipt_id", "exhibit_id", name=op.f("uq_receipt_item_receipt_id_exhibit_id")
        ),
    )
    with op.batch_alter_table("receipt_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_receipt_item_exhibit_id"), ["exhibit_id"], unique=False
        )

    op.create_table(
        "recovery_event",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("recovered_on", sa.Date(), nullable=True),
        sa.Column("recovered_at_text", sa.String(length=60), nullable=False),
        sa.Column("recovered_by", sa.String(length=200), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("grid_e_m", sa.Double(), nullable=True),
        sa.Column("grid_n_m", sa.Double(), nullable=True),
        sa.Column("depth_m", sa.Double(), nullable=True),
        sa.Column(
            "body_position",
            sa.Enum(
                "supine",
                "prone",
                "right_side",
                "left_side",
                "seated",
                "kneeling",
                "crouched",
                "vertical",
                "inverted",
                "twisted",
                "jumbled",
                "not_determinable",
                name="bodyposition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("orientation_deg", sa.Integer(), nullable=True),
        sa.Column(
            "completeness",
            sa.Enum(
                "complete",
                "nearly_complete",
                "partial",
                "upper",
                "lower",
                "trunk",
                "head",
                "limb",
                "fragmentary",
                name="completeness",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "condition",
            sa.Enum(
                "fresh",
                "bloated",
                "active_decay",
                "advanced_decay",
                "adipocere",
                "mummified",
                "partly_skeletonised",
                "skeletonised",
                "burned",
                name="bodycondition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("absences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("depth_m between 0 and 100", name=op.f("ck_recovery_event_depth")),
        sa.CheckConstraint(
            "orientation_deg between 0 and 359", name=op.f("ck_recovery_event_orientation")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_recovery_event_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_recovery_event_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_event")),
        sa.UniqueConstraint("remains_id", name=op.f("uq_recovery_event_remains_id")),
    )
    with op.batch_alter_table("recovery_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_event_team_id"), ["team_id"], unique=False)

    op.create_table(
        "remains_photograph",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("media_file_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("shows_number", sa.Boolean(), nullable=True),
        sa.Column("shows_scale", sa.Boolean(), nullable=True),
        sa.Column("shows_north", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_file_id"],
            ["media_file.id"],
            name=op.f("fk_remains_photograph_media_file_id_media_file"),
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_remains_photograph_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remains_photograph")),
        sa.UniqueConstraint(
            "remains_id",
            "media_file_id",
            name=op.f("uq_remains_photograph_remains_id_media_file_id"),
        ),
    )
    with op.batch_alter_table("remains_photograph", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remains_photograph_media_file_id"), ["media_file_id"], unique=False
        )

    op.create_table(
        "tooth_finding",
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("fdi", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "INT",
                "FIL",
                "CRO",
                "RCT",
                "PON",
                "PRD",
                "IPX",
                "CAR",
                "CFR",
                "RRX",
                "UNE",
                "IMV",
                "MAM",
                "MPM",
                "MIS",
                "MJA",
                "ANO",
                "UNA",
                name="toothstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("surfaces", sa.String(length=5), nullable=False),
        sa.Column("material", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "fdi between 11 and 85 and fdi % 10 between 1 and 8", name=op.f("ck_tooth_finding_fdi")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_tooth_finding_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tooth_finding")),
        sa.UniqueConstraint("remains_id", "fdi", name=op.f("uq_tooth_finding_remains_id_fdi")),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "identified",
                "excluded",
                "premature",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "scientific",
                "combined",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_decision_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_decision_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_decision_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_number")),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_decision_pairing_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_missing_person_id"), ["missing_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decision_remains_id"), ["remains_id"], unique=False)

    op.create_table(
        "effect_photograph",
        sa.Column("effect_id", sa.Integer(), nullable=False),
        sa.Column("media_file_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["effect_id"],
            ["personal_effect.id"],
            name=op.f("fk_effect_photograph_effect_id_personal_effect"),
        ),
        sa.ForeignKeyConstraint(
            ["media_file_id"],
            ["media_file.id"],
            name=op.f("fk_effect_photograph_media_file_id_media_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_photograph")),
        sa.UniqueConstraint(
            "effect_id", "media_file_id", name=op.f("uq_effect_photograph_effect_id_media_file_id")
        ),
    )
    with op.batch_alter_table("effect_photograph", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_effect_photograph_media_file_id"), ["media_file_id"], unique=False
        )

    op.create_table(
        "pairing_line",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=60), nullable=False),
        sa.Column(
            "engine_verdict",
            sa.Enum(
                "agrees",
                "explainable",
                "contradicts",
                "not_recorded",
                name="engine_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("ingredients", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "agrees",
                "explainable",
                "contradicts",
                "not_recorded",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judged_by_id"],
            ["user_account.id"],
            name=op.f("fk_pairing_line_judged_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_pairing_line_pairing_id_pairing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_line")),
        sa.UniqueConstraint("pairing_id", "line", name=op.f("uq_pairing_line_pairing_id_line")),
    )
    op.create_table(
        "signature",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "proposer",
                "reviewer",
                "first_decider",
                "second_decider",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "identified",
                "excluded",
                "premature",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "scientific",
                "combined",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_digest", sa.String(length=64), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_signature_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_signature_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_signature_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint(
            "pairing_id", "round", "person_id", name=op.f("uq_signature_pairing_id_round_person_id")
        ),
        sa.UniqueConstraint(
            "pairing_id", "round", "step", name=op.f("uq_signature_pairing_id_round_step")
        ),
    )
    op.create_table(
        "family_notification",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("told_by_user_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "visit",
                "office",
                "telephone",
                name="notificationmanner",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_family_notification_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["told_by_user_id"],
            ["user_account.id"],
            name=op.f("fk_family_notification_told_by_user_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_notification")),
        sa.UniqueConstraint("uid", name=op.f("uq_family_notification_uid")),
    )
    with op.batch_alter_table("family_notification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_family_notification_decision_id"), ["decision_id"], unique=False
        )

    op.create_table(
        "release",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "approved",
                "released",
                "halted",
                name="releasestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("not_recovered", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("reburial_place", sa.String(length=300), nullable=False),
        sa.Column("reburial_plot", sa.String(length=120), nullable=False),
        sa.Column("reburied_on", sa.Date(), nullable=True),
        sa.Column("reburial_position_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["user_account.id"],
            name=op.f("fk_release_approved_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_release_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"],
            ["user_account.id"],
            name=op.f("fk_release_prepared_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["user_account.id"],
            name=op.f("fk_release_released_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_release_remains_id_remains")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("number", name=op.f("uq_release_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_release_uid")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_remains_id"), ["remains_id"], unique=False)

    op.create_table(
        "revocation",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_person_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rested_on_it", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_revocation_asked_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_person_id"],
            ["person.id"],
            name=op.f("fk_revocation_asked_by_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["user_account.id"],
            name=op.f("fk_revocation_confirmed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_person_id"],
            ["person.id"],
            name=op.f("fk_revocation_confirmed_by_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_revocation_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
    )
    with op.batch_alter_table("revocation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revocation_decision_id"), ["decision_id"], unique=False
        )

    op.create_table(
        "released_effect",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("effect_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["effect_id"],
            ["personal_effect.id"],
            name=op.f("fk_released_effect_effect_id_personal_effect"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_released_effect_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_effect")),
        sa.UniqueConstraint(
            "release_id", "effect_id", name=op.f("uq_released_effect_release_id_effect_id")
        ),
    )
    with op.batch_alter_table("released_effect", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_released_effect_effect_id"), ["effect_id"], unique=False
        )

    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    with op.batch_alter_table("released_effect", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_released_effect_effect_id"))

    op.drop_table("released_effect")
    with op.batch_alter_table("revocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revocation_decision_id"))

    op.drop_table("revocation")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_remains_id"))
        batch_op.drop_index(batch_op.f("ix_release_decision_id"))

    op.drop_table("release")
    with op.batch_alter_table("family_notification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_notification_decision_id"))

    op.drop_table("family_notification")
    op.drop_table("signature")
    op.drop_table("pairing_line")
    with op.batch_alter_table("effect_photograph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_effect_photograph_media_file_id"))

    op.drop_table("effect_photograph")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_remains_id"))
        batch_op.drop_index(batch_op.f("ix_decision_missing_person_id"))

    op.drop_table("decision")
    op.drop_table("tooth_finding")
    with op.batch_alter_table("remains_photograph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remains_photograph_media_file_id"))

    op.drop_table("remains_photograph")
    with op.batch_alter_table("recovery_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_event_team_id"))

    op.drop_table("recovery_event")
    with op.batch_alter_table("receipt_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_item_exhibit_id"))

    op.drop_table("receipt_item")
    with op.batch_alter_table("personal_effect", schema=None) as batch_op:
        batch_op.drop_index("ix_personal_effect_site_number")
        batch_op.drop_index(batch_op.f("ix_personal_effect_remains_id"))
        batch_op.drop_index("ix_personal_effect_kind")
        batch_op.drop_index(batch_op.f("ix_personal_effect_feature_id"))

    op.drop_table("personal_effect")
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pairing_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_pairing_state")
        batch_op.drop_index(batch_op.f("ix_pairing_remains_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_missing_person_id"))

    op.drop_table("pairing")
    with op.batch_alter_table("number_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_number_event_remains_id"))
        batch_op.drop_index(batch_op.f("ix_number_event_other_id"))

    op.drop_table("number_event")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_remains_id"))

    op.drop_table("mark")
    with op.batch_alter_table("found_with", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_found_with_other_id"))

    op.drop_table("found_with")
    with op.batch_alter_table("found_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_found_name_remains_id"))

    op.drop_table("found_name")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index("ix_candidate_remains_rank")
        batch_op.drop_index("ix_candidate_person_rank")

    op.drop_table("candidate")
    op.drop_table("biological_profile")
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_item_exhibit_id"))

    op.drop_table("transfer_item")
    with op.batch_alter_table("reported_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reported_mark_report_id"))

    op.drop_table("reported_mark")
    op.drop_table("reported_effect")
    with op.batch_alter_table("report_photograph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_photograph_media_file_id"))

    op.drop_table("report_photograph")
    with op.batch_alter_table("report_addition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_addition_report_id"))

    op.drop_table("report_addition")
    with op.batch_alter_table("remains", schema=None) as batch_op:
        batch_op.drop_index("ix_remains_site_status")
        batch_op.drop_index("ix_remains_site_number")
        batch_op.drop_index("ix_remains_registered")
        batch_op.drop_index("ix_remains_feature_number")
        batch_op.drop_index(batch_op.f("ix_remains_evidence_changed_at"))

    op.drop_table("remains")
    with op.batch_alter_table("printed_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printed_block_team_id"))

    op.drop_table("printed_block")
    with op.batch_alter_table("number_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_number_block_team_id"))

    op.drop_table("number_block")
    with op.batch_alter_table("informant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_informant_phone_index"))

    op.drop_table("informant")
    op.drop_table("family_access")
    with op.batch_alter_table("derivative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_derivative_sha256"))

    op.drop_table("derivative")
    with op.batch_alter_table("custody_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_custody_receipt_transfer_id"))

    op.drop_table("custody_receipt")
    with op.batch_alter_table("companion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_companion_report_id"))
        batch_op.drop_index(batch_op.f("ix_companion_missing_person_id"))

    op.drop_table("companion")
    with op.batch_alter_table("trail_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_check_asked_at"))

    op.drop_table("trail_check")
    with op.batch_alter_table("site_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_assignment_site_id"))

    op.drop_table("site_assignment")
    with op.batch_alter_table("server_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_server_session_user_id"))
        batch_op.drop_index(batch_op.f("ix_server_session_seen_at"))

    op.drop_table("server_session")
    with op.batch_alter_table("second_factor_reset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_factor_reset_user_id"))

    op.drop_table("second_factor_reset")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_user_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("printed_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_printed_file_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_printed_file_asked_at"))

    op.drop_table("printed_file")
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.drop_index("ix_person_name_person")

    op.drop_table("person_name")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_team_id"))

    op.drop_table("membership")
    op.drop_table("media_file")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_user_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_row_run_id"))

    op.drop_table("imported_row")
    op.drop_table("feature")
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibit_site_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_place_id"))

    op.drop_table("exhibit")
    with op.batch_alter_table("custody_transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_custody_transfer_site_id"))
        batch_op.drop_index(batch_op.f("ix_custody_transfer_operation_id"))

    op.drop_table("custody_transfer")
    with op.batch_alter_table("ante_mortem_report", schema=None) as batch_op:
        batch_op.drop_index("ix_ante_mortem_report_triage")
        batch_op.drop_index(batch_op.f("ix_ante_mortem_report_missing_person_id"))

    op.drop_table("ante_mortem_report")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_account_person_id"))

    op.drop_table("user_account")
    op.drop_table("team")
    with op.batch_alter_table("storage_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_storage_place_parent_id"))

    op.drop_table("storage_place")
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_operation_id"))

    op.drop_table("site")
    with op.batch_alter_table("name_token_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_token_key_token_id"))

    op.drop_table("name_token_key")
    with op.batch_alter_table("missing_person", schema=None) as batch_op:
        batch_op.drop_index("ix_missing_person_operation_status")
        batch_op.drop_index("ix_missing_person_operation_seen")
        batch_op.drop_index("ix_missing_person_operation_registered")
        batch_op.drop_index("ix_missing_person_operation_place")
        batch_op.drop_index("ix_missing_person_operation_photo")
        batch_op.drop_index("ix_missing_person_operation_number")
        batch_op.drop_index("ix_missing_person_operation_name")
        batch_op.drop_index("ix_missing_person_operation_channel")
        batch_op.drop_index("ix_missing_person_operation_birth")
        batch_op.drop_index(batch_op.f("ix_missing_person_evidence_changed_at"))
        batch_op.drop_index(batch_op.f("ix_missing_person_duplicate_of_id"))

    op.drop_table("missing_person")
    op.drop_table("import_run")
    op.drop_table("person")
    op.drop_table("operation")
    op.drop_table("name_token")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_job_unique_key_queued",
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.drop_index("ix_job_state_not_before")

    op.drop_table("job")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_key_at"))

    op.drop_table("idempotency_key")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index("ix_audit_entry_row")
        batch_op.drop_index("ix_audit_entry_at")
        batch_op.drop_index("ix_audit_entry_actor")
        batch_op.drop_index("ix_audit_entry_action")

    op.drop_table("audit_entry")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_key_digest_attempt_at"))
        batch_op.drop_index(batch_op.f("ix_attempt_at"))

    op.drop_table("attempt")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION caseman_append_only()")
