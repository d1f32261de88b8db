"""The pages of asking for a code, by client: what they say, what they refuse, and what is kept."""

import re

import pytest
import sqlalchemy as sa

from garage.code_requests.models import CodeRequest, Dealer
from garage.db import vault_of
from garage.domain.asking import Channel, Status
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.models import JournalEntry
from tests import making
from tests.desk import words


def asking(desk, number, dealer_id, **fields):
    given = {
        "channel": "letter",
        "dealer": str(dealer_id),
        "built_with_this_radio": "unknown",
        "due_on": "2026-03-05",
        "note": "",
    }
    return desk.post(f"/jobs/{number}/ask", **given | fields)


@pytest.fixture
def request_url(desk, job_number, dealer_id):
    return asking(desk, job_number, dealer_id).location


def kept(desk, row=CodeRequest):
    with desk.database.reading() as session:
        return session.scalars(sa.select(row).order_by(row.id)).all()


def test_asking_proposes_the_dealer_of_the_make_and_three_working_days(desk, job_number, dealer_id):
    page = desk.get(f"/jobs/{job_number}/ask")
    assert page.status_code == 200
    assert re.search(rf'<option selected value="{dealer_id}">', page.text)
    assert 'value="2026-03-05"' in page.text


def test_asking_leads_to_the_request(desk, job_number, dealer_id):
    answer = asking(desk, job_number, dealer_id)
    assert answer.status_code == 303
    request = kept(desk)[0]
    assert answer.location == f"/requests/{request.id}"
    assert (request.status, request.channel, request.dealer_id) == (Status.DRAFT, Channel.LETTER, dealer_id)
    assert "Not sent yet" in words(desk.get(answer.location))


def test_no_answer_is_due_years_away(desk, job_number, dealer_id):
    answer = asking(desk, job_number, dealer_id, due_on="2062-03-05")
    assert (answer.status_code, "Choose a day within a year." in words(answer)) == (422, True)
    assert kept(desk) == []


def test_without_a_serial_number_the_page_names_what_is_missing_and_leads_there(desk):
    with desk.database.transaction() as session:
        number = making.make_job(session).number
    page = desk.get(f"/jobs/{number}/ask")
    assert "serial number" in words(page)
    assert f'href="/jobs/{number}/radio"' in page.text
    assert "<textarea" not in page.text


def test_the_customer_can_ask_where_nobody_stands_in_the_book(desk, job_number):
    assert asking(desk, job_number, "", channel="customer").status_code == 303
    assert kept(desk)[0].dealer_id is None


def test_a_dealer_is_needed_unless_the_customer_asks(desk, job_number, dealer_id):
    page = asking(desk, job_number, "")
    assert page.status_code == 422
    assert "Choose whom to ask" in words(page)


def test_a_double_click_asks_once(desk, job_number, dealer_id):
    first = asking(desk, job_number, dealer_id, form_key="one")
    second = asking(desk, job_number, dealer_id, form_key="one")
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(kept(desk)) == 1


def test_a_second_question_is_refused_with_the_way_to_the_first(desk, job_number, dealer_id, request_url):
    page = asking(desk, job_number, dealer_id, note="please hurry")
    assert page.status_code == 409
    assert f'href="{request_url}"' in page.text
    assert "please hurry" in page.text
    assert desk.get(f"/jobs/{job_number}/ask").location == request_url


def test_a_code_in_the_note_is_refused_and_nothing_typed_is_lost(desk, job_number, dealer_id):
    page = asking(desk, job_number, dealer_id, note="radio code 4711, they said")
    assert page.status_code == 422
    assert "Codes are kept sealed" in words(page)
    assert "radio code 4711, they said" in page.text
    assert kept(desk) == []


def test_a_code_that_is_on_file_is_refused_in_the_note(desk, job_number, dealer_id):
    with desk.database.transaction() as session:
        making.make_code(session, session.get_one(HeadUnit, 1), "930417")
    page = asking(desk, job_number, dealer_id, note="they said 930417 is wrong")
    assert page.status_code == 409
    assert "Codes are kept sealed" in words(page)
    assert "they said 930417 is wrong" in page.text


def test_sent_leads_back_to_the_job_and_waits(desk, job_number, request_url):
    answer = desk.post(f"{request_url}/sent")
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job_number}")
    assert "Waiting for the answer" in words(desk.get(request_url))


def test_pressing_sent_twice_says_it_once(desk, request_url):
    for _ in range(2):
        assert desk.post(f"{request_url}/sent", form_key="s").status_code == 303
    with desk.database.reading() as session:
        sent = sa.select(sa.func.count()).where(JournalEntry.verb == "send")
        assert session.scalar(sent) == 1


