"""Asking for the code: who is asked how, the outbox, every answer, money, and the garage's own texts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

REFUSALS = ("not_the_owner", "no_record", "car_must_come", "make_gives_none", "fee_not_agreed")
ALONE = {"resolve_fks": False}  # the tables around it stay unread
OPEN = sa.text("status IN ('draft', 'queued', 'sent')")


def choice(name: str, *values: str) -> sa.Enum:
    """A column of fixed words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Change the dealer book and the requests, then add the tables around them."""
    dealers()
    requests()
    answers()
    texts_and_copies()


def dealers() -> None:
    """Who only answers the owner becomes a kind of its own."""
    with op.batch_alter_table("dealer", reflect_kwargs=ALONE) as table:
        kinds = choice("dealerkind", "dealer", "online", "specialist", "customer")
        table.add_column(sa.Column("kind", kinds, nullable=False, server_default="dealer"))
        for name in ("channels", "portal", "ticks", "hours", "customer_number"):
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("language", sa.String(), nullable=False, server_default="en"))
        table.add_column(sa.Column("fee", sa.Integer(), nullable=True))
    dealer = sa.table("dealer", sa.column("kind"), sa.column("only_to_owner"))
    op.execute(dealer.update().where(dealer.c.only_to_owner).values(kind="customer"))
    with op.batch_alter_table("dealer", reflect_kwargs=ALONE) as table:
        for name in ("kind", "channels", "portal", "ticks", "hours", "customer_number", "language"):
            table.alter_column(name, server_default=None)
        table.drop_column("only_to_owner")


def requests() -> None:
    """One more status, one more way of asking; the rule "one open request" includes the outbox."""
    op.drop_index("uq_code_request_open", "code_request")
    with op.batch_alter_table("code_request", reflect_kwargs=ALONE) as table:
        table.drop_constraint(op.f("ck_code_request_status_status"), type_="check")
        table.drop_constraint(op.f("ck_code_request_channel_channel"), type_="check")
        table.create_check_constraint(
            op.f("ck_code_request_status_status"),
            sa.text("status IN ('draft', 'queued', 'sent', 'answered', 'refused', 'withdrawn')"),
        )
        table.create_check_constraint(
            op.f("ck_code_request_channel_channel"),
            sa.text("channel IN ('letter', 'email', 'phone', 'portal', 'counter', 'customer')"),
        )
        table.add_column(sa.Column("mail_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_code_request_mail_id"), "outbox_mail", ["mail_id"], ["id"])
        for name in ("wrong_code_at", "fee_yes_at"):
            table.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in ("wrong_code_display", "fee_yes_heard_by"):
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        for name in ("fee_quoted", "fee_paid", "radio_value"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
        table.add_column(sa.Column("fee_payer", choice("payer", "customer", "garage"), nullable=True))
    with op.batch_alter_table("code_request", reflect_kwargs=ALONE) as table:
        for name in ("wrong_code_display", "fee_yes_heard_by"):
            table.alter_column(name, server_default=None)
    op.create_index(
        "uq_code_request_open",
        "code_request",
        ["head_unit_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def answers() -> None:
    """Every answer; those that came before this table get their row."""
    kinds = choice("answerkind", "code", "need_more", "refused", "wait", "fee")
    op.create_table(
        "request_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_request_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("radio_code_id", sa.Integer(), nullable=True),
        sa.Column("refusal", choice("refusal", *REFUSALS), nullable=True),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("fee", sa.Integer(), nullable=True),
        sa.Column("pasted", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_request_id"], ["code_request.id"], name=op.f("fk_request_answer_code_request_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_answer_person_id")),
        sa.ForeignKeyConstraint(
            ["radio_code_id"], ["radio_code.id"], name=op.f("fk_request_answer_radio_code_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_answer")),
    )
    op.create_index(op.f("ix_request_answer_code_request_id"), "request_answer", ["code_request_id"])
    before = ("id", "status", "sent_at", "ended_at", "refusal")
    request = sa.table("code_request", *(sa.column(name) for name in before))
    answer = sa.table(
        "request_answer",
        *(sa.column(name) for name in ("code_request_id", "kind", "at", "asked_at", "refusal", "needs")),
    )
    for status, kind in (("answered", "code"), ("refused", "refused")):
        came = sa.select(
            request.c.id,
            sa.literal(kind),
            request.c.ended_at,
            request.c.sent_at,
            request.c.refusal,
            sa.literal(""),
        ).where(request.c.status == status, request.c.ended_at.is_not(None))
        op.execute(answer.insert().from_select([column.name for column in answer.c], came))


def texts_and_copies() -> None:
    """The garage's own texts, and copies of papers on their way out."""
    kinds = choice("textkind", "request", "first_reminder", "second_reminder", "after_wrong_code")
    op.create_table(
        "request_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_text")),
        sa.UniqueConstraint("kind", "language", name=op.f("uq_request_text_kind_language")),
    )
    op.create_table(
        "papers_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_request_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.Text(), nullable=False),
        sa.Column("yes_heard_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_request_id"], ["code_request.id"], name=op.f("fk_papers_copy_code_request_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_papers_copy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers_copy")),
    )
    op.create_index(op.f("ix_papers_copy_code_request_id"), "papers_copy", ["code_request_id"])
