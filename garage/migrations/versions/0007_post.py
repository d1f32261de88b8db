"""The outbox, its attempts and chasing: what this part needs in the database."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing yet."""
