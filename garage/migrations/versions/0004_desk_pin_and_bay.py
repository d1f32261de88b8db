"""Desk PINs and the bay: what this part needs in the database."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing yet."""
