"""Cars that left before their code came: what this part needs in the database."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing yet."""
