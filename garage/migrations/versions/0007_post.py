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


def upgrade() -> None:
    """The outbox was never written to before: its columns change freely."""
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
