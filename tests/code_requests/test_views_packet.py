"""The pages around the packet, by client: what goes out, what they said, money, texts."""

import html
import re
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from garage.code_requests.models import CodeRequest, Dealer, RequestAnswer
from garage.db import vault_of
from garage.domain.asking import AnswerKind, Channel, Status
from garage.domain.packet import DealerKind
from garage.domain.people import Role
from garage.outbox.actions import mail_in
from garage.outbox.models import OutboxMail
from garage.radios.actions import keep_photo
from garage.radios.models import PhotoKind, RadioCode, Standing
from garage.radios.photo_worker import Developed
from garage.staff.journal import By
from garage.staff.models import Site
from tests import making
from tests.desk import made_in, words

PASTED = "Hello,\nthe code for your radio is 0831.\nRegards, 01632 960300"


def begin(desk, job_number, channel=Channel.EMAIL, **dealer):
    """A request to somebody in the book; its address."""
    with desk.database.transaction() as session:
        session.scalars(sa.select(Site)).one().email = "desk@garage.example"
        job = session.scalars(sa.select(making.Job).where(making.Job.number == job_number)).one()
        place = making.make_dealer(session, **({"email": "codes@dealer.example"} | dealer))
        return f"/requests/{making.make_code_request(session, job=job, dealer=place, channel=channel).id}"


@pytest.fixture
def url(desk, job_number):
    return begin(desk, job_number)


def kept(desk, row=CodeRequest):
    with desk.database.reading() as session:
        return session.scalars(sa.select(row).order_by(row.id)).all()


def shown_text(page):
    """The mail's text as the page shows it."""
    return html.unescape(re.search(r'<pre class="mail-text"[^>]*>(.*?)</pre>', page.text, re.DOTALL)[1])


def test_what_the_page_shows_is_what_goes_out(desk, url):
    desk.app.extensions["garage.settings"].config["SMTP_HOST"] = "mail.garage.example"
    page = desk.get(url)
    mark = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)[1]
    answer = desk.post(f"{url}/mail", seen=mark)
    assert answer.status_code == 303
    assert kept(desk)[0].status is Status.QUEUED
    with desk.database.reading() as session:
        mail = mail_in(session, session.scalars(sa.select(OutboxMail)).one())
    assert mail.text == shown_text(page)
    assert "E-mail to codes@dealer.example" in words(
        page
    )  # not the word of opening hours: it is another in German
    assert "Waiting to be sent" in words(desk.get(url))


@pytest.mark.parametrize("page", ["", "/call"])
def test_what_to_tell_a_foreign_dealer_stands_there_in_the_language_of_the_desk(desk, job_number, page):
    said = html.unescape(words(desk.get(begin(desk, job_number, Channel.PHONE, language="de") + page)))
    assert "built with? Don't know" in said
    assert "Weiß nicht" not in said


def test_without_a_mail_server_the_mail_is_a_file_with_the_same_text(desk, url):
    page = desk.get(url)
    assert "Open it in the mail program" in page.text
    made = desk.get(f"{url}/mail.eml")
    read = message_from_bytes(made.data, policy=policy.default)
    assert read.get_content().replace("\r\n", "\n") == shown_text(page)
    assert (read["To"], read["X-Unsent"]) == ("codes@dealer.example", "1")
    assert "attachment" in made.headers["Content-Disposition"]


def test_a_mail_that_no_server_will_take_is_not_said_to_go_by_itself(desk, url):
    config = desk.app.extensions["garage.settings"].config
    config["SMTP_HOST"] = "mail.garage.example"
    desk.post(f"{url}/mail", seen=re.search(r'name="seen" value="([0-9a-f]{64})"', desk.get(url).text)[1])
    assert "It is sent by itself" in words(desk.get(url))
    config["SMTP_HOST"] = ""
    page = words(desk.get(url))
    assert ("It is sent by itself" in page, "No mail server is set any more." in page) == (False, True)
    desk.post(f"{url}/take-mail-back")
    assert "Open it in the mail program" in words(desk.get(url))


