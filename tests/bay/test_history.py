"""One history of a radio's codes, wherever they came from, and never the codes themselves."""

from datetime import timedelta

from garage.bay.history import code_history
from garage.bay.models import Try
from garage.board.queries import around
from garage.code_requests.actions import ask
from garage.code_requests.answers import record_answer
from garage.code_requests.commands import Ask
from garage.code_requests.own_ways import keep_code, message_in
from garage.domain.asking import Channel
from garage.domain.job import YesNo
from garage.domain.trying import Outcome
from garage.radios.models import Origin
from garage.staff.journal import write
from tests import making
from tests.making import AT, later


def test_message_request_calculator_and_card_stand_in_one_history(session, by):
    unit = making.make_head_unit(session)
    job = making.make_job(session, head_unit=unit)
    message_in(session, job, (), by)
    request = ask(
        session,
        job,
        Ask(making.make_dealer(session).id, Channel.LETTER, YesNo.NO, None),
        later(by, minutes=1),
    )
    record_answer(session, request, "4180", later(by, minutes=2))
    codes = [
        keep_code(session, job, code, origin, later(by, minutes=3 + place))
        for place, (code, origin) in enumerate({"4181": Origin.CARD, "4182": Origin.CALCULATOR}.items())
    ]
    making.make_code(session, unit, "4183", origin=Origin.OLD_BOOK, entered_at=AT + timedelta(minutes=5))
    outcomes = (Outcome.DID_NOT_WORK, Outcome.WORKED)
    for place, (code, outcome) in enumerate(zip(codes, outcomes, strict=True)):
        tried = Try(job=job, radio_code=code, outcome=outcome, at=AT + timedelta(minutes=8 + place))
        session.add(tried)
        session.flush()
        write(session, later(by, minutes=8 + place), "record_try", tried)
    session.flush()
    said = [str(one.words) for one in reversed(code_history(session, unit))]
    assert said == [
        "The customer wrote",
        "Asking for the code begun: Invented Cars Ltd, Letter",
        "Answer of Invented Cars Ltd: The code",
        f"Code on file. It came from: {Origin.CARD.label}",
        f"Code on file. It came from: {Origin.CALCULATOR.label}",
        f"Code on file. It came from: {Origin.OLD_BOOK.label}",
        f"Code entered ({Origin.CARD.label}): {Outcome.DID_NOT_WORK.label}",
        f"Code entered ({Origin.CALCULATOR.label}): {Outcome.WORKED.label}",
    ]
    told = [entry.verb for entry in around(session, job, AT.date(), AT).entries]
    came = ["add_code", "code_came"]
    asked = ["message_in", "withdraw", "ask", "add_code", "answer"]
    assert told == [*asked, *came, *came, "record_try", "record_try"]