def test_a_step_that_does_not_follow_says_where_the_request_stands(desk, request_url):
    desk.post(f"{request_url}/not-needed")
    page = desk.post(f"{request_url}/sent")
    assert page.status_code == 409
    assert "Not needed any more" in words(page)


def test_overdue_stands_out(desk, request_url, clock):
    desk.post(f"{request_url}/sent")
    clock.move(days=4)
    with desk.database.reading() as session:
        owner = session.get_one(making.Person, 1)
    desk.sign_in(owner, clock())
    page = desk.get(request_url)
    assert "Overdue" in words(page)
    assert "01632 960300" in page.text


def test_the_code_that_came_is_sealed_and_the_job_leads_on(desk, job_number, request_url):
    answer = desk.post(f"{request_url}/answer", what="code", code="0831", code_again="08-31")
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job_number}")
    with desk.database.reading() as session:
        code = session.scalars(sa.select(RadioCode)).one()
        assert vault_of(session).open(code.sealed) == "0831"
    page = desk.get(request_url)
    assert "The code came" in page.text
    assert "0831" not in page.text


def test_two_different_codes_are_not_saved(desk, request_url):
    page = desk.post(f"{request_url}/answer", what="code", code="0831", code_again="0832")
    assert page.status_code == 422
    assert "not the same" in words(page)
    assert 'value="0831"' in page.text
    assert kept(desk, RadioCode) == []


def test_a_code_that_does_not_fit_this_radio_is_asked_about_first(desk, request_url):
    odd = {"code": "083144", "code_again": "083144"}
    page = desk.post(f"{request_url}/answer", what="code", **odd)
    assert page.status_code == 422
    assert "Is it right?" in words(page)
    assert "fits_anyway" in page.text
    assert kept(desk, RadioCode) == []
    assert desk.post(f"{request_url}/answer", what="code", **odd, fits_anyway="y").status_code == 303
    assert len(kept(desk, RadioCode)) == 1


def test_what_is_no_code_at_all_is_said_beside_the_field(desk, request_url):
    page = desk.post(f"{request_url}/answer", what="code", code="they did not know", code_again="x")
    assert page.status_code == 422
    assert kept(desk, RadioCode) == []


def test_no_code_needs_one_of_the_five_reasons(desk, request_url):
    page = desk.post(f"{request_url}/answer", what="refused")
    assert page.status_code == 422
    assert "Choose the reason they gave" in words(page)
    answer = desk.post(f"{request_url}/answer", what="refused", refusal_reason="car_must_come")
    assert (answer.status_code, answer.location) == (303, request_url)
    assert "The car must come" in words(desk.get(request_url))


def test_asking_again_begins_as_not_sent(desk, request_url):
    desk.post(f"{request_url}/answer", what="refused", refusal_reason="no_record")
    assert desk.post(f"{request_url}/again").location == request_url
    assert "Not sent yet" in words(desk.get(request_url))


def test_a_request_of_another_site_is_not_found(desk):
    with desk.database.transaction() as session:
        other = making.make_site(session)
        there = making.make_code_request(
            session, job=making.make_job(session, site_id=other.id, head_unit=making.make_head_unit(session))
        )
    assert desk.get(f"/requests/{there.id}").status_code == 404
    assert desk.post(f"/requests/{there.id}/sent").status_code == 404


def dealer_fields(**fields):
    given = {
        "name": "Elm Cars",
        "kind": "dealer",
        "makes": "vw, Skoda",
        "phone": "",
        "email": "",
        "address": "",
        "insists_on": "",
        "language": "en",
    }
    return given | fields


def test_a_dealer_is_added_once_and_makes_get_their_full_name(desk):
    for _ in range(2):
        answer = desk.post("/who-we-ask/new", **dealer_fields(), form_key="d")
        assert (answer.status_code, answer.location) == (303, "/who-we-ask")
    assert [dealer.makes for dealer in kept(desk, Dealer)] == ["Volkswagen, Skoda"]
    assert "Elm Cars" in words(desk.get("/who-we-ask"))


def test_several_ways_of_asking_can_be_ticked_and_one_way_is_chosen(desk, job_number):
    boxes = re.findall(r'type="(\w+)"\s+id="(?:channels|ticks)-', desk.get("/who-we-ask/new").text)
    assert set(boxes) == {"checkbox"}
    choices = re.findall(r'type="(\w+)"\s+id="channel-', desk.get(f"/jobs/{job_number}/ask").text)
    assert set(choices) == {"radio"}


