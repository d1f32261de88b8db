"""The outbox claims its mails, chasing has its steps, the workshop its hours: what they need in the database."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MAIL_STATUS = sa.Enum(
    "waiting",
    "accepted",
    "refused",
    "given_up",
    "taken_out",
    name="mailstatus",
    native_enum=False,
    create_constraint=True,
    length=32,
)


STEPS = sa.Enum(
    "first_reminder",
    "second_reminder",
    "phone",
    "elsewhere",
    "later",
    name="chase",
    native_enum=False,
    create_constraint=True,
    length=32,
)
HOURS = (
    ("working_days", sa.String(), "12345"),
    ("opens", sa.Time(), "08:00:00.000000"),
    ("closes", sa.Time(), "17:00:00.000000"),
    ("closed_days", sa.String(), "1.1.\n25.12.\n26.12."),
)


def upgrade() -> None:
    """The outbox, the steps of chasing, the workshop's hours, and the worker's sign of life."""
    outbox()
    chasing()
    with op.batch_alter_table("site") as site:
        for name, kind, usual in HOURS:
            site.add_column(sa.Column(name, kind, nullable=False, server_default=usual))
    with op.batch_alter_table("site") as site:
        for name, _, _ in HOURS:
            site.alter_column(name, server_default=None)
    op.add_column("house", sa.Column("worker_seen_at", sa.DateTime(timezone=True), nullable=True))


def outbox() -> None:
    """It was never written to before: its columns change freely."""
    op.execute("DELETE FROM outbox_attempt")
    op.execute("DELETE FROM outbox_mail")
    with op.batch_alter_table("outbox_mail") as mail:
        mail.add_column(sa.Column("status", MAIL_STATUS, nullable=False))
        mail.add_column(sa.Column("made_at", sa.DateTime(timezone=True), nullable=False))
        mail.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=False))
        mail.add_column(sa.Column("papers", sa.Boolean(), nullable=False))
        mail.add_column(sa.Column("tries", sa.Integer(), nullable=False))
        mail.add_column(sa.Column("sending_since", sa.DateTime(timezone=True), nullable=True))
        mail.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        mail.add_column(sa.Column("refusal", sa.String(), nullable=False))
        mail.drop_column("accepted_at")
        mail.drop_column("given_up_at")
        mail.create_index("ix_outbox_mail_status", ["status"])


def chasing() -> None:
    """Every step is taken at most once for each time that somebody was asked."""
    op.create_table(
        "chase_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_request_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", STEPS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_request_id"], ["code_request.id"], name=op.f("fk_chase_step_code_request_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_chase_step_person_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_chase_step_mail_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_chase_step_reason_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase_step")),
    )
    op.create_index(op.f("ix_chase_step_code_request_id"), "chase_step", ["code_request_id"])
    op.create_index(op.f("ix_chase_step_mail_id"), "chase_step", ["mail_id"])
    op.create_index(
        "uq_chase_step_taken",
        "chase_step",
        ["code_request_id", "asked_at", "step"],
        unique=True,
        sqlite_where=sa.text("step <> 'later'"),
        postgresql_where=sa.text("step <> 'later'"),
    )
