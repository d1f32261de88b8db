"""A mail holds what it should, and whatever is typed anywhere adds no header and no recipient."""

from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser

import pytest

from garage.domain.text import Refused
from garage.outbox.mail import Attachment, Mail, check, eml, packed, unpacked

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SENDER = "Bridge Street Garage <garage@garage.example>"
ID = "<0417@garage.example>"
MAIL = Mail(
    to="codes@dealer.example",
    subject="Radio code, our reference 7-1 – für Škoda",
    text="Dear Sir or Madam,\n\n.\nFrom here on: ä € 漢\n",
    attachments=(Attachment("letter – Škoda.pdf", "application/pdf", b"%PDF-1.7\r\n.\r\n\x00\xff"),),
    reply_to="desk@garage.example",
)

SMUGGLED = [
    "=?utf-8?q?Hi=0D=0ABcc:_evil=40x.example?=",
    "=?utf-8?b?SGkNCkJjYzogZXZpbEB4LmV4YW1wbGU=?=",
    "x =?iso-8859-1?Q?=0ABcc:=20evil@x.example?= y",
    "=?utf-8?q?a?=\u2028Bcc: evil@x.example",
    "Hi\r\nBcc: evil@x.example",
    "Hi\nBcc: evil@x.example",
    "Hi\rBcc: evil@x.example",
    "Hi\x0bBcc: evil@x.example",
    "Hi\x00Bcc: evil@x.example",
    "Hi\x85Bcc: evil@x.example",
    "Hi\u2029Bcc: evil@x.example",
    "Hi\u202egpj.exe",
    "Hi\ud800",
]
TWO_RECIPIENTS = [
    "a@b.example, evil@x.example",
    "a@b.example;evil@x.example",
    "a@b.example evil@x.example",
    "<a@b.example>",
    "Evil <evil@x.example>",
    '"a@b.example, x"@x.example',
    "group: a@b.example;",
    "a@b.example>, <evil@x.example",
    "a@b@x.example",
    "@relay.example:a@b.example",
    "a@[127.0.0.1]",
    "a@localhost",
    "a@b.example%0d%0aBcc:x@x.example",
    "jürgen@b.example",
    "",
    "a" * 65 + "@b.example",
    "a@" + "b" * 250 + ".example",
]
SENDERS = {"<a@b.example>", "Evil <evil@x.example>"}  # a sender may have a name


def read(made: bytes):
    return BytesParser(policy=policy.default).parsebytes(made)


def test_a_mail_says_what_it_should():
    message = read(eml(MAIL, SENDER, ID, AT))
    assert (message["To"], message["Subject"]) == (MAIL.to, MAIL.subject)
    assert message["From"].addresses[0].display_name == "Bridge Street Garage"
    assert message["Reply-To"] == "desk@garage.example"
    assert message["Message-ID"] == ID
    assert message["Date"].datetime == AT
    assert message.get_body().get_content().replace("\r\n", "\n") == MAIL.text
    (letter,) = message.iter_attachments()
    assert (letter.get_filename(), letter.get_content_type()) == ("letter – Škoda.pdf", "application/pdf")
    assert letter.get_content() == MAIL.attachments[0].content


def test_the_same_mail_is_the_same_again():
    first, second = (read(eml(MAIL, SENDER, ID, AT)) for _ in range(2))
    for name in ("Message-ID", "Date", "Subject", "To", "From"):
        assert first[name] == second[name]


@pytest.mark.parametrize("value", [*SMUGGLED, "x" * 301], ids=ascii)
def test_nothing_is_smuggled_into_any_header(value):
    file = Attachment("a.pdf", "application/pdf", b"")
    for mail in (
        Mail(value, "s", "t"),
        Mail(f"a@b.example{value}", "s", "t"),
        Mail("a@b.example", value, "t"),
        Mail("a@b.example", "s", "t", reply_to=value),
        Mail("a@b.example", "s", "t", (Attachment(value, file.media_type, b""),)),
    ):
        with pytest.raises(Refused) as no:
            check(mail)
        assert value not in str(no.value)
        with pytest.raises(Refused):
            eml(mail, SENDER, ID, AT)
    with pytest.raises(Refused):
        eml(MAIL, f"{value} <garage@garage.example>", ID, AT)


@pytest.mark.parametrize("to", TWO_RECIPIENTS, ids=ascii)
def test_a_mail_goes_to_one_address_only(to):
    with pytest.raises(Refused):
        check(Mail(to, "s", "t"))
    if to not in SENDERS:
        with pytest.raises(Refused):
            eml(MAIL, to, ID, AT)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b.pdf", ".profile", "", 'a".pdf'])
def test_a_file_has_a_plain_name(name):
    with pytest.raises(Refused, match="plain name"):
        check(Mail("a@b.example", "s", "t", (Attachment(name, "application/pdf", b""),)))


@pytest.mark.parametrize(
    "media_type", ["text/html", "message/rfc822", "multipart/mixed", "application/pdf; x=y"]
)
def test_only_papers_and_pictures_are_attached(media_type):
    with pytest.raises(ValueError, match="carries no"):
        check(Mail("a@b.example", "s", "t", (Attachment("a.pdf", media_type, b""),)))


@pytest.mark.parametrize(
    "text",
    [
        *SMUGGLED,
        "\r\n.\r\nMAIL FROM:<evil@x.example>\r\n",
        "\n.\n",
        "Bcc: evil@x.example\n\nHi",
        "--===============1==\nContent-Type: text/html\n\n<script>",
        "x" * 100_000,
        "=" * 2000,
        "\ufeff\u200b\u202e" * 10,
    ],
    ids=lambda text: ascii(text[:30]),
)
def test_no_text_changes_headers_or_parts(text):
    made = eml(Mail("a@b.example", "s", text), SENDER, ID, AT)
    message = read(made)
    assert set(message.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert message.get_content_type() == "text/plain"
    assert max(map(len, made.split(b"\r\n"))) <= 998
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_a_mail_is_kept_whole_while_it_waits():
    assert unpacked(packed(MAIL)) == MAIL
    assert MAIL.text not in repr(MAIL)
    assert MAIL.to not in repr(MAIL)
