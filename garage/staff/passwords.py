"""Passwords: long rather than clever, and kept only as a slow hash."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from garage.domain.text import N_, Refused

SHORTEST = 10
LONGEST = 200
FEWEST_DIFFERENT = 4  # "aaaaaaaaaa" and "1212121212" are long, and guessed first

# OWASP's smaller setting: 20 MB, 30 ms
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe())  # checked for unknown names, so that they take as long

# The commonest of at least ten characters in published lists of stolen passwords, English and German.
_COMMON = frozenset(
    [
        "1234567890",
        "0123456789",
        "0987654321",
        "9876543210",
        "12345678910",
        "1q2w3e4r5t",
        "q1w2e3r4t5",
        "1qaz2wsx3edc",
        "qwertyuiop",
        "qwertzuiop",
        "qwerty1234",
        "qwerty12345",
        "qwertz1234",
        "asdfghjkl1",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "mypassword",
        "letmein123",
        "welcome123",
        "welcome1234",
        "iloveyou12",
        "iloveyou123",
        "administrator",
        "changeme123",
        "abcdefghij",
        "abcdefg123",
        "abcd123456",
        "abc1234567",
        "football12",
        "football123",
        "liverpool1",
        "manchester",
        "basketball",
        "superman123",
        "passwort12",
        "passwort123",
        "passwort1234",
        "hallo12345",
        "hallohallo",
        "willkommen",
        "willkommen1",
        "ichliebedich",
        "schatz1234",
        "sommer2024",
        "sommer2025",
        "sommer2026",
        "werkstatt1",
        "werkstatt123",
        "autohaus123",
        "garage1234",
    ]
)


def check_password(password: str, sign_in_name: str = "") -> None:
    """Refused when the password is too short or among the first that anybody would guess."""
    plain = _normal(password).casefold()
    if len(plain) < SHORTEST:
        raise Refused(
            N_("Use at least %(n)d characters. Three or four words in a row are easy to remember."),
            n=SHORTEST,
        )
    if len(plain) > LONGEST:
        raise Refused(N_("Use at most %(n)d characters."), n=LONGEST)
    if plain in _COMMON or len(set(plain)) < FEWEST_DIFFERENT or plain == sign_in_name.casefold():
        raise Refused(
            N_("This one is guessed first. Take another, for example three or four words in a row.")
        )


def hash_password(password: str) -> str:
    """The slow hash that is stored. Takes about 30 ms: never call it inside a writing session."""
    return _hasher.hash(_normal(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password fits the stored hash; takes the same time where there is none (`stored` None)."""
    try:
        _hasher.verify(stored or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _normal(password: str) -> str:
    """The same password whatever keyboard composed its letters."""
    return unicodedata.normalize("NFKC", password)
