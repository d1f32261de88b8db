"""The old code book: its sealed rows until they are taken over, what they made, and whose car it was."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ALONE = {"resolve_fks": False}  # the tables around it stay unread
ORIGINS = ("card", "dealer", "online", "specialist", "customer", "own_records", "calculator", "old_book")


def choice(name: str, *values: str) -> sa.Enum:
    """A column of fixed words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """A code may be from the old book; a car may have an owner known from it; the book itself."""
    with op.batch_alter_table("radio_code", reflect_kwargs=ALONE) as table:
        table.drop_constraint(op.f("ck_radio_code_origin_origin"), type_="check")
        table.create_check_constraint(op.f("ck_radio_code_origin_origin"), sa.column("origin").in_(ORIGINS))
    with op.batch_alter_table("vehicle", reflect_kwargs=ALONE) as table:
        table.add_column(sa.Column("known_owner", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("vehicle", reflect_kwargs=ALONE) as table:
        table.alter_column("known_owner", server_default=None)
    book()
    rows()


def book() -> None:
    """One uploaded file."""
    op.create_table(
        "code_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            choice("bookstatus", "read", "taking", "taken", "undoing", "undone"),
            nullable=False,
        ),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("columns", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_code_book_site_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_code_book_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_book")),
    )


def rows() -> None:
    """Its lines, and what each of them made."""
    fates = choice(
        "fate",
        "new_car",
        "known_car",
        "joined",
        "radio_only",
        "on_file",
        "twice",
        "code_differs",
        "cannot",
    )
    made = ("vehicle", "head_unit", "fitting", "radio_code")
    op.create_table(
        "code_book_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=True),
        sa.Column("fate", fates, nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        *(sa.Column(f"{table}_id", sa.Integer(), nullable=True) for table in made),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["code_book.id"], name=op.f("fk_code_book_row_book_id")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_code_book_row_{table}_id")
            )
            for table in made
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_book_row")),
        sa.UniqueConstraint("book_id", "place", name=op.f("uq_code_book_row_book_id_place")),
    )
