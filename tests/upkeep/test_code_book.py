"""An old code book is taken over and undone, and nothing is lost, doubled or left in the open."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from garage.db import Database
from garage.domain.code_book import guess_layout
from garage.domain.people import Role
from garage.intake.merging import merge_vehicles
from garage.intake.models import Fitting, Vehicle
from garage.radios.models import HeadUnit, Origin, RadioCode, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Person
from garage.upkeep import code_book
from garage.upkeep.code_book import AT_ONCE
from garage.upkeep.code_book_undo import undo_piece
from garage.upkeep.models import BookStatus, CodeBook, CodeBookRow
from garage.web.settings import Settings
from tests import old_book
from tests.conftest import FixedClock
from tests.desk import FORMS, Desk, facts, made_in, open_desk, words
from tests.making import first_site, make_code, make_head_unit, make_job, make_person, make_vehicle

MADE = (Vehicle, HeadUnit, Fitting, RadioCode)


@pytest.fixture
def desk(settings: Settings, clock: FixedClock) -> Iterator[Desk]:
    with open_desk(settings, clock) as opened:
        yield opened


def upload(desk: Desk, data: bytes) -> TestResponse:
    """Send the file as a browser does, in one piece: the client of the tests would put it on the disk."""
    part = b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    key = part % (b"form_key", f"form-{next(FORMS)}".encode())
    file = part.replace(b'"\r\n', b'"; filename="book.csv"\r\n', 1) % (b"book", data)
    body = key + file + b"--edge--\r\n"
    return desk.client.post("/code-book", data=body, content_type="multipart/form-data; boundary=edge")


def uploaded(desk: Desk, data: bytes) -> str:
    """The address of the book's page."""
    response = upload(desk, data)
    assert response.status_code == 303, words(response)
    return response.location


def said(desk: Desk, address: str) -> str:
    return html.unescape(words(desk.get(address)))


