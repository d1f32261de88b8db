"""A customer's message from the page where it is pasted to a code that worked, as a desk does it."""

import html
import re

import pytest
import sqlalchemy as sa

from garage.code_requests.models import CodeRequest, FactsAsked, RequestAnswer
from garage.domain.asking import Channel, Status
from garage.intake.models import Job
from garage.radios.models import RadioCode, Standing
from tests import making
from tests.desk import words

GOLF = "Hallo, mein Radio im Golf zeigt SAFE, was nun?"
NUMBER = "SKZ1Z2A0123456"
CAR = {"customer_name": "Jo Hill", "registration": "AB 12 CDE", "work": "battery", "answer": "unknown"}


def kept(desk, row=CodeRequest):
    with desk.database.reading() as session:
        return session.scalars(sa.select(row).order_by(row.id)).all()


def hidden(page: str, action: str) -> dict[str, str]:
    """What the hidden fields of the form to `action` send."""
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    found = re.finditer(r'<input[^>]*name="(\w+)"[^>]*?value="([^"]*)"', form)
    return {one[1]: html.unescape(one[2]) for one in found}


@pytest.fixture
def taken_in(desk) -> str:
    """A car whose customer wrote and was asked back at once; where its job is."""
    sent = hidden(desk.post("/message", text=GOLF).text, "/message/take-in")
    desk.client.post("/message/take-in", data=sent | {"asked": "yes"})
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', desk.get("/new").text)[1]
    return desk.post("/new", **CAR | {"form_key": key}).location


def test_what_was_asked_back_is_kept_with_the_job_and_on_the_board(desk, taken_in):
    (request,) = kept(desk)
    assert (request.channel, request.status) == (Channel.MESSAGE, Status.FACTS)
    (asked,) = kept(desk, FactsAsked)
    assert (asked.asks, asked.person_id is not None) == ("serial_number,vin", True)
    page = words(desk.get(taken_in))
    assert "used what the customer had written" in page
    assert "asked the customer for what is missing" in page
    assert "Waiting for the customer's answer" in html.unescape(page)
    assert "Waiting for the customer's answer" in html.unescape(words(desk.get("/")))


def test_the_page_of_the_message_says_what_was_asked_and_takes_the_answer(desk, taken_in):
    url = f"/requests/{kept(desk)[0].id}"
    page = html.unescape(words(desk.get(url)))
    assert "Asked back so far" in page
    assert "Slide the radio out with its plug left in" in html.unescape(desk.get(url).text)
    answer = desk.post(f"{url}/answer", what="message", text="The number is " + NUMBER)
    assert answer.location == url
    assert kept(desk)[0].status is Status.DRAFT
    assert "Our turn" in words(desk.get(url))
    assert "Which car is it" not in words(desk.get(url))  # the message said so
    assert desk.post(f"{url}/asked-back").location == url
    assert kept(desk)[0].status is Status.FACTS
    assert len(kept(desk, FactsAsked)) == 2


def test_a_code_out_of_the_customers_answer_waits_for_the_number_and_is_cut_out(desk, taken_in):
    url = f"/requests/{kept(desk)[0].id}"
    said = {"what": "code", "text": "it is code 4917", "chosen": "4917", "fits_anyway": "y"}
    refused = desk.post(f"{url}/answer", **said)
    assert refused.status_code == 409
    assert "serial number first" in words(refused)
    with desk.database.transaction() as session:
        job = session.scalars(sa.select(Job)).one()
        job.head_unit = making.make_head_unit(session, serial_number=NUMBER)
    assert desk.post(f"{url}/answer", **said).location == taken_in
    assert kept(desk)[0].status is Status.ANSWERED
    (code,) = kept(desk, RadioCode)
    with desk.database.reading() as session:
        (answer,) = session.scalars(sa.select(RequestAnswer)).all()
        assert answer.radio_code_id == code.id
        assert "4917" not in desk.database.vault.open(answer.pasted)


def test_no_answer_of_a_dealer_is_taken_from_a_customer(desk, taken_in):
    url = f"/requests/{kept(desk)[0].id}"
    assert desk.post(f"{url}/answer", what="fee", fee="30").status_code == 422
    assert desk.post(f"{url}/sent").status_code == 409
    assert desk.get(f"{url}/call").status_code == 404


def test_a_message_about_a_car_that_is_here_is_noted_where_its_code_is_asked_for(desk, job_number, dealer_id):
    asked = {"channel": "letter", "dealer": str(dealer_id), "built_with_this_radio": "unknown"}
    url = desk.post(f"/jobs/{job_number}/ask", **asked).location
    page = desk.post("/message", text=f"Skoda Fabia, serial number {NUMBER}, any news?").text
    sent = hidden(page, "/message/note")
    assert sent["job"] == str(job_number)
    sent.pop("form_key")
    assert desk.post("/message/note", **sent).location == url
    (request,) = kept(desk)
    assert (request.channel, request.status) == (Channel.LETTER, Status.DRAFT)
    assert "The customer wrote" in words(desk.get(url))


def test_a_message_for_a_job_that_nobody_has_stays_on_the_page(desk):
    answer = desk.post("/message/note", job="77", text=GOLF)
    assert answer.status_code == 409
    assert "No open job has this number." in words(answer)
    assert "mein Radio im Golf" in answer.text
    assert desk.post("/message/note", job="", text=GOLF).status_code == 422
    assert kept(desk) == []


def test_after_a_message_a_dealer_is_asked_and_the_message_is_over(desk, taken_in, dealer_id):
    with desk.database.transaction() as session:
        job = session.scalars(sa.select(Job)).one()
        job.head_unit = making.make_head_unit(session, serial_number=NUMBER)
        number = job.number
    assert desk.get(f"/jobs/{number}/ask").status_code == 200
    asked = {"channel": "letter", "dealer": str(dealer_id), "built_with_this_radio": "unknown"}
    assert desk.post(f"/jobs/{number}/ask", **asked).status_code == 303
    assert [one.status for one in kept(desk)] == [Status.WITHDRAWN, Status.DRAFT]


def test_the_code_of_a_card_typed_at_the_desk_has_its_way_and_counts_as_nobody_asked(desk):
    card = {"answer": "card", "serial_number": NUMBER, "serial_again": NUMBER, "vin": "TMBJJ6Y5X54512345"}
    taken = desk.post("/new", **CAR | card, code="4917", code_again="4917")
    assert taken.status_code == 303
    (request,) = kept(desk)
    assert (request.channel, request.status) == (Channel.CARD, Status.ANSWERED)
    page = words(desk.get(taken.location))
    assert "Customer's card or papers" in html.unescape(page)
    assert "Code came" in page
    assert "4917" not in page
    figures = html.unescape(words(desk.get("/figures")))
    assert "100 %" in figures.split("Nobody had to be asked")[1][:40]


def test_a_card_whose_code_was_entered_says_how_it_went(desk):
    card = {"answer": "card", "serial_number": NUMBER, "serial_again": NUMBER, "vin": "TMBJJ6Y5X54512345"}
    desk.post("/new", **CAR | card, code="4917", code_again="4917")
    (request,) = kept(desk)
    assert "as a code to try" in words(desk.get(f"/requests/{request.id}"))
    with desk.database.transaction() as session:
        session.scalars(sa.select(RadioCode)).one().standing = Standing.WORKED
    page = words(desk.get(f"/requests/{request.id}"))
    assert ("It was entered: Worked." in page, "as a code to try" in page) == (True, False)
