"""The mail server of the settings, and handing it one mail: encrypted where set, and never longer than minutes."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from threading import Timer
from typing import Any

from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused
from garage.outbox.mail import sender_address

ONE_ANSWER = 20.0  # seconds the server may take for one answer
ALTOGETHER = 180.0  # seconds for a whole mail: a server that drips would hold it for hours
LONGEST_ANSWER = 200
WANTS_ANOTHER_SIGN_IN = {530, 534, 535, 538}  # a mistake in the settings, not in the mail
HERE = {"127.0.0.1", "::1", "localhost"}


class Security(Labelled):
    """How the way to the mail server is encrypted."""

    STARTTLS = "starttls", N_("STARTTLS")
    TLS = "tls", N_("TLS")
    NONE = "none", N_("not encrypted")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over, and as whom."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    sender: str


class Outcome(Enum):
    """What the server made of a mail."""

    ACCEPTED = "accepted"
    LATER = "later"  # down, busy, greylisting, or not to be understood
    REFUSED = "refused"  # for good: this mail, to this address


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and the server's own words, cleaned."""

    outcome: Outcome
    answer: str


def mail_server(config: Mapping[str, Any]) -> MailServer | None:
    """The mail server of the settings; None where none is named. Refused, in one sentence, for a mistake."""
    host = str(config["SMTP_HOST"]).strip()
    if not host:
        return None
    security = next((one for one in Security if one.value == config["SMTP_SECURITY"]), None)
    if security is None:
        raise Refused(N_('SMTP_SECURITY is "starttls", "tls" or "none". Look at the settings.'))
    port = config["SMTP_PORT"]
    if not isinstance(port, int) or not 0 < port < 65536:
        raise Refused(N_("SMTP_PORT is a number such as 587. Look at the settings."))
    user, password = str(config["SMTP_USER"]), str(config["SMTP_PASSWORD"])
    if user and security is Security.NONE and host not in HERE:
        raise Refused(
            N_(
                'A password would leave this machine unencrypted: set SMTP_SECURITY to "starttls" or "tls",'
                " or leave SMTP_USER empty."
            )
        )
    if not (user + password).isascii():
        raise Refused(N_("SMTP_USER and SMTP_PASSWORD may only hold plain letters, digits and signs."))
    sender = str(config["SMTP_SENDER"])
    try:
        sender_address(sender)
    except Refused:
        raise Refused(
            N_(
                "SMTP_SENDER is the address that mails come from, such as garage@example.com."
                " Look at the settings."
            )
        ) from None
    return MailServer(host, port, security, user, password, sender)


def hand_over(server: MailServer, recipient: str, made: bytes) -> Verdict:
    """Hand a mail to the server and say what became of it; never raises for what a server does.

    Only an answer of the 5xx kind to sender, recipient or content is a refusal (RFC 5321, 4.2.1): whatever
    else goes wrong may go right later.
    """
    try:
        with _line_to(server) as line:
            return _speak(line, sender_address(server.sender).addr_spec, recipient, made)
    except smtplib.SMTPDataError as no:
        return _verdict(no.smtp_code, no.smtp_error)
    except smtplib.SMTPResponseException as no:
        return Verdict(Outcome.LATER, _said(no.smtp_code, no.smtp_error))
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        return Verdict(Outcome.LATER, _clean(f"{type(trouble).__name__}: {trouble}"))


@contextmanager
def _line_to(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A line to the server, encrypted and signed in as the settings say; cut after ALTOGETHER seconds."""
    context = ssl.create_default_context()  # checks the certificate and its name
    line: smtplib.SMTP
    if server.security is Security.TLS:
        line = smtplib.SMTP_SSL(local_hostname="[127.0.0.1]", timeout=ONE_ANSWER, context=context)
    else:
        line = smtplib.SMTP(local_hostname="[127.0.0.1]", timeout=ONE_ANSWER)
    line._host = server.host  # type: ignore[attr-defined]  # the name that its certificate must carry
    guard = Timer(ALTOGETHER, _cut, [line])
    guard.daemon = True
    guard.start()
    try:
        _check(*line.connect(server.host, server.port))
        if server.security is Security.STARTTLS:
            line.starttls(context=context)
        line.ehlo_or_helo_if_needed()
        if server.user:
            line.login(server.user, server.password)
        yield line
    finally:
        guard.cancel()
        with suppress(OSError, smtplib.SMTPException):
            line.close()


def _cut(line: smtplib.SMTP) -> None:
    if line.sock is not None:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def _check(code: int, said: bytes) -> None:
    if not 200 <= code < 300:
        raise smtplib.SMTPConnectError(code, said)


def _envelope(line: smtplib.SMTP, sender: str, recipient: str) -> Iterator[tuple[int, bytes]]:
    """The answers to sender and recipient, one after the other."""
    yield line.mail(sender)
    yield line.rcpt(recipient)


def _speak(line: smtplib.SMTP, sender: str, recipient: str, made: bytes) -> Verdict:
    for code, said in _envelope(line, sender, recipient):
        if not 200 <= code < 300:
            return _verdict(code, said)
    verdict = _verdict(*line.data(made))
    with suppress(OSError, smtplib.SMTPException):
        line.docmd("QUIT")  # it has the mail: whatever it says now changes nothing
    return verdict


def _verdict(code: int, said: bytes | str) -> Verdict:
    outcome = Outcome.LATER
    if 200 <= code < 300:
        outcome = Outcome.ACCEPTED
    elif 500 <= code < 600 and code not in WANTS_ANOTHER_SIGN_IN:
        outcome = Outcome.REFUSED
    return Verdict(outcome, _said(code, said))


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _clean(f"{code} {text}")


def _clean(text: str) -> str:
    """A server's words as one short line of signs that can be shown."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return re.sub(r"\s+", " ", plain).strip()[:LONGEST_ANSWER]