def version(desk: Desk, address: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', desk.get(address).text)
    assert found
    return found[1]


def run(desk: Desk, address: str, what: str) -> None:
    """Take a book over ("begin") or undo it ("undo"), piece by piece to the end."""
    assert desk.post(f"{address}/{what}", version=version(desk, address)).status_code == 303
    for _ in range(100):
        if "data-go-on" not in desk.get(address).text:
            return
        assert desk.post(f"{address}/go-on").status_code == 303
    raise AssertionError("it never ends")


def rows_of(desk: Desk) -> list[int]:
    with desk.database.reading() as session:
        return [session.scalar(sa.select(sa.func.count(kind.id))) or 0 for kind in MADE]


def test_a_book_is_taken_over_and_undone_on_both_databases(database: Database, clock: FixedClock) -> None:
    lines = [old_book.HEADINGS, *old_book.messy_rows()[-AT_ONCE - 10 :]]  # more than one piece

    def keep(session: Session) -> tuple[int, By]:
        by = By(first_site(session).id, make_person(session).id, clock())
        return code_book.keep_book(session, lines, guess_layout(lines, facts()), by).id, by

    book_id, by = made_in(database, keep)

    def drive(act: Callable[[Session, CodeBook], None], until: BookStatus) -> list[int]:
        for _ in range(3):
            with database.transaction() as session:
                book = session.get_one(CodeBook, book_id, with_for_update=True)
                act(session, book)
                if book.status is until:
                    return [session.scalar(sa.select(sa.func.count(kind.id))) or 0 for kind in MADE]
        raise AssertionError("it never ends")

    with database.transaction() as session:
        book = session.get_one(CodeBook, book_id)
        code_book.begin(session, book, book.version, by)
    taken = drive(lambda session, book: code_book.take_piece(session, book, facts(), by), BookStatus.TAKEN)
    assert min(taken) > AT_ONCE
    with database.transaction() as session:
        book = session.get_one(CodeBook, book_id)
        code_book.begin_undo(session, book, book.version, by)
    assert drive(undo_piece, BookStatus.UNDONE) == [0, 0, 0, 0]


def test_a_messy_book_of_three_hundred_rows_is_taken_over_and_undone(desk: Desk) -> None:
    before = rows_of(desk)
    address = uploaded(desk, old_book.as_csv())
    assert rows_of(desk) == before
    page = said(desk, address)
    for told in (
        "All rows 300",
        "Car not known yet 292",
        "Radio without its car 2",
        "Twice in the book 1",
        "Another code is on file 1",
        "Cannot be used 4",
        "Take 294 codes over",
    ):
        assert told in page, told
    assert "1001" not in page
    run(desk, address, "begin")
    assert [now - then for now, then in zip(rows_of(desk), before, strict=True)] == [292, 294, 292, 294]
    page = said(desk, address)
    for told in (
        "Taken over",
        "Car not known yet 292",
        "Row 296 Cannot be used No serial",
        "Row 5 has another code.",
    ):
        assert told in page, told
    assert " ," not in page
    run(desk, address, "undo")
    assert rows_of(desk) == before
    assert "Everything that this book made is gone." in said(desk, address)


def test_a_spreadsheet_is_taken_over_with_its_leading_zeros(desk: Desk) -> None:
    address = uploaded(desk, old_book.as_xlsx())
    run(desk, address, "begin")
    with desk.database.reading() as session:
        unit = session.scalars(sa.select(HeadUnit).where(HeadUnit.serial_number == old_book.serial(8))).one()
        (code,) = unit.codes
        assert desk.database.vault.open(code.sealed) == "0417"
        assert (code.origin, code.standing) == (Origin.OLD_BOOK, Standing.TO_TRY)


def small(*rows: str) -> bytes:
    return ("Kennzeichen;Radio;Seriennummer;Code;Kunde\n" + "\n".join(rows)).encode()


ONE = small("KA-AB 1;Symphony;SKZ1Z2K8000001;0417;Jo Hill")


def test_a_car_from_the_book_is_known_with_its_radio_its_code_and_its_owner(desk: Desk) -> None:
    run(desk, uploaded(desk, ONE), "begin")
    page = words(desk.post("/new/known", registration="ka ab 1"))
    for told in ("We know this car", "Symphony", "Jo Hill, as the old code book says", "not tried yet"):
        assert told in page, told
    with desk.database.reading() as session:
        car = session.scalars(sa.select(Vehicle.id)).one()
    assert 'value="Jo Hill"' in desk.get(f"/new?car={car}").text
    with desk.database.reading() as session:
        vehicle = session.scalars(sa.select(Vehicle)).one()
        assert (vehicle.registration, vehicle.make, vehicle.known_owner) == ("KAAB1", "Skoda", "Jo Hill")
        assert vehicle.head_unit is not None


def test_the_code_lies_sealed_until_it_is_taken_over_and_nowhere_afterwards(
    desk: Desk, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    odd = small("KA-AB 1;Symphony;SKZ1Z2K8000001;73519;Jo", "KA-AB 2;Symphony;;73519;Jo")
    address = uploaded(desk, odd)
    assert settings.sqlite_file
    for page in (desk.get(address).text, desk.get("/code-book").text, caplog.text):
        assert "73519" not in page
    assert b"73519" not in settings.sqlite_file.read_bytes()
    with desk.database.reading() as session:
        assert "73519" not in repr(session.scalars(sa.select(CodeBookRow.cells)).all())
    run(desk, address, "begin")
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBookRow.cells)).all() == [None, None]
    assert b"73519" not in settings.sqlite_file.read_bytes()
    assert "73519" not in desk.get(address).text + caplog.text


def test_an_upload_never_touches_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk(*given: object, **more: object) -> None:
        raise AssertionError("a file on the disk")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", disk)
    assert upload(desk, ONE + (b"\n" + b" " * 1000) * 2000).status_code == 303


