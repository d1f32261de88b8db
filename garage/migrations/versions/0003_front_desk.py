"""The front desk: one open job a car, and what is said of a radio from another vehicle."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# An older job that was opened again while the car was back in: the newer one is the one people work on.
CLOSE_THE_OLDER = """
    UPDATE job SET closed_at = opened_at
    WHERE closed_at IS NULL AND EXISTS (
        SELECT 1 FROM job AS newer
        WHERE newer.vehicle_id = job.vehicle_id AND newer.closed_at IS NULL AND newer.id > job.id
    )
"""


def upgrade() -> None:
    """An index that lets a car in once, and a column for the answer."""
    op.execute(CLOSE_THE_OLDER)
    with op.batch_alter_table("job", reflect_kwargs={"resolve_fks": False}) as job:
        job.add_column(
            sa.Column(
                "elsewhere_said",
                sa.Enum("swapped", "unclear", name="elsewhere", native_enum=False, length=32),
                nullable=True,
            )
        )
        job.create_check_constraint(
            op.f("ck_job_elsewhere_said_elsewhere"), "elsewhere_said IN ('swapped', 'unclear')"
        )
        job.create_index(
            "uq_job_open",
            ["vehicle_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
