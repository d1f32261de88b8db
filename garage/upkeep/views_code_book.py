"""A manager's pages of the old code book: upload, columns, dry run, taking over, undoing."""

import io
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.db import SavedMeanwhile
from garage.domain.code_book import Layout, guess_layout
from garage.domain.code_book_fate import Fate
from garage.domain.text import N_, Refused
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.upkeep import code_book as books
from garage.upkeep import code_book_pages as pages
from garage.upkeep.blueprint import bp
from garage.upkeep.code_book_file import Row, read_book
from garage.upkeep.code_book_undo import undo_piece
from garage.upkeep.forms_code_book import BookForm, ColumnsForm, columns_form
from garage.upkeep.models import BookStatus, CodeBook
from garage.web.current import catalogue, close_reading, read, transaction
from garage.web.forms import EditingForm
from garage.web.say import say

RUNNING = {BookStatus.TAKING, BookStatus.UNDOING}


@bp.url_value_preprocessor
def let_books_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """This one page takes more than a form, and holds it in memory: codes never lie open on the disk."""
    if endpoint == "upkeep.upload_book":
        request.max_content_length = current_app.config["MAX_BOOK_LENGTH"]
        request._get_file_stream = lambda *_, **__: io.BytesIO()  # type: ignore[method-assign]


@bp.get("/code-book")
def code_books() -> ResponseReturnValue:
    """The books so far, and a file to begin with."""
    return _list(BookForm(formdata=None))


def _list(form: BookForm, status: int = 200) -> ResponseReturnValue:
    found = pages.books_of(read(), me().site_id)
    return render_template("upkeep/code_books.html", form=form, books=found), status


@bp.post("/code-book")
def upload_book() -> ResponseReturnValue:
    """Read the file, guess its columns and keep it sealed; nothing is taken over yet."""
    form = BookForm()
    if not form.validate():
        return _list(form, 422)
    close_reading()  # the database is not kept waiting for a long file
    try:
        lines = read_book(form.book.data.read())
        layout = guess_layout(lines, catalogue())
        with transaction() as session:
            location = answer_once(session, form, lambda: _kept(session, lines, layout))
    except Refused as no:
        form.refuse(no, "book")
        return _list(form, 422)
    return redirect(location, 303)


def _kept(session: Session, lines: list[Row], layout: Layout) -> str:
    return _address(books.keep_book(session, lines, layout, by()))


@bp.get("/code-book/<int:book_id>")
def code_book(book_id: int) -> ResponseReturnValue:
    """Where a book stands: its dry run, its progress, or what became of it."""
    return _page(_book(read(), book_id))


@bp.post("/code-book/<int:book_id>/columns")
def match_book(book_id: int) -> ResponseReturnValue:
    """Say which column holds what."""
    book = _book(read(), book_id)
    form = ColumnsForm()
    form.offer(pages.columns_of(read(), book))
    if not form.validate():
        return _page(book, form, status=422)
    try:
        with transaction() as session:
            book = _book(session, book_id, lock=True)
            books.match_columns(session, book, form.to_layout(), form.version.data)
    except SavedMeanwhile as no:
        book = _book(read(), book_id)
        current = columns_form(books.layout_of(book), book.version)
        current.offer(pages.columns_of(read(), book))
        form.refuse(no)
        form.show_saved_meanwhile(current)
        return _page(book, form, refusal=form.refusal, status=409)
    except Refused as no:
        return _refused(book_id, no)
    return redirect(_address(book), 303)


@bp.post("/code-book/<int:book_id>/begin")
def begin_book(book_id: int) -> ResponseReturnValue:
    """Begin to take it over."""
    return _change(book_id, lambda session, book, version: books.begin(session, book, version, by()))


@bp.post("/code-book/<int:book_id>/undo")
def undo_book(book_id: int) -> ResponseReturnValue:
    """Begin to undo it."""
    return _change(book_id, lambda session, book, version: books.begin_undo(session, book, version, by()))


@bp.post("/code-book/<int:book_id>/go-on")
def go_on(book_id: int) -> ResponseReturnValue:
    """Do the next piece: one transaction, and what it did is on record with it."""
    try:
        with transaction() as session:
            book = _book(session, book_id, lock=True)
            if book.status is BookStatus.TAKING:
                books.take_piece(session, book, catalogue(), by())
            elif book.status is BookStatus.UNDOING:
                undo_piece(session, book)
    except Refused as no:
        return _refused(book_id, no)
    return redirect(_address(book), 303)


@bp.post("/code-book/<int:book_id>/let-go")
def let_book_go(book_id: int) -> ResponseReturnValue:
    """Delete a book of which nothing was taken over."""
    try:
        with transaction() as session:
            books.let_go(session, _book(session, book_id, lock=True), by())
    except Refused as no:
        return _refused(book_id, no)
    flash(_("The file is gone. Nothing was taken over."), "done")
    return redirect(url_for("upkeep.code_books"), 303)


def _change(book_id: int, act: Any) -> ResponseReturnValue:
    form = EditingForm()
    if not form.validate():
        abort(400)
    try:
        with transaction() as session:
            book = _book(session, book_id, lock=True)
            act(session, book, form.version.data)
    except SavedMeanwhile:
        return _refused(book_id, Refused(N_("Somebody changed this meanwhile. Look at it again.")))
    except Refused as no:
        return _refused(book_id, no)
    return redirect(_address(book), 303)


def _book(session: Session, book_id: int, *, lock: bool = False) -> CodeBook:
    return pages.book_of(session, me().site_id, book_id, lock=lock) or abort(404)


def _address(book: CodeBook) -> str:
    return url_for("upkeep.code_book", book_id=book.id)


def _refused(book_id: int, no: Refused) -> ResponseReturnValue:
    return _page(_book(read(), book_id), refusal=say(no.text), status=409)


def _page(
    book: CodeBook, form: ColumnsForm | None = None, *, refusal: str = "", status: int = 200
) -> ResponseReturnValue:
    around: dict[str, Any] = {"book": book, "refusal": refusal}
    if book.status is BookStatus.READ:
        around |= _before(book, form)
    elif book.status in RUNNING:
        around["left"] = pages.still_to_do(read(), book)
    else:
        around |= {"counts": pages.counts_of(read(), book), "left_over": pages.left_over(read(), book)}
    template = (
        "running" if book.status in RUNNING else "before" if book.status is BookStatus.READ else "after"
    )
    return render_template(f"upkeep/code_book_{template}.html", **around), status


def _before(book: CodeBook, form: ColumnsForm | None) -> dict[str, Any]:
    """The dry run; nothing of it where codes are locked."""
    fate = next((fate for fate in Fate if fate.value == request.args.get("fate")), None)
    layout = books.layout_of(book)
    matched = form or columns_form(layout, book.version)
    matched.offer(pages.columns_of(read(), book))
    return {
        "form": matched,
        "fate": fate,
        "run": pages.dry_run(read(), book, catalogue(), fate, request.args.get("page", 1, type=int)),
        "ready": books.is_ready(layout),
    }