def test_what_was_used_since_stays_and_is_listed(desk: Desk, clock: FixedClock) -> None:
    rows = [f"KA-AB {number};Symphony;{old_book.serial(number)};0417;Jo" for number in range(1, 6)]
    address = uploaded(desk, small(*rows))
    run(desk, address, "begin")

    def use(session: Session) -> None:
        cars = session.scalars(sa.select(Vehicle).order_by(Vehicle.id)).all()
        make_job(session, vehicle=cars[0])
        unit = cars[1].head_unit
        assert unit
        unit.codes[0].standing = Standing.WORKED
        radio = cars[2].head_unit
        assert radio
        radio.model = "Gamma"

    made_in(desk.database, use)
    run(desk, address, "undo")
    assert rows_of(desk) == [3, 3, 3, 3]
    page = said(desk, address)
    assert [f"Row {row}" in page for row in range(2, 7)] == [True, True, True, False, False]


def test_a_code_that_somebody_saw_stays(desk: Desk) -> None:
    address = uploaded(desk, ONE)
    run(desk, address, "begin")

    def show(session: Session) -> None:
        code = session.scalars(sa.select(RadioCode)).one()
        session.add(
            JournalEntry(
                site_id=1,
                at=code.entered_at,
                verb="show_code",
                kind="radio_code",
                row_number=code.id,
                request_id="",
            )
        )

    made_in(desk.database, show)
    run(desk, address, "undo")
    assert rows_of(desk) == [1, 1, 1, 1]


def test_a_car_that_was_merged_since_is_never_taken_away(desk: Desk, clock: FixedClock) -> None:
    kept = made_in(desk.database, lambda session: make_vehicle(session, make="Skoda"))
    address = uploaded(desk, ONE)
    run(desk, address, "begin")

    def merge(session: Session) -> None:
        cars = session.scalars(sa.select(Vehicle).order_by(Vehicle.id)).all()
        by = By(1, None, clock())
        merge_vehicles(session, cars[0], cars[1], (1, 1), "The same car.", facts(), by)

    made_in(desk.database, merge)
    run(desk, address, "undo")
    with desk.database.reading() as session:
        assert session.get(Vehicle, kept.id) is not None
    assert "Row 2" in said(desk, address)


def test_a_crash_half_way_goes_on_and_nothing_is_taken_over_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_book, "AT_ONCE", 2)
    rows = [f"KA-AB {number};Symphony;{old_book.serial(number)};0417;Jo" for number in range(1, 6)]
    address = uploaded(desk, small(*rows))
    desk.post(f"{address}/begin", version=version(desk, address))
    desk.post(f"{address}/go-on")
    calls = []
    add_code = code_book.add_code

    def crash(*given: object) -> RadioCode:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError("the lights went out")
        return add_code(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(code_book, "add_code", crash)
    with pytest.raises(RuntimeError):
        desk.post(f"{address}/go-on")
    assert rows_of(desk) == [2, 2, 2, 2]
    assert "Rows taken over: 2 of 5" in said(desk, address)
    for _ in range(4):
        desk.post(f"{address}/go-on")
    assert rows_of(desk) == [5, 5, 5, 5]
    assert "Taken over" in said(desk, address)


def test_a_book_stopped_half_way_can_be_undone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_book, "AT_ONCE", 1)
    address = uploaded(desk, small(*(f"KA-AB {n};;SKZ1Z2K800000{n};0417;" for n in (1, 2, 3))))
    desk.post(f"{address}/begin", version=version(desk, address))
    desk.post(f"{address}/go-on")
    page = desk.get(address).text
    assert "Undo all of it" in page
    seen = version(desk, address)
    desk.post(f"{address}/go-on")  # the next piece is under way already while somebody presses the button
    assert desk.post(f"{address}/undo", version=seen).status_code == 303
    while "data-go-on" in desk.get(address).text:
        desk.post(f"{address}/go-on")
    assert rows_of(desk) == [0, 0, 0, 0]
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBookRow.cells)).all() == [None] * 3


