"""The rules of the house are kept, and every check of them bites."""

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import PurePosixPath

import pytest
import sqlalchemy as sa

import garage
from garage import paths
from garage.app import close_app, create_app
from garage.db import Base, Database
from garage.seal import Vault
from garage.upkeep import schema
from garage.web.access import WHO_MAY
from garage.web.settings import Settings
from tests import house_rules as rules
from tests.desk import facts

FILES = sorted(path.relative_to(paths.PACKAGE) for path in paths.PACKAGE.rglob("*.py"))
TEMPLATES = sorted(path.relative_to(paths.TEMPLATES) for path in paths.TEMPLATES.rglob("*.html"))

# Whose row is it? "site": it carries site_id and belongs to one workshop. "company": all workshops share it.
# Any other word: the column through which it belongs to a row that has an answer itself.
SITE_RULE = {
    "house": "company",
    "site": "company",
    "person": "site",
    "invitation": "person_id",
    "sign_in": "person_id",
    "reason": "site",
    "journal_entry": "site",
    "receipt": "site",
    "experience": "company",
    "fact_correction": "company",
    "outbox_mail": "site",
    "outbox_attempt": "mail_id",
    "head_unit": "company",
    "radio_code": "company",
    "photo": "site",
    "photo_bytes": "photo_id",
    "customer": "company",
    "vehicle": "company",
    "fitting": "company",
    "job": "site",
    "dealer": "company",
    "code_request": "site",
    "chase_step": "code_request_id",
    "request_answer": "code_request_id",
    "facts_asked": "code_request_id",
    "request_text": "company",
    "papers_copy": "code_request_id",
    "try": "job_id",
    "locked_choice": "job_id",
    "card": "site",
    "print_job": "site",
    "print_part": "print_job_id",
    "code_book": "site",
    "code_book_row": "book_id",
    "card_look": "site",
    "card_language": "site",
    "logo": "site",
    "printer": "site",
    "sheet": "site",
    "sheet_place": "sheet_id",
}

BAD = {
    rules.upward_only: ("radios/actions.py", "from garage.intake.models import Job"),
    rules.web_in_pages_only: ("radios/actions.py", "from flask import request"),
    rules.commit_in_one_place: ("radios/actions.py", "def keep(session):\n    session.commit()"),
    rules.imports_at_the_top: ("radios/actions.py", "def keep():\n    import json"),
    rules.one_clock: ("radios/actions.py", "from datetime import UTC, datetime\nat = datetime.now(UTC)"),
    rules.no_built_sql: ("radios/queries.py", "session.execute(text(f'SELECT {name} FROM job'))"),
    rules.says_what_it_is: ("radios/actions.py", "import json"),
}


def complaints(check: Callable[..., object], path: PurePosixPath, source: str) -> list[str]:
    given = ast.parse(source) if check in rules.CHECKS else source
    return [f"{path}:{complaint}" for complaint in check(path, given)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("check", [*rules.CHECKS, rules.is_short], ids=lambda check: check.__name__)
def test_the_program_keeps_the_rule(check: rules.Check) -> None:
    found = [
        complaint
        for file in FILES
        for complaint in complaints(check, PurePosixPath(file), (paths.PACKAGE / file).read_text())
    ]
    assert found == []


@pytest.mark.parametrize("check", rules.CHECKS, ids=lambda check: check.__name__)
def test_the_check_bites(check: rules.Check) -> None:
    name, source = BAD[check]
    assert len(complaints(check, PurePosixPath(name), source)) == 1


def test_the_checks_of_whole_files_bite() -> None:
    page = PurePosixPath("bay/page.html")
    assert complaints(rules.no_inline_style, page, '<p\n style="color: red">') != []
    assert complaints(rules.is_short, PurePosixPath("bay/views.py"), "\n" * 251) != []


def test_no_page_or_paper_carries_style_of_its_own() -> None:
    found = [
        complaint
        for file in TEMPLATES
        for complaint in complaints(
            rules.no_inline_style, PurePosixPath(file), (paths.TEMPLATES / file).read_text()
        )
    ]
    assert found == []


def loaded_by(*modules: str) -> set[str]:
    """What a fresh process has loaded after importing these modules, without the standard library."""
    program = f"import sys\nbefore = set(sys.modules)\nimport {', '.join(modules)}\nprint(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(paths.CHECKOUT)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in done.stdout.split() if name.split(".")[0] not in sys.stdlib_module_names}


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    domain = [
        module.name for module in pkgutil.walk_packages([str(paths.PACKAGE / "domain")], "garage.domain.")
    ]
    assert len(domain) > 10
    strangers = {name for name in loaded_by(*domain) if not name.startswith("garage.domain")}
    assert strangers == {garage.__name__}


def test_the_domain_check_sees_a_stranger() -> None:
    assert "click" in loaded_by("garage.domain.text", "click")


def test_making_a_pdf_needs_neither_flask_nor_the_database() -> None:
    assert not {name.split(".")[0] for name in loaded_by("garage.cards.render")} & {"flask", "sqlalchemy"}


def test_foreign_keys_lead_to_earlier_rooms_only() -> None:
    room_of = {
        mapper.local_table.name: rules.room_of(mapper.class_.__module__) for mapper in Base.registry.mappers
    }
    backward = [
        f"{table.name} -> {key.column.table.name}"
        for table in schema.METADATA.tables.values()
        for key in table.foreign_keys
        if rules.ROOMS.index(room_of[key.column.table.name]) > rules.ROOMS.index(room_of[table.name])
    ]
    assert backward == []


@pytest.mark.parametrize("table", schema.METADATA.tables.values(), ids=lambda table: table.name)
def test_every_table_says_to_which_site_its_rows_belong(table: sa.Table) -> None:
    rule = SITE_RULE[table.name]
    if rule == "site":
        assert not table.c.site_id.nullable
    else:
        assert "site_id" not in table.c
    if rule not in {"site", "company"}:
        assert table.c[rule].foreign_keys


def test_every_page_is_in_the_table_of_who_may_open_it(settings: Settings) -> None:
    app = create_app(settings, Database(settings.database_url, Vault(None)), facts())
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    close_app(app)
    assert endpoints == set(WHO_MAY)
