"""A mail as it leaves the house: one recipient, plain text, and headers that nobody can smuggle anything into."""

import json
import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from garage.domain.text import N_, Refused

LONGEST_HEADER = 300
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "X-Unsent",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
NOT_ONE_ADDRESS = N_("This is not one plain e-mail address, such as codes@dealer.example.")
_ENCODED_WORD = re.compile(r"=\?.*\?=", re.DOTALL)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_SENDER = re.compile(r"\"?(?P<name>[^\"<>@,;\\]*?)\"?\s*<(?P<address>[^<>]+)>|(?P<bare>[^<>\s]+)")
_MEDIA_TYPE = re.compile(r"(application|image)/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its plain name, a media type such as application/pdf, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address; `reply_to` is empty or an address."""

    to: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""

    def __repr__(self) -> str:
        return f"<Mail with {len(self.attachments)} attachments>"


def check(mail: Mail) -> None:
    """Refused, with a sentence, for every value that could become a header or a recipient of its own."""
    check_address(mail.to)
    if mail.reply_to:
        check_address(mail.reply_to)
    _check_header(mail.subject)
    for attachment in mail.attachments:
        _check_header(attachment.name)
        if re.search(r"[/\\\"]|^\.|^$", attachment.name):
            raise Refused(N_("Give the attached file a plain name, such as letter.pdf."))
        if not _MEDIA_TYPE.fullmatch(attachment.media_type):
            raise ValueError(f"a mail carries no {attachment.media_type}")


def check_address(address: str) -> None:
    """Refused where this is not exactly one plain address, such as codes@dealer.example."""
    _check_header(address)
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise Refused(NOT_ONE_ADDRESS)


def _check_header(value: str) -> None:
    """Python up to 3.11.9 decodes an encoded word first and looks for line ends never: CVE-2024-6923."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for letter in value):
        raise Refused(N_("There is a sign in the mail's address, subject or file name that cannot be sent."))
    if _ENCODED_WORD.search(value):
        raise Refused(
            N_("“=?...?=” cannot stand in a mail's address, subject or file name. Write it plainly.")
        )
    if len(value) > LONGEST_HEADER:
        raise Refused(N_("The subject or a file name is too long for a mail."))


def eml(mail: Mail, sender: str, message_id: str, at: datetime, *, draft: bool = False) -> bytes:
    """The mail as bytes with CRLF line ends, ready for a server or to be opened in a mail program.

    `sender` is an address, or ``Name <address>``; `at` stands in its Date. A `draft` is opened by Outlook to be
    sent, not as a mail that came. Refused as `check` says.
    """
    check(mail)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender_address(sender)
    message["To"] = Address(addr_spec=mail.to)
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    if draft:
        message["X-Unsent"] = "1"
    message.set_content(_plain(mail.text), cte="quoted-printable")
    for attachment in mail.attachments:
        kind, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, kind, subtype, filename=attachment.name)
    made = message.as_bytes()
    _check_made(made)
    return made


def sender_address(sender: str) -> Address:
    """The sender with its name. Refused where it is not one plain address."""
    _check_header(sender)
    written = _SENDER.fullmatch(sender.strip())
    if written is None:
        raise Refused(NOT_ONE_ADDRESS)
    address = written["address"] or written["bare"]
    check_address(address)
    return Address(display_name=written["name"] or "", addr_spec=address)


def _plain(text: str) -> str:
    """The text without signs that nobody sees; line ends and tabs stay."""
    lines = "\n".join(text.splitlines())
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _check_made(made: bytes) -> None:
    """Look at what was really made, whatever this Python's mail library does with odd values."""
    names = BytesHeaderParser(policy=policy.compat32).parsebytes(made).keys()
    if len(names) != len(set(names)) or not set(names) <= HEADERS:
        raise Refused(N_("This mail cannot be sent: its subject or an address holds something else as well."))


def packed(mail: Mail) -> str:
    """The mail as one text, to be sealed."""
    files = [[one.name, one.media_type, b64encode(one.content).decode()] for one in mail.attachments]
    return json.dumps([mail.to, mail.subject, mail.text, mail.reply_to, files])


def unpacked(text: str) -> Mail:
    """The mail that `packed` wrote."""
    to, subject, body, reply_to, files = json.loads(text)
    return Mail(to, subject, body, tuple(_attachments(files)), reply_to)


def _attachments(files: list[list[str]]) -> Iterator[Attachment]:
    for name, media_type, content in files:
        yield Attachment(name, media_type, b64decode(content))


def without_files(mail: Mail) -> Mail:
    """The mail as it stays on record once it is over: no copy of anybody's papers."""
    return replace(mail, attachments=())
