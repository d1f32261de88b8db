"""Sealed texts: codes are kept encrypted and read only by asking for it by name."""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from garage.domain.text import N_, Refused

KEY_BYTES = 32
NONCE_BYTES = 12
SEAL_ID_BYTES = 16


class CodesLocked(Refused):
    """The code key is not here: everything works but showing, entering and printing codes."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Codes are locked: the code key is missing on this machine. The manager's page says how to bring it back."
            )
        )


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """An encrypted text as it lies in the database; shows nothing of itself."""

    token: str

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, repr=False)
class CodeKey:
    """The key that opens the codes of one database: an id of eight letters and 32 secret bytes."""

    key_id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"CodeKey({self.key_id}, ***)"

    @classmethod
    def new(cls) -> "CodeKey":
        """A fresh random key."""
        return cls(secrets.token_hex(4), secrets.token_bytes(KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> "CodeKey":
        """Read ``key-id:64 hex digits``, spaces and line ends ignored. Raises ValueError."""
        key_id, _, hexed = "".join(text.split()).partition(":")
        secret = bytes.fromhex(hexed)
        if len(secret) != KEY_BYTES or not key_id:
            raise ValueError("a code key is an id, a colon and 64 hex digits")
        return cls(key_id, secret)

    def written(self) -> str:
        """The key as it stands in its file."""
        return f"{self.key_id}:{self.secret.hex()}"


class Vault:
    """Seals and opens texts with the code key; without a key it is locked and says so."""

    def __init__(self, key: CodeKey | None) -> None:
        self._key = key

    @property
    def locked(self) -> bool:
        """True where the code key is missing."""
        return self._key is None

    def key(self) -> CodeKey:
        """The key itself, for the key sheet only. Raises CodesLocked."""
        if self._key is None:
            raise CodesLocked
        return self._key

    def seal(self, text: str) -> Sealed:
        """Encrypt `text` with AES-256-GCM under a random seal id. Raises CodesLocked."""
        key = self.key()
        seal_id, nonce = secrets.token_bytes(SEAL_ID_BYTES), secrets.token_bytes(NONCE_BYTES)
        box = AESGCM(key.secret).encrypt(nonce, text.encode(), key.key_id.encode() + seal_id)
        return Sealed(
            ".".join([key.key_id, *(urlsafe_b64encode(part).decode() for part in (seal_id, nonce + box))])
        )

    def open(self, sealed: Sealed) -> str:
        """The text inside. Raises CodesLocked without the right key, ValueError for a damaged seal."""
        key_id, seal_id, box = sealed.token.split(".")
        key = self.key()
        if key_id != key.key_id:
            raise CodesLocked
        raw = urlsafe_b64decode(box)
        try:
            plain = AESGCM(key.secret).decrypt(
                raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode() + urlsafe_b64decode(seal_id)
            )
        except InvalidTag:
            raise ValueError("this sealed text was damaged or swapped") from None
        return plain.decode()


def read_key(path: Path) -> CodeKey | None:
    """The code key in the file at `path`, or None where there is no file."""
    return CodeKey.parse(path.read_text()) if path.is_file() else None


def write_key(path: Path, key: CodeKey) -> None:
    """Put the key into a new file that only its owner can read. Raises FileExistsError."""
    keep_private(path, key.written() + "\n")


def keep_private(path: Path, text: str) -> None:
    """Write a new file, mode 0600, whole or not at all: a full disk must not leave an empty key behind.

    Raises FileExistsError; OSError where the disk refuses.
    """
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.unfinished")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