def test_what_is_on_file_is_never_changed_by_the_book(desk: Desk) -> None:
    def known(session: Session) -> None:
        car = make_vehicle(session, registration="KAAB1", registration_shown="KA-AB 1", make="Skoda")
        make_code(session, make_head_unit(session, serial_number="SKZ1Z2K8000001", vehicle=car), "0418")
        make_vehicle(session, registration="KAAB2", registration_shown="KA-AB 2", make="Seat", model="Ibiza")
        other = make_vehicle(session, registration="KAAB3", registration_shown="KA-AB 3")
        make_head_unit(session, serial_number="SKZ1Z2K8000009", vehicle=other)

    made_in(desk.database, known)
    address = uploaded(
        desk,
        small(
            "KA-AB 1;;SKZ1Z2K8000001;0417;",
            "KA-AB 2;Melody;SKZ1Z2K8000002;0417;Kim",
            "KA-AB 3;;SKZ1Z2K8000003;0417;",
            "KA-AB 4;;SKZ1Z2K8000009;0417;",
        ),
    )
    page = said(desk, address)
    for told in ("Another code is on file 1", "Known car 1", "Radio without its car 1", "Cannot be used 1"):
        assert told in page, told
    run(desk, address, "begin")
    with desk.database.reading() as session:
        codes = (
            session.scalars(sa.select(HeadUnit).where(HeadUnit.serial_number == "SKZ1Z2K8000001")).one().codes
        )
        assert [desk.database.vault.open(code.sealed) for code in codes] == ["0418"]
        seat = session.scalars(sa.select(Vehicle).where(Vehicle.registration == "KAAB2")).one()
        assert (seat.make, seat.model, seat.known_owner, seat.version) == ("Seat", "Ibiza", "", 1)
        assert seat.head_unit is not None
        assert seat.head_unit.model == "Melody"
    run(desk, address, "undo")
    assert rows_of(desk) == [3, 2, 2, 1]


def test_columns_are_corrected_by_hand(desk: Desk) -> None:
    address = uploaded(desk, b"a;b;c\nSKZ1Z2K8000001;x417;KA-AB 1\n")
    page = desk.get(address).text
    assert "Take 1 code over" not in page
    choice = dict.fromkeys(("vin", "make", "radio", "customer"), -1)
    good = choice | {"registration": 2, "serial_number": 0, "code": 1, "begins": 2}
    wrong = desk.post(f"{address}/columns", version=version(desk, address), **(good | {"code": 0}))
    assert wrong.status_code == 422
    assert "chosen above already" in wrong.text
    assert desk.post(f"{address}/columns", version=version(desk, address), **good).status_code == 303
    assert "Take 1 code over" in said(desk, address)
    stale = desk.post(f"{address}/columns", version=1, **(good | {"registration": -1, "begins": 3}))
    assert stale.status_code == 409
    page = html.unescape(stale.text)
    assert "Saved meanwhile by someone else: C: c, KA-AB 1" in page
    assert "Saved meanwhile by someone else: 2" in page
    assert page.count("Saved meanwhile by someone else:") == 2
    assert re.search(r'name="begins"[^>]*value="3"', page)


def test_what_looks_like_a_code_is_hidden_where_columns_are_chosen(desk: Desk) -> None:
    page = desk.get(uploaded(desk, b"x;y\n7351;SKZ1Z2K8000001\n7 352;SKZ1Z2K8000002\n")).text
    assert "A: x, ••••, ••••" in page
    assert "7351" not in page
    assert "7 352" not in page


def test_a_file_that_is_not_taken_over_is_let_go_after_a_week(desk: Desk, clock: FixedClock) -> None:
    address = uploaded(desk, ONE)
    assert "within a week" in said(desk, address)

    def forget() -> None:
        with desk.database.transaction() as session:
            code_book.forget_books(session, clock())

    clock.move(days=6)
    forget()
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBookRow)).all()
    clock.move(days=1)
    forget()
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBookRow)).all() == []
        assert session.scalars(sa.select(CodeBook)).all() == []


def test_the_rest_of_a_book_that_nobody_goes_on_with_is_let_go_after_a_week(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_book, "AT_ONCE", 1)
    address = uploaded(desk, small("KA-AB 1;;SKZ1Z2K8000001;0417;", "KA-AB 2;;SKZ1Z2K8000002;0417;"))
    desk.post(f"{address}/begin", version=version(desk, address))
    desk.post(f"{address}/go-on")
    clock.move(days=7)
    with desk.database.transaction() as session:
        code_book.forget_books(session, clock())
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBookRow.cells)).all() == [None, None]
        (last,) = session.scalars(sa.select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1))
        assert (last.verb, last.request_id) == ("let_book_go", "worker")
        owner = session.get_one(Person, 1)
    desk.sign_in(owner, clock())
    page = said(desk, address)
    assert "Row 3 Cannot be used Not taken over within a week." in page
    run(desk, address, "undo")
    assert rows_of(desk) == [0, 0, 0, 0]


