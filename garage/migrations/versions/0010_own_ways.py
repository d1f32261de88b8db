"""Ways to a code on which no place is asked: the customer's card, the calculator, and what the customer writes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ALONE = {"resolve_fks": False}  # the tables around it stay unread
STATUSES = ("draft", "queued", "sent", "facts", "answered", "refused", "withdrawn")
WAYS = ("letter", "email", "phone", "portal", "counter", "customer", "card", "calculator", "message")
KINDS = ("code", "need_more", "refused", "wait", "fee", "message")
OPEN = sa.text("status IN ('draft', 'queued', 'sent', 'facts')")
OPEN_WITHOUT_RADIO = sa.text("head_unit_id IS NULL AND status IN ('draft', 'queued', 'sent', 'facts')")


def upgrade() -> None:
    """One more status, three more ways, one more kind of answer; what the customer was asked back."""
    op.drop_index("uq_code_request_open", "code_request")
    with op.batch_alter_table("code_request", reflect_kwargs=ALONE) as table:
        for name, values in (("status", STATUSES), ("channel", WAYS)):
            rule = op.f(f"ck_code_request_{name}_{name}")
            table.drop_constraint(rule, type_="check")
            table.create_check_constraint(rule, sa.column(name).in_(values))
        table.alter_column("head_unit_id", existing_type=sa.Integer(), nullable=True)
    one_open("uq_code_request_open", "head_unit_id", OPEN)
    one_open("uq_code_request_open_without_radio", "job_id", OPEN_WITHOUT_RADIO)
    with op.batch_alter_table("request_answer", reflect_kwargs=ALONE) as table:
        table.drop_constraint(op.f("ck_request_answer_kind_answerkind"), type_="check")
        table.create_check_constraint(op.f("ck_request_answer_kind_answerkind"), sa.column("kind").in_(KINDS))
    questions()
    messages()


def one_open(name: str, column: str, where: sa.TextClause) -> None:
    """Of those that are open there is only one."""
    op.create_index(name, "code_request", [column], unique=True, sqlite_where=where, postgresql_where=where)


def questions() -> None:
    """What the customer was asked back, by whom and when."""
    op.create_table(
        "facts_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_request_id", sa.Integer(), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code_request_id"], ["code_request.id"], name=op.f("fk_facts_asked_code_request_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_facts_asked_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts_asked")),
    )
    op.create_index(op.f("ix_facts_asked_code_request_id"), "facts_asked", ["code_request_id"])


def messages() -> None:
    """A message that stood in the journal only becomes a request that is over: its history says it from now on."""
    entry = sa.table(
        "journal_entry", *(sa.column(name) for name in ("verb", "kind", "row_number", "at", "person_id"))
    )
    job = sa.table(
        "job", *(sa.column(name) for name in ("id", "site_id", "head_unit_id", "built_with_this_radio"))
    )
    request = sa.table(
        "code_request",
        *(sa.column(name) for name in ("site_id", "job_id", "head_unit_id", "built_with_this_radio")),
        *(sa.column(name) for name in ("made_at", "ended_at", "made_by_id", "channel", "status", "note")),
        *(sa.column(name) for name in ("wrong_code_display", "fee_yes_heard_by", "version")),
    )
    wrote = sa.select(
        job.c.site_id,
        job.c.id,
        job.c.head_unit_id,
        job.c.built_with_this_radio,
        entry.c.at,
        entry.c.at.label("ended_at"),
        entry.c.person_id,
        *(sa.literal(text) for text in ("message", "withdrawn", "", "", "")),
        sa.literal(1),
    ).where(entry.c.kind == "job", entry.c.verb == "message_in", entry.c.row_number == job.c.id)
    op.execute(request.insert().from_select([column.name for column in request.c], wrote))
