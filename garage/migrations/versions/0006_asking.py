"""Asking for the code: what this part needs in the database."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
