"""A real mail server in a process of its own, with every fault a mail server can have: ``smtp_process.py MODE BOX``.

It prints its port, then serves until its standard input closes. Every mail that it accepted is one JSON line in BOX.
"""

import asyncio
import json
import os
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

MODE, BOX, *CERTIFICATE = sys.argv[1:]
SLOW = 0.6
GARBAGE = b"\x00\xff220?\xfe" * 40 + b"\r\n"


class Faulty:
    """Accepts mails, but for the fault of its mode."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if MODE == "sender":
            return "550 5.7.1 You may not send from here\x07 <script>"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if MODE == "recipient":
            return "550 5.1.1 No such mailbox"
        if MODE == "busy":
            return "421 4.3.2 Too busy, closing"
        if MODE == "greylist" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if MODE == "data":
            return "554 5.6.0 Content not wanted"
        if MODE == "slow":
            await asyncio.sleep(SLOW)
        if MODE == "never":
            await asyncio.sleep(60)
        if MODE == "drop":
            server.transport.abort()
            return None
        if MODE == "odd":
            return "what?"
        keep(session, envelope)
        if MODE == "gone":  # it has the mail, and the program never hears of it
            os._exit(0)
        return "250 OK, yours truly"


def keep(session, envelope) -> None:
    """Put the mail into the box, durably, before it is accepted."""
    line = {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "made": envelope.original_content.decode("ascii"),
        "encrypted": session.ssl is not None,
        "user": session.authenticated,
    }
    with Path(BOX).open("a") as box:
        box.write(json.dumps(line) + "\n")


class Raw(asyncio.Protocol):
    """Not a mail server at all."""

    def connection_made(self, transport) -> None:
        self.transport = transport
        if MODE == "garbage":
            transport.write(GARBAGE)
        elif MODE == "endless":
            transport.write(b"220-" + b"x" * 9000)
        elif MODE == "hello":
            transport.write(b"554 5.7.1 Go away\r\n")
        elif MODE == "hang up":
            transport.abort()
        elif MODE == "drip":
            self.dripping = asyncio.ensure_future(self.drip())

    async def drip(self) -> None:
        while not self.transport.is_closing():
            self.transport.write(b"2")
            await asyncio.sleep(0.1)

    def data_received(self, data: bytes) -> None:
        if MODE == "garbage":
            self.transport.write(GARBAGE)


def may_in(server, session, envelope, mechanism, given) -> AuthResult:
    return AuthResult(success=given.password == b"right", handled=False)


def line() -> asyncio.Protocol:
    if MODE in {"garbage", "endless", "hello", "hang up", "drip", "silent"}:
        return Raw()
    context = None
    if CERTIFICATE:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*CERTIFICATE)
    return SMTP(
        HANDLER,
        hostname="mail.invalid",
        tls_context=context,
        auth_required=MODE == "password",
        authenticator=may_in,
        auth_require_tls=True,
    )


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(line, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


HANDLER = Faulty()
asyncio.run(main())