def test_the_photo_of_the_label_is_on_record_once_it_was_taken(desk, job_number, clock):
    url = begin(desk, job_number, ticks="photo")
    page = desk.get(url)
    assert "a photo of the label missing" in words(page)
    assert re.search(rf'class="badge-word stop"\s+href="/jobs/{job_number}/photo"', page.text)
    with desk.database.transaction() as session:
        request, person = session.scalars(sa.select(CodeRequest)).one(), making.make_person(session)
        by = By(request.site_id, person.id, clock(), "a-request")
        keep_photo(session, PhotoKind.LABEL, Developed(b"\xff\xd8 a picture"), by, request.head_unit)
    assert "a photo of the label on record" in words(desk.get(url))


def test_a_technician_is_not_led_into_the_book_of_those_we_ask(desk, job_number, clock):
    url = begin(desk, job_number, email="")
    at_the_desk = desk.get(url).text
    assert '<a href="/who-we-ask/' in at_the_desk
    assert "Their e-mail address is missing." in at_the_desk
    desk.sign_in(made_in(desk.database, lambda s: making.make_person(s, role=Role.TECHNICIAN)), clock())
    page = desk.get(url)
    assert 'href="/who-we-ask' not in page.text
    assert "Their e-mail address is missing. The desk writes it there." in words(page)


def test_what_is_missing_stands_there_with_the_way_to_it(desk, job_number):
    url = begin(desk, job_number, ticks="part_number,photo,papers,fee")
    page = desk.get(url)
    for way in (
        f"/jobs/{job_number}/radio",
        f"/jobs/{job_number}/photo",
        f"/jobs/{job_number}/bay",
        "#papers",
        "#money",
    ):
        assert f'href="{way}"' in page.text
    assert "The e-mail is sent" not in page.text
    assert desk.get(f"{url}/mail.eml").status_code == 404
    assert desk.post(f"{url}/sent").status_code == 409


@pytest.mark.parametrize("page", ["", "/portal", "/call"])
def test_no_page_for_an_online_service_shows_more_than_it_may_know(desk, job_number, page):
    url = begin(desk, job_number, Channel.PORTAL, kind=DealerKind.ONLINE, portal="https://codes.example/x")
    text = (
        words(desk.get(url + page)) + desk.get(url + page).text.split("<main", 1)[1].split("car-line", 1)[-1]
    )
    assert "SKZ1Z2A0123456" in text
    assert "TMBZZZ6Y000000001" not in text


def test_a_pasted_answer_asks_for_a_yes_and_becomes_a_code_to_try(desk, job_number, url):
    desk.post(f"{url}/sent")
    question = desk.post(f"{url}/answer", what="code", text=PASTED)
    assert question.status_code == 422
    assert "Is this the code?" in words(question)
    assert re.search(r'<input[^>]*name="chosen"[^>]*value="0831"[^>]*checked', question.text)
    answer = desk.post(f"{url}/answer", what="code", text=PASTED, chosen="0831")
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job_number}")
    assert [code.standing for code in kept(desk, RadioCode)] == [Standing.TO_TRY]
    with desk.database.reading() as session:
        text = vault_of(session).open(session.scalars(sa.select(RequestAnswer)).one().pasted)
    assert text == PASTED.replace("0831", "••••")
    for page in (url, f"/jobs/{job_number}"):
        assert "Tell the customer" in words(desk.get(page))
        assert "0831" not in desk.get(page).text


def test_a_code_that_is_not_in_the_text_cannot_be_chosen(desk, url):
    desk.post(f"{url}/sent")
    page = desk.post(f"{url}/answer", what="code", text=PASTED, chosen="9999")
    assert page.status_code == 422
    assert kept(desk, RadioCode) == []


def test_an_odd_code_in_a_pasted_text_is_asked_about_twice(desk, url):
    text = "the code is 083144"
    desk.post(f"{url}/sent")
    page = desk.post(f"{url}/answer", what="code", text=text, chosen="083144")
    assert page.status_code == 422
    assert "fits_anyway" in page.text
    assert (
        desk.post(f"{url}/answer", what="code", text=text, chosen="083144", fits_anyway="y").status_code
        == 303
    )


