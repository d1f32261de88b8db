"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The first tables."""
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_search"), ["search"], unique=False)

    op.create_table(
        "dealer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("makes", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("insists_on", sa.String(), nullable=False),
        sa.Column("only_to_owner", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dealer")),
    )
    op.create_table(
        "experience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("make", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experience")),
    )
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.create_index("ix_experience_vehicle", ["make", "model"], unique=False)

    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canary", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_put_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("backed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("opening_hours", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_outbox_mail_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("sign_in_name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "front_desk",
                "technician",
                "manager",
                "owner",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_person_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_reason_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("body_mark", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_receipt_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("site_id", "form_key", name=op.f("uq_receipt_site_id_form_key")),
    )
    op.create_table(
        "fact_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fact_correction_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_correction")),
        sa.UniqueConstraint("fact_id", name=op.f("uq_fact_correction_fact_id")),
    )
    op.create_table(
        "head_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial_number", sa.String(), nullable=False),
        sa.Column("make", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("part_number", sa.String(), nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_for_good_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stop_reason_id"], ["reason.id"], name=op.f("fk_head_unit_stop_reason_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_unit")),
        sa.UniqueConstraint("serial_number", "make", name=op.f("uq_head_unit_serial_number_make")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_journal_entry_person_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_journal_entry_reason_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_journal_entry_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index("ix_journal_entry_row", ["kind", "row_number"], unique=False)

    op.create_table(
        "outbox_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_outbox_attempt_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_attempt")),
    )
    with op.batch_alter_table("outbox_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_attempt_mail_id"), ["mail_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "vehicle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vin", sa.String(), nullable=True),
        sa.Column("chassis_reason", sa.String(), nullable=False),
        sa.Column("registration", sa.String(), nullable=False),
        sa.Column("registration_shown", sa.String(), nullable=False),
        sa.Column("make", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stop_reason_id"], ["reason.id"], name=op.f("fk_vehicle_stop_reason_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        sa.UniqueConstraint("vin", name=op.f("uq_vehicle_vin")),
    )
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vehicle_registration"), ["registration"], unique=False)

    op.create_table(
        "fitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("head_unit_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["head_unit_id"], ["head_unit.id"], name=op.f("fk_fitting_head_unit_id")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_fitting_vehicle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fitting")),
    )
    with op.batch_alter_table("fitting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fitting_head_unit_id"), ["head_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fitting_vehicle_id"), ["vehicle_id"], unique=False)
        batch_op.create_index(
            "uq_fitting_now",
            ["head_unit_id"],
            unique=True,
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )

    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("head_unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("label", "front", name="photokind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["head_unit_id"], ["head_unit.id"], name=op.f("fk_photo_head_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_photo_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_photo_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_head_unit_id"), ["head_unit_id"], unique=False)

    op.create_table(
        "radio_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("head_unit_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "card",
                "dealer",
                "online",
                "specialist",
                "customer",
                "own_records",
                "calculator",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "to_try",
                "worked",
                "did_not_work",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_radio_code_entered_by_id")),
        sa.ForeignKeyConstraint(["head_unit_id"], ["head_unit.id"], name=op.f("fk_radio_code_head_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_radio_code")),
    )
    with op.batch_alter_table("radio_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_radio_code_head_unit_id"), ["head_unit_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("own_number", sa.String(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "work",
            sa.Enum(
                "battery",
                "starter",
                "electrics",
                "airbag",
                "welding",
                "engine",
                "other",
                name="work",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "not_needed",
                "on_file",
                "card",
                "unknown",
                "locked",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer_reason", sa.String(), nullable=False),
        sa.Column(
            "same_radio",
            sa.Enum(
                "yes",
                "no",
                "cant_tell",
                name="sameradio",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("head_unit_id", sa.Integer(), nullable=True),
        sa.Column("in_another_vehicle", sa.Boolean(), nullable=False),
        sa.Column(
            "built_with_this_radio",
            sa.Enum(
                "yes", "no", "unknown", name="yesno", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("number_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "number_read_how",
            sa.Enum(
                "label",
                "papers",
                "display",
                "tester",
                "on_file",
                name="readhow",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("display_text", sa.String(), nullable=False),
        sa.Column("label_photo_id", sa.Integer(), nullable=True),
        sa.Column("front_photo_id", sa.Integer(), nullable=True),
        sa.Column("papers_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("papers_seen_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "ground",
            sa.Enum(
                "recorded",
                "on_file",
                "card",
                "not_needed",
                "supply_kept",
                "power_lost",
                "customer_agrees",
                "read_afterwards",
                "manager",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("ground_sentence", sa.String(), nullable=False),
        sa.Column("agreed_who", sa.String(), nullable=False),
        sa.Column("agreed_how", sa.String(), nullable=False),
        sa.Column("agreed_heard_by", sa.String(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "battery",
            sa.Enum(
                "on", "off", "back", name="battery", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("battery_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_off_without_yes", sa.Boolean(), nullable=False),
        sa.Column("power_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "after_power",
            sa.Enum(
                "played", "asked", name="afterpower", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column(
            "earlier_tries",
            sa.Enum(
                "yes", "no", "unknown", name="yesno", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("earlier_tries_count", sa.Integer(), nullable=False),
        sa.Column("plays_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["person.id"], name=op.f("fk_job_cleared_by_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_job_customer_id")),
        sa.ForeignKeyConstraint(["front_photo_id"], ["photo.id"], name=op.f("fk_job_front_photo_id")),
        sa.ForeignKeyConstraint(["head_unit_id"], ["head_unit.id"], name=op.f("fk_job_head_unit_id")),
        sa.ForeignKeyConstraint(["label_photo_id"], ["photo.id"], name=op.f("fk_job_label_photo_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_job_opened_by_id")),
        sa.ForeignKeyConstraint(["papers_seen_by_id"], ["person.id"], name=op.f("fk_job_papers_seen_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_job_site_id")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_job_vehicle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_job_site_id_number")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_head_unit_id"), ["head_unit_id"], unique=False)
        batch_op.create_index("ix_job_open", ["site_id", "closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "photo_bytes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_bytes_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_bytes")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_photo_bytes_photo_id")),
    )
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("head_unit_id", sa.Integer(), nullable=False),
        sa.Column("radio_code_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["head_unit_id"], ["head_unit.id"], name=op.f("fk_card_head_unit_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_card_job_id")),
        sa.ForeignKeyConstraint(["radio_code_id"], ["radio_code.id"], name=op.f("fk_card_radio_code_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_card_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("number", name=op.f("uq_card_number")),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_head_unit_id"), ["head_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_card_job_id"), ["job_id"], unique=False)

    op.create_table(
        "code_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("head_unit_id", sa.Integer(), nullable=False),
        sa.Column("dealer_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "letter",
                "email",
                "phone",
                "counter",
                "customer",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "sent",
                "answered",
                "refused",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "built_with_this_radio",
            sa.Enum(
                "yes", "no", "unknown", name="yesno", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "refusal",
            sa.Enum(
                "not_the_owner",
                "no_record",
                "car_must_come",
                "make_gives_none",
                "fee_not_agreed",
                name="refusal",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealer.id"], name=op.f("fk_code_request_dealer_id")),
        sa.ForeignKeyConstraint(
            ["head_unit_id"], ["head_unit.id"], name=op.f("fk_code_request_head_unit_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_code_request_job_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_code_request_made_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_code_request_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_request")),
    )
    with op.batch_alter_table("code_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_request_head_unit_id"), ["head_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_code_request_job_id"), ["job_id"], unique=False)
        batch_op.create_index(
            "uq_code_request_open",
            ["head_unit_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('draft', 'sent')"),
            postgresql_where=sa.text("status IN ('draft', 'sent')"),
        )

    op.create_table(
        "try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("radio_code_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "worked",
                "did_not_work",
                "waits",
                "locked_for_good",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "why_again",
            sa.Enum(
                "other_code",
                "number_corrected",
                "mistyped",
                name="whyagain",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("display_text", sa.String(), nullable=False),
        sa.Column("wait_minutes", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_try_job_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_try_person_id")),
        sa.ForeignKeyConstraint(["radio_code_id"], ["radio_code.id"], name=op.f("fk_try_radio_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try")),
    )
    with op.batch_alter_table("try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_try_job_id"), ["job_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_try_radio_code_id"), ["radio_code_id"], unique=False)

    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "card",
                "handover",
                "job-sheet",
                "windscreen-tag",
                "request-letter",
                "take-to-dealer",
                "blank-job-sheet",
                "key-sheet",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("says", sa.String(), nullable=True),
        sa.Column("says_sealed", sa.Text(), nullable=True),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_print_job_card_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_print_job_job_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_print_job_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_print_job_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_print_job_job_id"), ["job_id"], unique=False)
    # on SQLite Alembic cannot see an index over an expression: written by hand
    op.create_index("uq_person_sign_in", "person", [sa.text("lower(sign_in_name)")], unique=True)