def test_a_book_that_was_taken_over_is_not_let_go(desk: Desk, clock: FixedClock) -> None:
    run(desk, uploaded(desk, ONE), "begin")
    clock.move(days=30)
    with desk.database.transaction() as session:
        code_book.forget_books(session, clock())
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBook)).one()


def test_a_code_in_a_wrong_column_stays_hidden(desk: Desk) -> None:
    book = b"Kennzeichen;Seriennummer;Code;Kunde\n735 19;VWZ1Z2F5112903;code 7351;Radio-Code 73519\n"
    page = said(desk, uploaded(desk, book))
    assert "VWZ1Z2F5112903" in page
    assert "7351" not in page
    assert "735 19" not in page


def test_a_code_in_a_wrong_column_is_kept_nowhere_in_the_open(desk: Desk, settings: Settings) -> None:
    book = (
        b"Kennzeichen;Marke;Radio;Seriennummer;Code;Kunde\n735 19;Skoda;47113;SKZ1Z2K8000001;83159;Jo 83159\n"
    )
    address = uploaded(desk, book)
    page = said(desk, address)
    assert "is left out" in page
    run(desk, address, "begin")
    assert settings.sqlite_file
    kept = settings.sqlite_file.read_bytes()
    for code in ("83159", "47113", "735 19", "73519"):
        assert code.encode() not in kept
        assert code not in page + said(desk, address)
    with desk.database.reading() as session:
        assert session.scalars(sa.select(RadioCode)).one()


def test_a_file_is_let_go_and_another_upload_replaces_it(desk: Desk) -> None:
    first = uploaded(desk, ONE)
    second = uploaded(desk, ONE)
    assert desk.get(first).status_code == (404 if first != second else 200)
    assert desk.post(f"{second}/let-go").location == "/code-book"
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBook)).all() == []
        assert session.scalars(sa.select(CodeBookRow)).all() == []


def test_a_book_begins_once_and_is_undone_once(desk: Desk) -> None:
    address = uploaded(desk, ONE)
    seen = version(desk, address)
    assert desk.post(f"{address}/undo", version=seen).status_code == 409
    assert desk.post(f"{address}/begin", version=seen).status_code == 303
    again = desk.post(f"{address}/begin", version=seen)
    assert again.status_code == 409
    assert "Somebody changed this meanwhile. Look at it again." in words(again)
    assert desk.post(f"{address}/let-go").status_code == 409


def test_every_step_is_on_record(desk: Desk) -> None:
    address = uploaded(desk, ONE)
    run(desk, address, "begin")
    run(desk, address, "undo")
    with desk.database.reading() as session:
        verbs = session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)).all()
    assert list(verbs) == ["read_code_book", "take_over_book", "add_radio", "add_code", "undo_book"]
    assert "took an old code book over" in words(desk.get("/who-did-what"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"a" * 5_000_001], ids=["empty", "no zip", "large"])
def test_a_file_that_cannot_be_used_is_said_in_a_sentence(desk: Desk, data: bytes) -> None:
    response = upload(desk, data)
    assert response.status_code in {413, 422}
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeBook)).all() == []


def test_only_managers_take_books_over(desk: Desk, clock: FixedClock) -> None:
    address = uploaded(desk, ONE)
    for role in (Role.TECHNICIAN, Role.FRONT_DESK):
        desk.sign_in(made_in(desk.database, lambda s, r=role: make_person(s, role=r)), clock())
        assert desk.get("/code-book").status_code == 403
        assert desk.get(address).status_code == 403
        assert desk.post(f"{address}/begin", version=1).status_code == 403
        assert "Old code book" not in desk.get("/").text