@pytest.mark.parametrize(
    "text",
    ["no number here", "\x00\x1b[2J code \u202e", "(" * 20_000, "code " * 3_999],
    ids=["empty", "controls", "brackets", "words"],
)
def test_hostile_or_empty_texts_are_answered_with_a_sentence(desk, url, text):
    page = desk.post(f"{url}/answer", what="code", text=text)
    assert page.status_code == 422
    assert "No code was found" in words(page)


def test_a_text_that_is_too_long_is_refused(desk, url):
    assert "too long" in words(desk.post(f"{url}/answer", what="code", text="x" * 20_001))


@pytest.mark.parametrize(
    ("fields", "kind", "status"),
    [
        ({"what": "need_more", "needs": "a stamp"}, AnswerKind.NEED_MORE, Status.DRAFT),
        ({"what": "refused", "refusal_reason": "no_record"}, AnswerKind.REFUSED, Status.REFUSED),
        ({"what": "wait", "until_on": "2026-03-20"}, AnswerKind.WAIT, Status.SENT),
        ({"what": "fee", "fee": "35,50"}, AnswerKind.FEE, Status.SENT),
    ],
)
def test_every_other_answer_is_one_form(desk, url, fields, kind, status):
    desk.post(f"{url}/sent")
    assert desk.post(f"{url}/answer", **fields).location == url
    assert kept(desk)[0].status is status
    assert [given.kind for given in kept(desk, RequestAnswer)] == [kind]
    assert desk.get(url).status_code == 200


def test_nobody_waits_until_a_day_years_away(desk, url):
    desk.post(f"{url}/sent")
    for day in ("2062-03-20", "2027-03-04", "2026-03-01"):
        answer = desk.post(f"{url}/answer", what="wait", until_on=day)
        assert (answer.status_code, day in answer.text) == (409, True)
    assert "Choose a day within a year." in words(
        desk.post(f"{url}/answer", what="wait", until_on="2062-03-20")
    )
    assert kept(desk, RequestAnswer) == []


@pytest.mark.parametrize("what", ["need_more", "refused", "wait", "fee", "code"])
def test_an_answer_without_its_own_word_is_asked_for(desk, url, what):
    assert desk.post(f"{url}/answer", what=what).status_code == 422
    assert kept(desk, RequestAnswer) == []


def test_a_price_above_the_radios_value_is_warned_about(desk, url):
    version = str(kept(desk)[0].version)
    answer = desk.post(
        f"{url}/money",
        version=version,
        fee_quoted="35",
        radio_value="20.00",
        fee_payer="customer",
        fee_yes_heard_by="Ada",
    )
    assert answer.status_code == 303
    page = words(desk.get(url))
    assert "costs more than the radio is worth" in page
    assert "heard by Ada" in page


def test_a_fee_is_the_customers_to_say_yes_to_and_a_higher_one_asks_again(desk, url):
    desk.post(f"{url}/sent")
    desk.post(f"{url}/answer", what="fee", fee="35")
    assert "They ask a fee: ask the customer" in words(desk.get(url))
    heard = {"fee_payer": "customer", "fee_yes_heard_by": "Ada"}
    version = str(kept(desk)[0].version)
    assert desk.post(f"{url}/money", version=version, fee_quoted="35", **heard).status_code == 303
    assert "Waiting for the answer" in words(desk.get(url))
    desk.post(f"{url}/answer", what="fee", fee="90")
    assert "The customer has not said yes to it yet." in words(desk.get(url))


@pytest.mark.parametrize(("language", "amount"), [("en", "1029.90"), ("de", "1029,90")])
def test_an_amount_stands_in_its_field_as_the_language_writes_it(desk, url, language, amount):
    with desk.database.transaction() as session:
        session.scalars(sa.select(Site)).one().language = language
        session.scalars(sa.select(CodeRequest)).one().fee_quoted = 102990
    page = desk.get(url).text
    assert f'value="{amount}"' in page
    version = str(kept(desk)[0].version)
    assert desk.post(f"{url}/money", version=version, fee_quoted=amount).status_code == 303
    assert kept(desk)[0].fee_quoted == 102990


