"""Cars that left before their code came: since when, whether somebody called, and the card that waits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Three moments of a job whose car has left."""
    for name in ("left_at", "called_at", "card_kept_at"):
        op.add_column("job", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
