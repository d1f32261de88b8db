"""Printing the same once more: on record again, and to the press again."""

from collections.abc import Callable

from flask import abort, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.cards.actions import PrintPaper
from garage.cards.actions import print_again as print_it_again
from garage.cards.blueprint import bp
from garage.cards.forms import AgainForm
from garage.cards.models import PrintJob
from garage.cards.views_paper import prints_page
from garage.cards.views_pdf import find_print, to_press
from garage.domain.catalogue import Catalogue
from garage.domain.text import Refused
from garage.intake.models import Job
from garage.staff.forms_once import answer_once
from garage.staff.journal import By
from garage.staff.signed_in import by, is_fresh
from garage.web.current import catalogue, read, transaction


@bp.post("/prints/<int:number>/again")
def print_again(number: int) -> ResponseReturnValue:
    """Print the same paper once more: on record again, saying the same."""
    return press_again(
        number,
        find_print,
        lambda status, form: prints_page(_job_of(find_print(read(), number)), status, form, number),
    )


def press_again(
    number: int,
    find: Callable[[Session, int], PrintJob],
    page: Callable[[int, AgainForm], ResponseReturnValue],
    print_once_more: Callable[[Session, PrintJob, Catalogue, PrintPaper, By], PrintJob] = print_it_again,
) -> ResponseReturnValue:
    """Put a print on record once more and lead to its PDF or sheet; else `page(status, form)` with the sentence."""
    form, fresh = AgainForm(), is_fresh()
    if not form.validate():
        return page(422, form)

    def press(session: Session) -> str:
        row = find(session, number)
        command = PrintPaper(row.kind, form.reason.data or "", fresh)
        return to_press(session, print_once_more(session, row, catalogue(), command, by()))

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: press(session))
    except Refused as no:
        form.refuse(no)
        return page(409, form)
    return redirect(location, 303)


def _job_of(row: PrintJob) -> Job:
    """The job that a paper was printed for; 404 for one that belongs to none."""
    return row.job or abort(404)
