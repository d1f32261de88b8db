"""Desk PINs, numbers read from photos, and what a customer wants instead of a radio that is locked for good."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ALONE = {"resolve_fks": False}  # rebuild the table without looking at those it points to
READ_HOW = ("label", "photo", "papers", "display", "tester", "on_file")
READ_HOW_CHECK = "ck_job_number_read_how_readhow"
PHOTO_CHECK = "ck_photo_kind_photokind"


def upgrade() -> None:
    """Add the columns and the table; let "read from a photo" be an answer."""
    _desk_pins()
    op.add_column("photo", sa.Column("barcodes", sa.String(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("photo", reflect_kwargs=ALONE) as photo:
        photo.alter_column("barcodes", server_default=None)
        photo.drop_constraint(op.f(PHOTO_CHECK), type_="check")
        photo.create_check_constraint(op.f(PHOTO_CHECK), sa.column("kind").in_(("label", "front", "plate")))
    _job()
    op.create_table(
        "locked_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "specialist",
                "used_radio",
                "new_radio",
                name="instead",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_locked_choice_job_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_locked_choice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locked_choice")),
        sa.UniqueConstraint("job_id", name=op.f("uq_locked_choice_job_id")),
    )


def _desk_pins() -> None:
    op.add_column("person", sa.Column("pin_hash", sa.String(), nullable=True))
    with op.batch_alter_table("sign_in", reflect_kwargs=ALONE) as sign_in:
        sign_in.alter_column("fresh_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        sign_in.add_column(
            sa.Column("device_hash", sa.String(), nullable=False, server_default=sa.text("''"))
        )
        sign_in.add_column(sa.Column("pin_until", sa.DateTime(timezone=True), nullable=True))
        sign_in.add_column(sa.Column("wrong_pins", sa.Integer(), nullable=False, server_default=sa.text("0")))
    with op.batch_alter_table("sign_in", reflect_kwargs=ALONE) as sign_in:
        sign_in.alter_column("device_hash", server_default=None)
        sign_in.alter_column("wrong_pins", server_default=None)
        sign_in.create_index(op.f("ix_sign_in_device_hash"), ["device_hash"])


def _job() -> None:
    with op.batch_alter_table("job", reflect_kwargs=ALONE) as job:
        job.add_column(sa.Column("experience_id", sa.Integer(), nullable=True))
        job.create_foreign_key(op.f("fk_job_experience_id"), "experience", ["experience_id"], ["id"])
        job.add_column(sa.Column("plate_photo_id", sa.Integer(), nullable=True))
        job.create_foreign_key(op.f("fk_job_plate_photo_id"), "photo", ["plate_photo_id"], ["id"])
        job.drop_constraint(op.f(READ_HOW_CHECK), type_="check")
        job.create_check_constraint(op.f(READ_HOW_CHECK), sa.column("number_read_how").in_(READ_HOW))
