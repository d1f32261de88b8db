"""The words in a customer's message: make, car, radio, display and language."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from garage.domain.catalogue import Catalogue
from garage.domain.message_runs import Found
from garage.domain.plate import folded

_WORD = re.compile(r"[^\W_]+")
_JOINING = re.compile(r"[ \t.\-/'’]{0,2}")
_YEAR = re.compile(r"\b(19[6-9][0-9]|20[0-4][0-9])\b")
_PLATE = re.compile(r"\b([0-9]{2})[ -]?(?:plate|reg\b)", re.IGNORECASE)
_ONLY_ONE = 3  # how much more a word says that only one language has
_SHORT = 3  # letters; shorter names are only read in one piece
_LONGEST_NAME = 4  # words
_SCRIPTS = (("el", re.compile("[α-ωά-ώ]{3}", re.IGNORECASE)), ("ru", re.compile("[а-яё]{3}", re.IGNORECASE)))


@dataclass(frozen=True, slots=True)
class Named:
    """A make or car named in the text. `capital`: written with a capital letter."""

    name: str
    make: str
    found: Found
    capital: bool
    sure: bool = False  # what stands beside it leaves no doubt


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the text without case and accents, and its place."""

    plain: str
    start: int
    end: int


class Wordbook:
    """The words of the seeds, ready for looking up."""

    def __init__(self, catalogue: Catalogue) -> None:
        words = catalogue.words
        self.words = words
        self.suppliers = {make.name for make in catalogue.makes if make.supplier}
        self.makes: dict[str, str] = {}
        for make in catalogue.makes:
            self.makes.update({folded(name): make.name for name in (make.name, *make.aliases)})
        self.makes.update(_by_folded(words.get("other_scripts", {})))
        self.models: dict[str, list[tuple[str, str]]] = {}
        for make_name, names in words.get("models", {}).items():
            for name in names:
                self.models.setdefault(folded(name), []).append((make_name, name))
        self.ambiguous = _by_folded(words.get("ambiguous_makes", {}))
        self.only_capital = self._folded_names("only_capital")
        self.with_make = self._folded_names("with_make")
        self.no_make_before = self._folded_names("no_make_before", "words")
        self.british = self._folded_names("british", "words")

    def _folded_names(self, table: str, key: str = "names") -> frozenset[str]:
        return frozenset(folded(name) for name in self.words.get(table, {}).get(key, ()))

    def patterns(self, table: str) -> dict[str, re.Pattern[str]]:
        """The patterns of a table, one for each of its keys."""
        return {
            key: re.compile(r"(?<![^\W_])(?:" + "|".join(parts) + r")", re.IGNORECASE)
            for key, parts in self.words.get(table, {}).items()
        }


def _by_folded(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(name): make for make, names in table.items() for name in names}


def names_in(text: str, book: Wordbook) -> tuple[list[Named], list[Named]]:
    """The makes and the cars that the text names, in their order; the longest name at each place."""
    pieces = [Piece(folded(word[0]), word.start(), word.end()) for word in _WORD.finditer(text)]
    makes: list[Named] = []
    models: list[Named] = []
    place = 0
    while place < len(pieces):
        taken = 1
        for count in range(min(_LONGEST_NAME, len(pieces) - place), 0, -1):
            group = pieces[place : place + count]
            if not _are_joined(text, group):
                continue
            if found := _named(text, group, book):
                (makes if found[0] else models).extend(found[1])
                taken = count
                break
        place += taken
    return [make for make in makes if _is_make(make, text, book, models)], models


def _are_joined(text: str, group: list[Piece]) -> bool:
    return all(_JOINING.fullmatch(text, one.end, other.start) for one, other in pairwise(group))


def _named(text: str, group: list[Piece], book: Wordbook) -> tuple[bool, list[Named]] | None:
    name = "".join(piece.plain for piece in group)
    if name not in book.makes and name not in book.models:
        return None
    start, end = group[0].start, group[-1].end
    where = Found(text[start:end], start, end)
    if make := book.makes.get(name):
        return True, [Named(make, make, where, text[start].isupper())]
    if len(group) > 1 and len(name) <= _SHORT and "-" not in text[start:end]:
        return None
    capital = text[start].isupper() and (start > 0 or len(group) > 1 or text[start:end].isupper())
    return False, [Named(model, make, where, capital) for make, model in book.models[name]]


