"""One history of a radio's codes, wherever they came from, and never the codes themselves."""

from datetime import timedelta

from garage.bay.history import code_history
from garage.bay.models import Try
from garage.board.queries import around
from garage.domain.trying import Outcome
from garage.intake.actions import note_message
from garage.radios.models import Origin
from garage.staff.journal import write
from tests import making
from tests.making import AT, later


def test_message_request_calculator_and_card_stand_in_one_history(session, by):
    unit = making.make_head_unit(session)
    job = making.make_job(session, head_unit=unit)
    note_message(session, job, by)
    request = making.make_code_request(session, job=job, made_at=AT + timedelta(minutes=1))
    making.make_answer(session, request, at=AT + timedelta(minutes=2))
    codes = [
        making.make_code(session, unit, code, origin=origin, entered_at=AT + timedelta(minutes=3 + place))
        for place, (code, origin) in enumerate({"4181": Origin.CARD, "4182": Origin.CALCULATOR}.items())
    ]
    outcomes = (Outcome.DID_NOT_WORK, Outcome.WORKED)
    for place, (code, outcome) in enumerate(zip(codes, outcomes, strict=True)):
        tried = Try(job=job, radio_code=code, outcome=outcome, at=AT + timedelta(minutes=8 + place))
        session.add(tried)
        session.flush()
        write(session, later(by, minutes=8 + place), "record_try", tried)
    session.flush()
    said = [str(one.words) for one in reversed(code_history(session, unit))]
    assert said == [
        "The customer wrote before the car came",
        "Asking for the code begun: Invented Cars Ltd, Letter",
        "Answer of Invented Cars Ltd: The code",
        f"Code on file. It came from: {Origin.CARD.label}",
        f"Code on file. It came from: {Origin.CALCULATOR.label}",
        f"Code entered ({Origin.CARD.label}): {Outcome.DID_NOT_WORK.label}",
        f"Code entered ({Origin.CALCULATOR.label}): {Outcome.WORKED.label}",
    ]
    told = [entry.verb for entry in around(session, job, AT.date(), AT).entries]
    assert told == ["message_in", "record_try", "record_try"]
