"""What people do in the invented garage, each step by the same action that a real press of a button takes."""

from collections.abc import Callable
from datetime import timedelta

from garage.bay import actions as bay
from garage.bay import left, locked, stops, trying
from garage.bay.commands import AddCodeToTry, LookAgain, NoteEarlierTries, RecordTry, ShowCode
from garage.bay.queries import newest_try
from garage.code_requests import actions as asking
from garage.code_requests import answers, chasing, own_ways, sending
from garage.code_requests.commands import Ask
from garage.code_requests.queries import today_at, usual_answer_by
from garage.db import vault_of
from garage.domain.asking import Channel, Refusal, facts_named
from garage.domain.chasing import Chase
from garage.domain.clearance import Ground, Plea
from garage.domain.job import Answer, Elsewhere, Gone, ReadHow, SameRadio, WhyNotNeeded, Work, YesNo
from garage.domain.leaving import GoesOn
from garage.domain.trying import Instead, Outcome, WhyAgain
from garage.intake import actions as intake
from garage.intake.clearing import give_yes
from garage.intake.commands import CorrectCar, RecordRadio, TakeIn
from garage.intake.radio import record_radio
from garage.radios.models import Origin
from garage.staff.models import Person
from garage.upkeep.demo_code_book import BOOKS
from garage.upkeep.demo_printing import PRINTING
from garage.upkeep.demo_scene import Scene
from garage.upkeep.demo_story import Step, one_of

WORTH_IT = "The dealer read the number back to us and sent another code."


def act(scene: Scene, step: Step) -> None:
    """Do one step. Raises KeyError for a word that nobody knows, Refused where a rule says no."""
    STEPS[step.do](scene, **step.words)


def take_in(
    scene: Scene,
    answer: str,
    *,
    work: str = "battery",
    vin: bool = False,
    customer: str = "",
    phone: str = "",
    own_number: str = "",
    why: str = "",
    same_radio: str = "",
    gone: str = "",
    code: str = "",
    somebody_else: bool = False,
) -> None:
    """The car comes in; `vin` where the desk has it at hand.

    `somebody_else`: the desk did not believe that a like customer is the same person.
    """
    visit = scene.visit
    command = TakeIn(
        registration=visit.registration,
        vin=visit.vin if vin else "",
        customer_name=customer or visit.customer,
        phone=phone or visit.phone,
        email="" if customer else visit.email,
        work=one_of(Work, work),
        answer=one_of(Answer, answer),
        own_number=own_number,
        why_not_needed=one_of(WhyNotNeeded, why) if why else None,
        same_radio=one_of(SameRadio, same_radio) if same_radio else None,
        serial_number=visit.radio["serial_number"] if code else "",
        radio_code=code,
        gone=one_of(Gone, gone) if gone else None,
        customer_id=0 if somebody_else else None,
    )
    intake.take_in(scene.session, command, scene.catalogue, scene.by, own_ways)


def correct_car(scene: Scene) -> None:
    """Write make, model and year of a car whose numbers nobody needed."""
    job, visit = scene.job, scene.visit
    command = CorrectCar(
        customer_name=job.customer.name,
        phone=job.customer.phone,
        email=job.customer.email,
        registration=visit.registration,
        make=visit.make,
        model=visit.model,
        year=visit.year,
        work=job.work,
        own_number=job.own_number,
        version=job.version,
    )
    intake.correct_car(scene.session, job, command, scene.catalogue, scene.by)


def read_numbers(
    scene: Scene, read_how: str, built_with: str, display: str = "", elsewhere: str = ""
) -> None:
    """Read VIN and serial number at the car; `elsewhere`: what is said of another car's radio."""
    job, visit, radio = scene.job, scene.visit, scene.visit.radio
    command = RecordRadio(
        vin=visit.vin,
        chassis_reason="",
        make=visit.make,
        model=visit.model,
        year=visit.year,
        serial_number=radio["serial_number"],
        radio_make=radio["make"],
        radio_model=radio["model"],
        part_number=radio.get("part_number", ""),
        read_how=one_of(ReadHow, read_how),
        built_with_this_radio=one_of(YesNo, built_with),
        display_text=display,
        version=job.version,
        elsewhere=one_of(Elsewhere, elsewhere) if elsewhere else None,
    )
    record_radio(scene.session, job, command, scene.catalogue, scene.by)


def say_yes(
    scene: Scene, ground: str, sentence: str, who_said: str = "", how: str = "", heard_by: str = ""
) -> None:
    """One of the honest exits."""
    plea = Plea(one_of(Ground, ground), sentence, who_said, how, heard_by)
    role = scene.session.get_one(Person, scene.by.person_id).role
    give_yes(scene.session, scene.job, scene.catalogue, scene.by, plea, role)


