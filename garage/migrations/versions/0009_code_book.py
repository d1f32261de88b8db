"""The old code book: what this part needs in the database."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nothing yet."""
