"""Sheets, printers and the life of a card: what this part needs in the database."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

PAPERS = (
    "card",
    "handover",
    "job-sheet",
    "windscreen-tag",
    "request-letter",
    "take-to-dealer",
    "blank-job-sheet",
    "key-sheet",
)
NEW_PAPERS = (*PAPERS, "card-sheet", "calibration", "receipt", "entry-sheet")


def paper_kinds(kinds: tuple[str, ...]) -> sa.Enum:
    """The names of papers, as the column keeps them."""
    return sa.Enum(*kinds, name="paperkind", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """What the garage chose for its cards, printers, sheets, several cards in one print, a card's life."""
    op.create_table(
        "logo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_logo_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logo")),
    )
    op.create_table(
        "sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("layout_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_sheet_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(
            "uq_sheet_open",
            ["site_id", "layout_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "card_language",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_card_language_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_card_language_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_language")),
        sa.UniqueConstraint("site_id", "language", name=op.f("uq_card_language_site_id_language")),
    )
    op.create_table(
        "card_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column(
            "colour",
            sa.Enum(
                "black",
                "blue",
                "green",
                "red",
                "purple",
                "brown",
                name="cardcolour",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("footer", sa.String(), nullable=False),
        sa.Column("barcode", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["logo_id"], ["logo.id"], name=op.f("fk_card_look_logo_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_card_look_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_look")),
        sa.UniqueConstraint("site_id", name=op.f("uq_card_look_site_id")),
    )
    op.create_table(
        "printer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("layout_id", sa.String(), nullable=False),
        sa.Column("right_mm", sa.Double(), nullable=False),
        sa.Column("down_mm", sa.Double(), nullable=False),
        sa.Column("scale_x", sa.Double(), nullable=False),
        sa.Column("scale_y", sa.Double(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measured_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measured_by_id"], ["person.id"], name=op.f("fk_printer_measured_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_printer_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer")),
        sa.UniqueConstraint("site_id", "name", "layout_id", name=op.f("uq_printer_site_id_name_layout_id")),
    )
    op.create_table(
        "print_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("print_job_id", sa.Integer(), nullable=False),
        sa.Column("head_unit_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("says", sa.String(), nullable=True),
        sa.Column("says_sealed", sa.Text(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_print_part_card_id")),
        sa.ForeignKeyConstraint(["head_unit_id"], ["head_unit.id"], name=op.f("fk_print_part_head_unit_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_print_part_job_id")),
        sa.ForeignKeyConstraint(["print_job_id"], ["print_job.id"], name=op.f("fk_print_part_print_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_part")),
        sa.UniqueConstraint(
            "print_job_id", "head_unit_id", name=op.f("uq_print_part_print_job_id_head_unit_id")
        ),
    )
    op.create_table(
        "sheet_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("print_job_id", sa.Integer(), nullable=True),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_sheet_place_card_id")),
        sa.ForeignKeyConstraint(["print_job_id"], ["print_job.id"], name=op.f("fk_sheet_place_print_job_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_place_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_place")),
        sa.UniqueConstraint("sheet_id", "position", name=op.f("uq_sheet_place_sheet_id_position")),
    )
    with op.batch_alter_table("sheet_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_place_print_job_id"), ["print_job_id"], unique=False)

    with op.batch_alter_table("card", reflect_kwargs={"resolve_fks": False}) as batch_op:
        batch_op.add_column(sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "driver",
                sa.Enum(
                    "first", "second", name="driver", native_enum=False, create_constraint=True, length=32
                ),
                nullable=False,
                server_default="first",
            )
        )
        batch_op.add_column(
            sa.Column(
                "design",
                sa.Enum(
                    "classic",
                    "fold-over",
                    "number",
                    "large-print",
                    name="design",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=False,
                server_default="classic",
            )
        )
        batch_op.add_column(sa.Column("language", sa.String(), nullable=False, server_default="en"))
        batch_op.add_column(sa.Column("own_words", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("not_current_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "why_not_current",
                sa.Enum(
                    "replaced",
                    "void",
                    name="whynotcurrent",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handed_over_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("handed_to", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("papers_seen", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(
            batch_op.f("fk_card_handed_over_by_id"), "person", ["handed_over_by_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_card_person_id"), "person", ["person_id"], ["id"])
    # cards printed before: the newest of a radio is the current one, in the language of its site
    card = sa.table(
        "card",
        *map(sa.column, ("id", "site_id", "head_unit_id", "made_at", "printed_at", "language")),
        *map(sa.column, ("not_current_at", "why_not_current")),
    )
    site = sa.table("site", sa.column("id"), sa.column("language"))
    newer = card.alias()
    op.execute(
        card.update().values(
            printed_at=card.c.made_at,
            language=sa.select(site.c.language).where(site.c.id == card.c.site_id).scalar_subquery(),
        )
    )
    op.execute(
        card.update()
        .where(sa.exists().where(newer.c.head_unit_id == card.c.head_unit_id, newer.c.id > card.c.id))
        .values(not_current_at=card.c.made_at, why_not_current="replaced")
    )
    with op.batch_alter_table("card", reflect_kwargs={"resolve_fks": False}) as batch_op:
        for name in ("driver", "design", "language", "own_words", "handed_to", "papers_seen"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_index(
            "uq_card_current",
            ["head_unit_id", "driver"],
            unique=True,
            sqlite_where=sa.text("not_current_at IS NULL"),
            postgresql_where=sa.text("not_current_at IS NULL"),
        )
    with op.batch_alter_table("print_job", reflect_kwargs={"resolve_fks": False}) as batch_op:
        batch_op.add_column(sa.Column("layout_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("logo_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("printer_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "came_out",
                sa.Enum(
                    "all",
                    "some",
                    "none",
                    name="cameout",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_print_job_printer_id"), "printer", ["printer_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_print_job_logo_id"), "logo", ["logo_id"], ["id"])
        batch_op.alter_column(
            "kind", existing_type=paper_kinds(PAPERS), type_=paper_kinds(NEW_PAPERS), existing_nullable=False
        )
