"""The migrations lead to exactly the tables that the program expects, and lose nothing on the way."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from garage.db import Database
from garage.staff import journal
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from garage.upkeep import schema
from garage.web.settings import Settings
from tests import making


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_lead_to_the_tables_of_the_program(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_migrations_write_every_check_and_every_index(database: Database, tmp_path: Path) -> None:
    created = sa.create_engine(f"sqlite:///{tmp_path / 'created.sqlite'}")
    schema.METADATA.create_all(created)
    migrated = sa.inspect(database.engine)
    wanted = sa.inspect(created)
    for table in schema.METADATA.tables:
        assert {check["name"] for check in migrated.get_check_constraints(table)} == {
            check["name"] for check in wanted.get_check_constraints(table)
        }
    created.dispose()


def test_names_to_sign_in_with_are_unique_whatever_their_capitals(session: Session) -> None:
    making.make_person(session, sign_in_name="Ada")
    making.make_person(session, sign_in_name="bea")
    with pytest.raises(sa.exc.IntegrityError):
        making.make_person(session, sign_in_name="aDA")


def test_the_journal_refuses_changes_and_deletions(database: Database) -> None:
    with database.transaction() as session:
        person = making.make_person(session)
        journal.write(session, By(person.site_id, person.id, making.AT), "invited", person)
    for statement in (sa.update(JournalEntry).values(verb="nothing"), sa.delete(JournalEntry)):
        with (
            pytest.raises(sa.exc.DBAPIError, match="the journal only grows"),
            database.transaction() as session,
        ):
            session.execute(statement)
    with database.reading() as session:
        assert session.scalars(sa.select(JournalEntry.verb)).all() == ["invited"]


def test_a_filled_database_is_migrated_without_losing_children(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A migration that rebuilds `vehicle` on SQLite drops the old table: fittings and jobs must stay."""
    with database.transaction() as session:
        vehicle = making.make_vehicle(session)
        head_unit = making.make_head_unit(session, vehicle=vehicle)
        making.make_code(session, head_unit)
        making.make_job(session, vehicle=vehicle, head_unit=head_unit)
    before = rows_per_table(database)
    write_migrations(
        tmp_path,
        "with op.batch_alter_table('vehicle') as vehicle:\n        vehicle.alter_column('model', type_=sa.String(200))",
    )
    monkeypatch.setattr(schema.paths, "MIGRATIONS", tmp_path)
    assert not schema.is_current(database_url)
    schema.upgrade(database_url)
    assert schema.is_current(database_url)
    assert rows_per_table(database) == before
    assert before["fitting"] == before["job"] == before["radio_code"] == 1


def test_a_migration_that_leaves_orphans_is_undone(
    sqlite_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = sqlite_database
    with database.transaction() as session:
        making.make_head_unit(session, vehicle=making.make_vehicle(session))
    before = rows_per_table(database)
    write_migrations(tmp_path, "op.execute('DELETE FROM vehicle')")
    monkeypatch.setattr(schema.paths, "MIGRATIONS", tmp_path)
    with pytest.raises(schema.SchemaProblem, match="fitting"):
        schema.upgrade(settings.database_url)
    assert rows_per_table(database) == before
    assert not schema.is_current(settings.database_url)


def test_a_migration_that_fails_half_way_leaves_nothing(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_migrations(
        tmp_path, "op.create_table('half', sa.Column('id', sa.Integer()))\n    op.execute('nonsense')"
    )
    monkeypatch.setattr(schema.paths, "MIGRATIONS", tmp_path)
    with pytest.raises(sa.exc.DBAPIError):
        schema.upgrade(database_url)
    assert "half" not in sa.inspect(database.engine).get_table_names()


def rows_per_table(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in schema.METADATA.tables.items()
        }


def write_migrations(folder: Path, body: str) -> None:
    """The real migrations and one more whose upgrade() is `body`."""
    (folder / "versions").mkdir()
    for file in [schema.paths.MIGRATIONS / "env.py", *(schema.paths.MIGRATIONS / "versions").glob("*.py")]:
        target = folder / file.relative_to(schema.paths.MIGRATIONS)
        target.write_text(file.read_text())
    last = sorted((folder / "versions").glob("*.py"))[-1].name[:4]
    (folder / "versions" / "9999_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\ndown_revision = '{last}'\n"
        f"def upgrade():\n    {body}\n"
    )
