"""Sheets, printers and the life of a card: what this part needs in the database."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing yet."""
