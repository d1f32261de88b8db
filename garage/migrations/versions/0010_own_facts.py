"""The garage's own makes, shapes and words: what this part needs in the database."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