@pytest.mark.parametrize("fee", ["", "0", "0.00"])
def test_a_fee_of_nothing_is_asked_about(desk, url, fee):
    desk.post(f"{url}/sent")
    answer = desk.post(f"{url}/answer", what="fee", fee=fee)
    assert answer.status_code == 422
    assert "Write an amount, for example 35.00." in words(answer)


def test_the_letter_is_shown_as_it_goes_out_and_the_reminder_too(desk, job_number, clock):
    url = begin(desk, job_number, Channel.LETTER, language="de")
    page = desk.get(url)
    assert "The letter, as it goes out" in words(page)
    assert "Seriennummer" in shown_text(page)
    desk.post(f"{url}/sent")
    clock.move(days=7)
    with desk.database.reading() as session:
        desk.sign_in(session.get_one(making.Person, 1), clock())
    page = desk.get(url)
    assert "Print the reminder" in page.text
    assert "2. März 2026" in shown_text(page)


def test_without_a_mail_server_the_reminder_is_a_file_too(desk, url, clock):
    desk.post(f"{url}/sent")
    assert desk.get(f"{url}/mail.eml").status_code == 404
    clock.move(days=7)
    with desk.database.reading() as session:
        desk.sign_in(session.get_one(making.Person, 1), clock())
    assert "Open the reminder in the mail program" in desk.get(url).text
    read = message_from_bytes(desk.get(f"{url}/mail.eml").data, policy=policy.default)
    assert read["Subject"].startswith("Reminder: radio code")
    assert read.get_content().replace("\r\n", "\n") == shown_text(desk.get(url))


def test_who_refused_is_not_proposed_first_again(desk, job_number, url):
    with desk.database.transaction() as session:
        making.make_dealer(session, name="Somebody Else")
    desk.post(f"{url}/sent")
    desk.post(f"{url}/answer", what="refused", refusal_reason="no_record")
    page = words(desk.get(f"/jobs/{job_number}/ask"))
    assert "Somebody Else: They serve Skoda." in page
    assert "Asked for this radio before: no code." in page


def test_a_portal_without_https_is_not_kept(desk, url):
    entry = {
        "version": "1",
        "name": "Web",
        "kind": "online",
        "language": "en",
        "portal": "javascript:alert(1)",
    }
    page = desk.post("/who-we-ask/1", **entry)
    assert page.status_code == 422
    assert "https://" in words(page)
    assert kept(desk, Dealer)[0].portal == ""


def test_a_managers_text_is_looked_at_saved_and_given_back(desk, url):
    place = "/who-we-ask/texts/request/en"
    fields = {"version": "0", "subject": "Code {reference}", "body": "Hello\n{serial number}"}
    assert "VWZ1Z2L6683621" in desk.post(place, **fields, look="yes").text
    german = shown_text(desk.get("/who-we-ask/texts/request/de"))
    assert "Seriennummer des Radios: VWZ1Z2L6683621" in german
    assert "24. November 2026" in german
    assert desk.post(place, **fields).status_code == 303
    assert shown_text(desk.get(url)) == "Hello\nSKZ1Z2A0123456\n"
    refused = desk.post(place, version="1", subject="Code", body="{password}")
    assert refused.status_code == 422
    assert "{password} cannot be filled in" in words(refused)
    assert desk.post(f"{place}/shipped").status_code == 303
    assert "Dear Sir or Madam" in shown_text(desk.get(url))
    assert "request_text" not in desk.get("/who-did-what").text


def test_the_radios_page_tells_one_history(desk, job_number, url):
    desk.post(f"{url}/sent")
    desk.post(f"{url}/answer", what="code", text=PASTED, chosen="0831")
    unit = kept(desk)[0].head_unit_id
    page = words(desk.get(f"/radios/{unit}"))
    assert "Asking for the code begun: Invented Cars Ltd, E-mail" in page
    assert "Answer of Invented Cars Ltd: The code" in page
    assert "It came from" not in page  # the answer says so already
