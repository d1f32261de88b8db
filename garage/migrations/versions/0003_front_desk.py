"""The front desk: what this part needs in the database."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""
