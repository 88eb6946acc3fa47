"""Coded samples, family trees and consent

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("specimen_event",)


def upgrade() -> None:
    op.create_table(
        "dna_source",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "remains",
                "relative",
                "direct",
                "staff",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_dna_source_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_source")),
        sa.UniqueConstraint("code", name=op.f("uq_dna_source_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_dna_source_uid")),
    )
    op.create_index(
        op.f("ix_dna_source_operation_id"), "dna_source", ["operation_id"], unique=False
    )

    op.create_table(
        "relative",
        sa.Column("missing_person_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "kin",
            sa.Enum(
                "self",
                "father",
                "mother",
                "brother",
                "sister",
                "son",
                "daughter",
                "spouse",
                "half_by_father",
                "half_by_mother",
                "fathers_father",
                "fathers_mother",
                "mothers_father",
                "mothers_mother",
                "fathers_sibling",
                "mothers_sibling",
                "siblings_child",
                "grandchild",
                "cousin_by_father",
                "cousin_by_mother",
                "other",
                name="kin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "sex",
            sa.Enum("M", "F", name="sex", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("through_id", sa.Integer(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("through_id <> id", name=op.f("ck_relative_not_through_itself")),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_relative_missing_person_id_missing_person"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["dna_source.id"], name=op.f("fk_relative_source_id_dna_source")
        ),
        sa.ForeignKeyConstraint(
            ["through_id"],
            ["relative.id"],
            name=op.f("fk_relative_through_id_relative"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
        sa.UniqueConstraint(
            "missing_person_id", "ordinal", name=op.f("uq_relative_missing_person_id_ordinal")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_relative_uid")),
    )
    op.create_index(op.f("ix_relative_source_id"), "relative", ["source_id"], unique=False)
    op.create_index(op.f("ix_relative_through_id"), "relative", ["through_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("laboratory", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_submission_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"],
            ["user_account.id"],
            name=op.f("fk_submission_prepared_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("number", name=op.f("uq_submission_number")),
    )
    op.create_index(
        "ix_submission_operation_number", "submission", ["operation_id", "number"], unique=False
    )

    op.create_table(
        "dna_consent",
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "signed",
                "fingerprint",
                "spoken",
                name="consentmanner",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("may_go_abroad", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''",
            name=op.f("ck_dna_consent_withdrawn_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["user_account.id"],
            name=op.f("fk_dna_consent_recorded_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relative.id"], name=op.f("fk_dna_consent_relative_id_relative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_consent")),
    )
    op.create_index(
        op.f("ix_dna_consent_relative_id"), "dna_consent", ["relative_id"], unique=False
    )

    op.create_table(
        "specimen",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "material",
            sa.Enum(
                "bone",
                "tooth",
                "soft_tissue",
                "nail",
                "hair",
                "swab",
                "blood",
                "saliva",
                "toothbrush",
                "razor",
                "medical",
                "milk_tooth",
                "other",
                name="samplematerial",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "coded",
                "sent",
                "received",
                "extracted",
                "typed",
                "result",
                "no_result",
                "refused",
                "withdrawn",
                name="specimenstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_specimen_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["dna_source.id"], name=op.f("fk_specimen_source_id_dna_source")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_specimen_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specimen")),
        sa.UniqueConstraint("code", name=op.f("uq_specimen_code")),
    )
    op.create_index(
        "ix_specimen_operation_code", "specimen", ["operation_id", "code"], unique=False
    )
    op.create_index(
        "ix_specimen_operation_status", "specimen", ["operation_id", "status", "code"], unique=False
    )
    op.create_index(op.f("ix_specimen_source_id"), "specimen", ["source_id"], unique=False)
    op.create_index(op.f("ix_specimen_submission_id"), "specimen", ["submission_id"], unique=False)

    op.create_table(
        "reference_sample",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column(
            "material",
            sa.Enum(
                "bone",
                "tooth",
                "soft_tissue",
                "nail",
                "hair",
                "swab",
                "blood",
                "saliva",
                "toothbrush",
                "razor",
                "medical",
                "milk_tooth",
                "other",
                name="samplematerial",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("specimen_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["dna_consent.id"],
            name=op.f("fk_reference_sample_consent_id_dna_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relative.id"], name=op.f("fk_reference_sample_relative_id_relative")
        ),
        sa.ForeignKeyConstraint(
            ["specimen_id"], ["specimen.id"], name=op.f("fk_reference_sample_specimen_id_specimen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_sample")),
        sa.UniqueConstraint("number", name=op.f("uq_reference_sample_number")),
        sa.UniqueConstraint("specimen_id", name=op.f("uq_reference_sample_specimen_id")),
    )
    op.create_index(
        op.f("ix_reference_sample_consent_id"), "reference_sample", ["consent_id"], unique=False
    )
    op.create_index(
        op.f("ix_reference_sample_relative_id"), "reference_sample", ["relative_id"], unique=False
    )

    op.create_table(
        "specimen_event",
        sa.Column("specimen_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "coded",
                "sent",
                "received",
                "extracted",
                "typed",
                "result",
                "no_result",
                "refused",
                "withdrawn",
                name="specimenstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_specimen_event_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["specimen_id"], ["specimen.id"], name=op.f("fk_specimen_event_specimen_id_specimen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specimen_event")),
    )
    op.create_index(
        op.f("ix_specimen_event_specimen_id"), "specimen_event", ["specimen_id"], unique=False
    )

    op.create_table(
        "remains_sample",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("remains_id", sa.Integer(), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column(
            "material",
            sa.Enum(
                "bone",
                "tooth",
                "soft_tissue",
                "nail",
                "hair",
                "swab",
                "blood",
                "saliva",
                "toothbrush",
                "razor",
                "medical",
                "milk_tooth",
                "other",
                name="samplematerial",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("element", sa.String(length=6), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "L",
                "R",
                "M",
                "U",
                name="boneside",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("fdi", sa.Integer(), nullable=True),
        sa.Column("weight_g", sa.Double(), nullable=True),
        sa.Column("cut_on", sa.Date(), nullable=False),
        sa.Column("cut_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("specimen_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "voided_at IS NULL OR void_reason <> ''",
            name=op.f("ck_remains_sample_voided_with_reason"),
        ),
        sa.CheckConstraint("fdi between 11 and 85", name=op.f("ck_remains_sample_fdi")),
        sa.CheckConstraint(
            "weight_g > 0 and weight_g <= 1000", name=op.f("ck_remains_sample_weight")
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["exhibit.id"], name=op.f("fk_remains_sample_exhibit_id_exhibit")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_remains_sample_remains_id_remains")
        ),
        sa.ForeignKeyConstraint(
            ["specimen_id"], ["specimen.id"], name=op.f("fk_remains_sample_specimen_id_specimen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remains_sample")),
        sa.UniqueConstraint("exhibit_id", name=op.f("uq_remains_sample_exhibit_id")),
        sa.UniqueConstraint("number", name=op.f("uq_remains_sample_number")),
        sa.UniqueConstraint("specimen_id", name=op.f("uq_remains_sample_specimen_id")),
    )
    op.create_index(
        op.f("ix_remains_sample_remains_id"), "remains_sample", ["remains_id"], unique=False
    )

    for table in APPEND_ONLY:
        for statement in _guard(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("remains_sample")
    op.drop_table("specimen_event")
    op.drop_table("reference_sample")
    op.drop_table("specimen")
    op.drop_table("dna_consent")
    op.drop_table("submission")
    op.drop_table("relative")
    op.drop_table("dna_source")


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