def test_a_dealer_added_while_asking_is_chosen_there(desk, job_number):
    assert "Skoda" in desk.get(f"/who-we-ask/new?job={job_number}&make=Skoda").text
    answer = desk.post("/who-we-ask/new", **dealer_fields(makes="Opel"), job=str(job_number))
    dealer = kept(desk, Dealer)[0]
    assert answer.location == f"/jobs/{job_number}/ask?dealer={dealer.id}"
    assert f'<option selected value="{dealer.id}">' in desk.get(answer.location).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"name": ""}, "Write the name"), ({"email": "nobody"}, "cannot be right"), ({"name": "x" * 61}, "60")],
)
def test_a_wrong_entry_in_the_book_is_said_beside_its_field(desk, fields, sentence):
    page = desk.post("/who-we-ask/new", **dealer_fields(**fields))
    assert page.status_code == 422
    assert sentence in words(page)
    assert kept(desk, Dealer) == []


def test_saved_meanwhile_shows_both_values_and_keeps_what_was_typed(desk, dealer_id):
    url = f"/who-we-ask/{dealer_id}"
    assert desk.post(url, **dealer_fields(name="Theirs"), version="1", active="y").status_code == 303
    page = desk.post(url, **dealer_fields(name="Mine"), version="1", active="y")
    assert page.status_code == 409
    assert 'value="Mine"' in page.text
    assert "Theirs" in words(page)
    again = desk.post(url, **dealer_fields(name="Mine"), version="2", active="y")
    assert again.status_code == 303
    assert kept(desk, Dealer)[0].name == "Mine"


def test_a_dealer_switched_off_is_not_offered(desk, job_number, dealer_id):
    desk.post(f"/who-we-ask/{dealer_id}", **dealer_fields(), version="1")
    assert not kept(desk, Dealer)[0].active
    assert f'value="{dealer_id}"' not in desk.get(f"/jobs/{job_number}/ask").text


@pytest.mark.parametrize("url", ["/jobs/999/ask", "/requests/999", "/who-we-ask/999"])
def test_what_is_not_there_is_not_found(desk, url):
    assert desk.get(url).status_code == 404


def test_no_page_shows_inner_words(desk, job_number, dealer_id, request_url):
    urls = [
        f"/jobs/{job_number}/ask",
        "/who-we-ask",
        f"/who-we-ask/{dealer_id}",
        "/who-we-ask/new",
        request_url,
    ]
    inner = r"\b(head unit|candidate|clearance|code request|reveal|lock-?out|override|journal|intake)\b"
    for url in urls:
        assert not re.search(inner, words(desk.get(url)), re.IGNORECASE), url


def close_job(desk, number):
    with desk.database.transaction() as session:
        job = session.scalars(sa.select(Job).where(Job.number == number)).one()
        job.closed_at = making.AT


def test_a_closed_job_offers_nobody_to_ask(desk, job_number, dealer_id, request_url):
    desk.post(f"{request_url}/answer", what="refused", refusal_reason="no_record")
    assert "Ask again" in words(desk.get(request_url))
    assert "Ask somebody else" in words(desk.get(request_url))
    close_job(desk, job_number)
    page = words(desk.get(request_url))
    assert ("Ask again" in page, "Ask somebody else" in page, "To the job" in page) == (False, False, True)
    assert "This job is closed." in words(desk.get(f"/jobs/{job_number}/ask"))
    assert "Go on" not in words(desk.get(f"/jobs/{job_number}/ask"))
    assert f'"/jobs/{job_number}/ask"' not in desk.get(f"/jobs/{job_number}").text


def test_somebody_we_no_longer_ask_is_not_asked_again(desk, dealer_id, request_url):
    desk.post(f"{request_url}/answer", what="refused", refusal_reason="no_record")
    with desk.database.transaction() as session:
        session.get_one(Dealer, dealer_id).active = False
    page = words(desk.get(request_url))
    assert ("Ask again" in page, "Ask somebody else." in page) == (False, True)
    answer = desk.post(f"{request_url}/again")
    assert (answer.status_code, "We no longer ask there." in words(answer)) == (409, True)


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize("ended", ["locked", "plays"])
def test_a_code_that_helps_no_more_is_neither_sent_nor_chased(desk, request_url, ended, sent):
    if sent:
        desk.post(f"{request_url}/sent")
    with desk.database.transaction() as session:
        request = session.scalars(sa.select(CodeRequest)).one()
        if ended == "locked":
            request.radio.locked_for_good_at = making.AT
        else:
            request.job.plays_at = making.AT
    page = words(desk.get(request_url))
    says = "This radio is locked for good." if ended == "locked" else "The radio plays already."
    assert (says in page, "Not needed any more" in page) == (True, True)
    assert not [button for button in ("The letter is on its way", "Call them", "Print the") if button in page]


def test_somebody_who_answered_is_asked_once_more_and_not_for_the_first_time(desk, request_url):
    assert "has not been asked yet" in words(desk.get(request_url))
    desk.post(f"{request_url}/answer", what="need_more", needs="the registration")
    page = words(desk.get(request_url))
    assert "They need: the registration. Ask Invented Cars Ltd once more." in page
    assert "has not been asked yet" not in page
