"""Cars that left before their code came; numbers by which jobs and experience are found quickly."""

import sqlalchemy as sa
from alembic import op

from garage.domain.plate import folded

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Three moments of a job whose car has left; own job numbers as people search for them; indexes."""
    for name in ("left_at", "called_at", "card_kept_at"):
        op.add_column("job", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("job", sa.Column("own_key", sa.String(), nullable=True))
    job = sa.table("job", sa.column("id"), sa.column("own_number"), sa.column("own_key"))
    numbered = sa.select(job.c.id, job.c.own_number).where(job.c.own_number != "")
    for row in op.get_bind().execute(numbered).all():
        key = folded(row.own_number) or None
        op.get_bind().execute(job.update().where(job.c.id == row.id).values(own_key=key))
    op.create_index("ix_job_own_key", "job", ["own_key"])
    op.drop_index("ix_experience_vehicle", "experience")
    op.create_index(
        "ix_experience_alike", "experience", [sa.text("lower(make)"), sa.text("lower(model)"), "id"]
    )
