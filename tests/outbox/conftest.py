"""Mail servers that misbehave, and mails that wait."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from garage.outbox.mail_server import MailServer, Security

PROGRAM = Path(__file__).with_name("smtp_process.py")


@dataclass(frozen=True)
class Box:
    """A running mail server, how to reach it, and what it has accepted."""

    server: MailServer
    file: Path

    @property
    def mails(self) -> list[dict[str, Any]]:
        """Every mail that it accepted, the oldest first."""
        return [json.loads(line) for line in self.file.read_text().splitlines()]


@contextmanager
def mail_box(mode: str, folder: Path, certificate: tuple[Path, Path] | None = None) -> Iterator[Box]:
    """A mail server process with this fault, until the block ends."""
    file = folder / f"{mode.replace(' ', '-')}.box"
    file.touch()
    files = [str(path) for path in certificate or ()]
    program = subprocess.Popen(
        [sys.executable, str(PROGRAM), mode, str(file), *files],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    try:
        port = int(program.stdout.readline())
        server = MailServer("127.0.0.1", port, Security.NONE, "", "", "Garage <garage@garage.example>")
        yield Box(replace(server, security=Security.STARTTLS) if certificate else server, file)
    finally:
        program.stdin.close()
        program.wait(10)
        program.stdout.close()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Callable[..., Box]]:
    """``box("greylist")``: a mail server with that fault."""
    with ExitStack() as running:

        def opened(mode: str, certificate: tuple[Path, Path] | None = None) -> Box:
            return running.enter_context(mail_box(mode, tmp_path, certificate))

        yield opened


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody has signed but itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.invalid")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files