def ask(scene: Scene, channel: str, built_with: str, dealer: str = "") -> None:
    """Ask for the code; without a dealer the customer asks."""
    job = scene.job
    command = Ask(
        dealer_id=scene.dealers[dealer] if dealer else None,
        channel=one_of(Channel, channel),
        built_with_this_radio=one_of(YesNo, built_with),
        due_on=usual_answer_by(job.site, today_at(job.site, scene.by.at)),
    )
    asking.ask(scene.session, job, command, scene.by)


def note_earlier_tries(scene: Scene, earlier: str, display: str, about: int = 0) -> None:
    """Say who tried before, and what the display shows."""
    job = scene.job
    command = NoteEarlierTries(one_of(YesNo, earlier), about, display, job.version)
    trying.note_earlier_tries(scene.session, job, command, scene.by)


def add_code_to_try(scene: Scene, code: str, origin: str) -> None:
    """Put a code on file. Ours are no digits, so somebody has looked twice."""
    command = AddCodeToTry(code, one_of(Origin, origin), checked=True)
    trying.add_code_to_try(scene.session, scene.job, command, scene.catalogue, scene.by)


def show_code(scene: Scene, why_again: str = "") -> None:
    """See the code in order to enter it; before what may be the last try, number and code once more."""
    code = scene.code
    typed = vault_of(scene.session).open(code.sealed)
    look = LookAgain(code.head_unit.serial_number, typed, second=None, reason=WORTH_IT)
    command = ShowCode(one_of(WhyAgain, why_again) if why_again else None, look=look)
    trying.show_code(scene.session, scene.job, scene.code, command, scene.catalogue, scene.by)


def show_on_call(scene: Scene) -> None:
    """See the code in order to read it out to the customer."""
    left.show_on_call(scene.session, scene.job, scene.code, ShowCode(), scene.catalogue, scene.by)


def let_go(scene: Scene, reason: str = "") -> None:
    """The car leaves, and its customer waits for the code."""
    left.let_go(scene.session, scene.job, GoesOn.WAITS, reason, scene.by)


def note_choice(scene: Scene, choice: str) -> None:
    """What the customer of a locked radio wants instead."""
    locked.note_choice(scene.session, scene.job, one_of(Instead, choice), scene.by)


def record_try(
    scene: Scene, outcome: str, why_again: str = "", display: str = "", minutes: int | None = None
) -> None:
    """Say what the radio did with the code."""
    job = scene.job
    command = RecordTry(
        outcome=one_of(Outcome, outcome),
        newest_try=newest_try(scene.session, job),
        why_again=one_of(WhyAgain, why_again) if why_again else None,
        display_text=display,
        wait_minutes=minutes,
    )
    trying.record_try(scene.session, job, scene.code, command, scene.by)


def stop(scene: Scene, what: str, reason: str) -> None:
    """A manager puts a stop on the radio or on the car."""
    thing = scene.radio if what == "radio" else scene.job.vehicle
    stops.stop(scene.session, thing, reason, thing.version, scene.by)


STEPS: dict[str, Callable[..., object]] = {
    "take_in": take_in,
    "correct_car": correct_car,
    "record_radio": read_numbers,
    "give_yes": say_yes,
    "take_off": lambda scene: bay.take_off(scene.session, scene.job, scene.by),
    "already_off": lambda scene: bay.already_off(scene.session, scene.job, scene.by),
    "connect": lambda scene: bay.connect(scene.session, scene.job, scene.by),
    "plays": lambda scene: bay.plays(scene.session, scene.job, scene.by),
    "asks": lambda scene: bay.asks(scene.session, scene.job, scene.by),
    "hand_over": lambda scene: bay.hand_over(scene.session, scene.job, scene.by),
    "note_papers_seen": lambda scene: bay.note_papers_seen(scene.session, scene.job, scene.by),
    "let_go": let_go,
    "call_later": lambda scene: left.call_later(scene.session, scene.job, scene.by),
    "keep_card": lambda scene: left.keep_card(scene.session, scene.job, scene.by),
    "note_earlier_tries": note_earlier_tries,
    "customer_wrote": lambda scene, asked: own_ways.message_in(
        scene.session, scene.job, facts_named(asked), scene.by
    ),
    "ask": ask,
    "send": lambda scene: sending.send(scene.session, scene.request, scene.by),
    "chased": lambda scene, step: chasing.note_chased(
        scene.session, scene.request, one_of(Chase, step), scene.by
    ),
    "wait_with_it": lambda scene, days, reason: chasing.wait_with_it(
        scene.session, scene.request, scene.by.at + timedelta(days=days), reason, scene.by
    ),
    "record_answer": lambda scene, code: answers.record_answer(scene.session, scene.request, code, scene.by),
    "record_refusal": lambda scene, refusal: answers.record_refusal(
        scene.session, scene.request, one_of(Refusal, refusal), scene.by
    ),
    "withdraw": lambda scene: asking.withdraw(scene.session, scene.request, scene.by),
    "add_code_to_try": add_code_to_try,
    "show_code": show_code,
    "show_on_call": show_on_call,
    "record_try": record_try,
    "note_choice": note_choice,
    "stop": stop,
    **PRINTING,
    **BOOKS,
}
