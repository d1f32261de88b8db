"""A customer wrote: what the message says, what to ask back, and taking the car in with it. Reading stores nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlalchemy import or_, select

from garage.domain.asking import Fact, facts_named
from garage.domain.message import MessageReading, read_message, reply
from garage.domain.serial_number import identify
from garage.domain.text import N_, Text
from garage.domain.vin import read_vin
from garage.facts.vin_make import make_of_vin, makes_disagree
from garage.intake.forms import RadioForm
from garage.intake.forms_message import FromMessageForm, MessageForm, NoteMessageForm
from garage.intake.forms_new_car import NewCarForm
from garage.intake.models import Job, Vehicle
from garage.radios.models import HeadUnit
from garage.staff.signed_in import me
from garage.web.current import catalogue, read
from garage.web.say import say

bp = Blueprint("message", __name__)
NO_FIELDS = {"csrf_token", "ask_for", "asked"}
BROUGHT = "from_message"  # kept in the browser's own cookie until the car is on record
FOUND = {
    "make": N_("Make of the car"),
    "model": N_("Model"),
    "radio": N_("Radio"),
    "serial_number": N_("Serial number"),
    "part_number": N_("Part number"),
    "vin": N_("VIN"),
    "display": N_("Display"),
}
REPLY_LANGUAGES = ("en", "de")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the message; `name` says what was found in it, empty for everything else."""

    text: str
    name: str = ""


@bp.get("/message")
def paste() -> ResponseReturnValue:
    """An empty box for a message."""
    return render_template("intake/message.html", form=MessageForm(formdata=None))


@bp.post("/message")
def read_pasted() -> ResponseReturnValue:
    """What the message says. The text goes back to the page and nowhere else."""
    form = MessageForm()
    if not form.validate():
        return render_template("intake/message.html", form=form), 422
    return message_page(form)


def message_page(
    form: MessageForm, noting: NoteMessageForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """What a message says; `noting` came back with a sentence."""
    text = form.text.data
    reading = read_message(text, catalogue())
    here = job_of(reading)
    page = render_template(
        "intake/message.html",
        form=form,
        here=here,
        noting=noting or NoteMessageForm(formdata=None, job=here.number if here else None, text=text),
        reading=reading,
        found={name: getattr(reading, name) for name in FOUND},
        names=FOUND,
        parts=list(marked(text, reading)),
        warnings=warnings(reading),
        replies=replies(reading),
        taking=FromMessageForm(formdata=None, **_to_bring(reading)),
    )
    return page, status


def job_of(reading: MessageReading) -> Job | None:
    """The open job at this site whose car or radio the message names."""
    named = [Vehicle.vin == reading.vin] if reading.vin else []
    if reading.serial_number:
        named.append(HeadUnit.serial_number == reading.serial_number)
    if not named:
        return None
    found = select(Job).join(Job.vehicle).outerjoin(Job.head_unit)
    here = found.where(or_(*named), Job.site_id == me().site_id, Job.closed_at.is_(None))
    return read().scalars(here.order_by(Job.id.desc())).first()


def marked(text: str, reading: MessageReading) -> Iterator[Part]:
    """The message in pieces, those marked in which something was found."""
    done = 0
    for name, start, end in sorted(reading.places, key=lambda place: place[1:]):
        if start < done:
            continue  # one piece may say two things: the first one names it
        yield Part(text[done:start])
        yield Part(text[start:end], FOUND[name])
        done = end
    yield Part(text[done:])


def warnings(reading: MessageReading) -> tuple[Text, ...]:
    """What is odd about the numbers: look-alikes, too short, another make than the VIN's."""
    said: list[Text] = []
    if reading.serial_number:
        said += identify(reading.serial_number, catalogue(), reading.make, reading.part_number).warnings
    if reading.vin:
        vin = read_vin(reading.vin)
        said += vin.warnings
        if odd := makes_disagree(catalogue(), make_of_vin(vin, catalogue()), reading.make):
            said.append(odd)
    return tuple(said)


def replies(reading: MessageReading) -> list[tuple[str, str]]:
    """The ready answer by language, the customer's own first; empty where nothing has to be asked."""
    asked = reply(reading)
    if not asked:
        return []
    told = []
    for language in sorted(REPLY_LANGUAGES, key=lambda language: language != reading.language):
        with force_locale(language):
            first, *questions, last = [say(text) for text in asked]
        told.append((language, "\n".join([first, "", *(f"- {line}" for line in questions), "", last])))
    return told


def _to_bring(reading: MessageReading) -> dict[str, object]:
    return {
        "make": reading.make,
        "model": reading.model,
        "year": reading.year,
        "radio_model": reading.radio,
        "serial_number": reading.serial_number,
        "part_number": reading.part_number,
        "vin": reading.vin,
        "display_text": reading.display,
        "ask_for": ",".join(reading.ask_for),
    }


@bp.post("/message/take-in")
def take_in() -> ResponseReturnValue:
    """Open the new-car page with what was found; no number stands in an address."""
    form = FromMessageForm()
    if form.validate():
        fields = {field.name: field.data for field in form if field.name not in NO_FIELDS and field.data}
        asked = form.ask_for.data.split(",") if form.asked.data else []
        browser[BROUGHT] = {"fields": fields, "message": True, "asked": asked}
    return redirect(url_for("intake.new_car"), 303)


def bring_serial(serial_number: str) -> None:
    """A serial number of a radio nobody knows was scanned: it goes with the car like one from a message."""
    browser[BROUGHT] = {"fields": {"serial_number": serial_number}}


def begin_with_message(form: NewCarForm) -> None:
    """Put what a message said into a fresh new-car page, once."""
    brought = browser.get(BROUGHT)
    if not brought or "form_key" in brought:
        return
    for field in (form.vin, form.serial_number):
        field.data = brought["fields"].get(field.name, "")
    browser[BROUGHT] = brought | {"form_key": form.form_key.data}


def asked_in_message(form: NewCarForm) -> tuple[Fact, ...] | None:
    """What the customer whose message brought this car was asked back; None where no message brought it."""
    brought = browser.get(BROUGHT, {})
    if not brought.get("message") or brought.get("form_key") != form.form_key.data:
        return None
    return facts_named(brought.get("asked", ()))


def write_car_of_message(job: Job) -> None:
    """Make and model as the message names them, where nothing is on file: the customer is not asked for them again."""
    fields, car = browser[BROUGHT]["fields"], job.vehicle
    car.make, car.model = car.make or fields.get("make", ""), car.model or fields.get("model", "")


def follow_message(form: NewCarForm, location: str) -> None:
    """The car of the message is on record at `location`: the rest goes with it."""
    brought = browser.get(BROUGHT)
    if brought and brought.get("form_key") == form.form_key.data:
        browser[BROUGHT] = brought | {"location": location}


def fill_from_message(form: RadioForm, job: Job) -> None:
    """Fill what is still empty on the page of numbers of the message's car; the number is typed once more."""
    brought = browser.get(BROUGHT)
    if not brought or brought.get("location") != url_for("board.job", number=job.number):
        return
    for name, value in brought["fields"].items():
        if not form[name].data and not (name == "serial_number" and job.head_unit):
            form[name].data = value


def message_is_done(job_number: int) -> None:
    """The numbers are on record: forget the message."""
    brought = browser.get(BROUGHT)
    if brought and brought.get("location") == url_for("board.job", number=job_number):
        browser.pop(BROUGHT)
