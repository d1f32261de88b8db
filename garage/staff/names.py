"""Names of people: what stands on the paper, and what they type to sign in."""

import re
import unicodedata

from garage.domain.text import N_, Refused

_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_INITIALS = re.compile(r"[^\W\d_]{1,4}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae"})


def read_initials(text: str, name: str) -> str:
    """One to four letters in capitals; nothing typed: those of the name. Refused for anything else."""
    initials = (text or "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)[:3])).upper()
    if not _INITIALS.fullmatch(initials):
        raise Refused(N_("Initials are one to four letters, for example AM."))
    return initials


def read_sign_in_name(text: str) -> str:
    """The name to sign in with, in small letters. Refused when it has spaces or letters few keyboards have."""
    name = text.lower()
    if not _SIGN_IN_NAME.fullmatch(name):
        likely = propose_sign_in_name(text)
        if _SIGN_IN_NAME.fullmatch(likely):
            raise Refused(
                N_("Use letters a to z, digits, dots and hyphens, for example “%(likely)s”."), likely=likely
            )
        raise Refused(N_("Use at least two letters a to z, digits, dots or hyphens."))
    return name


def propose_sign_in_name(name: str) -> str:
    """A name to sign in with, such as ``juergen`` for Jürgen."""
    first = name.split()[0].lower() if name.split() else ""
    plain = unicodedata.normalize("NFKD", first.translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9._-]", "", plain)