def _is_make(make: Named, text: str, book: Wordbook, models: list[Named]) -> bool:
    """Whether an everyday word ("mini", "seat", "smart") is really meant as a make here."""
    if folded(make.found.value) not in book.ambiguous:
        return True
    following = _WORD.search(text, make.found.end)
    if following and folded(following[0]) in book.no_make_before:
        return False
    return make.capital or any(model.make == make.make for model in models)


def counting_models(models: list[Named], makes: list[str], book: Wordbook) -> list[Named]:
    """The cars that are really named: of the makes named, or sure enough to name a make themselves."""
    if makes:
        return [model for model in models if model.make in makes and _is_meant(model, book)]
    makes_at: dict[int, set[str]] = {}
    for model in models:
        makes_at.setdefault(model.found.start, set()).add(model.make)
    return [model for model in models if _names_a_make(model, len(makes_at[model.found.start]) > 1, book)]


def _is_meant(model: Named, book: Wordbook) -> bool:
    name = folded(model.name)
    return model.capital or model.sure or name not in book.only_capital | book.with_make or not name.isalpha()


def _names_a_make(model: Named, of_several: bool, book: Wordbook) -> bool:
    if model.sure:
        return True
    name = folded(model.name)
    if name.isdigit() or name in book.with_make or of_several:
        return False
    return model.capital or name not in book.only_capital


def patterned_model(text: str, book: Wordbook) -> Named | None:
    """A car whose name counts only with what stands beside it ("156 1.9 JTD")."""
    for make, pattern in book.patterns("model_patterns").items():
        if match := pattern.search(text):
            name = next(part for part in match.groups() if part)
            return Named(name, make, Found(match[0], match.start(), match.end()), True, True)
    return None


def radio_in(text: str, book: Wordbook, make: str | None) -> tuple[str, Found] | None:
    """The radio's name and the make it lets us infer ("other": none); of the named make first."""
    found = [
        (key, Found(match[0].strip(), match.start(), match.end()))
        for key, pattern in book.patterns("radios").items()
        if (match := pattern.search(text))
    ]
    found.sort(key=lambda one: (one[0] != make, one[0] == "other", one[1].start))
    if make is not None and found and found[0][0] not in (make, "other"):
        return None
    return found[0] if found else None


def year_in(text: str) -> int | None:
    """The year of the car: four digits, or a British plate ("53 plate" is 2003)."""
    if match := _YEAR.search(text):
        return int(match[1])
    if match := _PLATE.search(text):
        half = int(match[1])
        return 2000 + (half if half <= 50 else half - 50)
    return None


def display_in(text: str, book: Wordbook) -> Found | None:
    """What the display shows, as far as it is written in a way that only a display is."""
    tables = book.words.get("display", {})
    for key, flags in (("any", re.IGNORECASE), ("exact", re.NOFLAG)):
        pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(tables.get(key, ()))})(?![^\W_])", flags)
        if tables.get(key) and (match := pattern.search(text)):
            return Found(match[0].upper(), match.start(), match.end())
    shown, shows = "|".join(tables.get("after_shows", ())), "|".join(tables.get("shows", ()))
    if shown and shows:
        pattern = re.compile(rf"\b(?:{shows})\W{{1,3}}(?P<shown>{shown})\b", re.IGNORECASE)
        if match := pattern.search(text):
            return Found(match["shown"].upper(), match.start("shown"), match.end("shown"))
    return None


def language_of(text: str, book: Wordbook) -> str | None:
    """The language (two letters) whose everyday words occur; None where there are too few.

    A word of one language alone says more than one that several have.
    """
    for language, script in _SCRIPTS:
        if script.search(text):
            return language
    spoken = [word[0].casefold() for word in _WORD.finditer(text)]
    lists = {language: frozenset(words) for language, words in book.words.get("languages", {}).items()}
    shared = Counter(word for words in lists.values() for word in words)
    best, most = None, (0, 0)
    for language, known in lists.items():
        heard = [word for word in spoken if word in known]
        weight = sum(_ONLY_ONE if shared[word] == 1 else 1 for word in heard)
        if (weight, len(heard)) > most:
            best, most = language, (weight, len(heard))
    return best if most[0] >= min(2, max(1, len(spoken) // 3)) else None


def is_british(text: str, book: Wordbook) -> bool:
    """Whether the writer is in Britain, as far as single words tell."""
    return "£" in text or any(folded(word[0]) in book.british for word in _WORD.finditer(text))
