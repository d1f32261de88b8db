"""Every text for people is marked, collected and said in German, and fits where it is printed."""

import ast
import re
import string
from collections.abc import Iterator
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from babel.support import Translations

from garage import paths

ROOT = paths.CHECKOUT
GERMAN = paths.TRANSLATIONS / "de" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
SHOWN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
# the program's own name, units and how a card number begins are the same in every language
NAMES = {"· Garage", "Garage", "mm", "( KB)", "RP-…"}
SAYS = {"Refused", "Text", "flash"}  # what these are given first is read by people


def read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale="de")


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def translations(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.fixture(scope="module")
def german() -> Catalog:
    return read(GERMAN)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the sources hold now, collected as `make translations` does."""
    file = tmp_path_factory.mktemp("words") / "messages.pot"
    line = ["pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml"), "-k", "N_ _l lazy_gettext"]
    CommandLineInterface().run([*line, "-o", str(file), str(ROOT)])
    return read(file)


def test_the_german_file_holds_exactly_the_texts_of_the_sources(collected: Catalog, german: Catalog) -> None:
    wanted, there = ({sources(message) for message in messages(one)} for one in (collected, german))
    assert sorted(wanted - there) == [], "type `make translations`, then translate what is new"
    assert sorted(there - wanted) == [], "type `make translations`: these are not said any more"
    assert not german.obsolete


def test_every_text_is_translated_and_none_is_a_guess(german: Catalog) -> None:
    assert [message.id for message in messages(german) if not all(translations(message))] == []
    assert [message.id for message in messages(german) if message.fuzzy] == []


def test_translations_keep_every_placeholder(german: Catalog) -> None:
    wrong = []
    for message in messages(german):
        wanted = sorted(PLACEHOLDER.findall(sources(message)[-1]))
        said = [sorted(set(PLACEHOLDER.findall(text))) for text in translations(message)]
        if any(names != sorted(set(wanted)) for names in said) and not message.pluralizable:
            wrong.append(message.id)
        if message.pluralizable and said[-1] != sorted(set(wanted)):
            wrong.append(message.id)
    assert wrong == []


def test_translations_end_as_their_source_does(german: Catalog) -> None:
    wrong = []
    for message in messages(german):
        for text in translations(message):
            ends = {sources(message)[0][-1], text[-1]}
            if text != text.strip() or (len(ends) > 1 and ends & set(".?:…")):
                wrong.append(message.id)
    assert wrong == []


class AnyValues(dict[str, Any]):
    """Gives every placeholder a number, which both %s and %d can print."""

    def __missing__(self, name: str) -> int:
        return 2


def test_every_text_of_a_template_can_be_filled_in(german: Catalog) -> None:
    """Jinja fills in every text, so a lone percent sign in one would stop the page."""
    for message in messages(german):
        if any(str(file).endswith(".html") for file, _ in message.locations):
            for text in (*sources(message), *translations(message)):
                assert text % AnyValues()


def test_what_is_compiled_is_what_is_written(german: Catalog) -> None:
    compiled = Translations.load(paths.TRANSLATIONS, ["de"])
    assert isinstance(compiled, GNUTranslations), "type `make setup`: the translations are not compiled"
    old = [
        message.id
        for message in messages(german)
        if translations(message)
        != (
            (compiled.gettext(message.id),)
            if not message.pluralizable
            else tuple(compiled.ngettext(*message.id, number) for number in (1, 2))
        )
    ]
    assert old == [], "type `make setup`: the translations are newer than what is compiled"


class VisibleText(HTMLParser):
    """Words that stand in a template itself, outside of what is said through _()."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        # What Jinja does is not text; the width of a page is a style.
        without_width = re.sub(
            r"\{% block width %\}.*?\{% endblock", " {% endblock", template, flags=re.DOTALL
        )
        self.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", without_width, flags=re.DOTALL))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Some attributes are read by people, too."""
        self._silent += tag in {"script", "style"}
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES:
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Scripts and styles end here."""
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Keep what has letters."""
        if not self._silent and re.search(r"[^\W\d_]{2}", data):
            self.found.append(" ".join(data.split()))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(paths.TEMPLATES).as_posix())
def test_no_words_stand_bare_in_a_template(template: Path) -> None:
    bare = [words for words in VisibleText(template.read_text("utf-8")).found if words not in NAMES]
    assert bare == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(paths.TEMPLATES).as_posix())
def test_quotes_are_those_of_the_language(template: Path) -> None:
    """They stand inside a translated text, or <q> writes them; bare ones stay English on a German page."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template.read_text("utf-8"), flags=re.DOTALL)
    assert set("“”„") & set(bare) == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(paths.TEMPLATES).as_posix())
def test_only_our_own_words_are_filled_in(template: Path) -> None:
    """`_()` fills in values, so what people typed may not go through it: "100 %" would stop the page.

    A text that comes from elsewhere is said with ``| say``.
    """
    assert re.findall(r"\b_\(\s*[^\s\"'].*?\)", template.read_text("utf-8")) == []


def bare_words(file: Path) -> Iterator[str]:
    """Labels, messages and refusals in Python that are not marked for translation."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = [given.value for given in node.keywords if given.arg in {"message", "label", "description"}]
        said += node.args[:1] if name.endswith("Field") or name in SAYS else []
        for words in said:
            if isinstance(words, ast.JoinedStr) or (
                isinstance(words, ast.Constant)
                and isinstance(words.value, str)
                and set(PLACEHOLDER.sub("", words.value)) & set(string.ascii_letters)
            ):
                yield f"{file.name}:{words.lineno}"


@pytest.mark.parametrize(
    "file",
    sorted(paths.PACKAGE.rglob("*.py")),
    ids=lambda file: file.relative_to(paths.PACKAGE).as_posix(),
)
def test_no_label_message_or_refusal_is_unmarked(file: Path) -> None:
    assert list(bare_words(file)) == []


def test_the_words_on_the_card_are_short_enough(german: Catalog) -> None:
    """A card is 85.60 mm wide; beyond these lengths its lines break where they must not."""

    def said(source: str) -> str:
        message = german.get(source)
        assert message is not None, f"the card says it differently now: {source}"
        return str(message.string)

    worked = said("worked in this car on %(day)s").replace("%(day)s", "21. September 2026")
    wrong = said("Wrong code? Stop after one and call us.") + " " + said("Leave the radio on.")
    assert len(worked) <= 50
    assert len(wrong) <= 58
    assert len(said("only for the radio with this number")) <= 38
    assert len(said("Radio number card")) <= 16
    assert len(said("Keep it in your wallet or at home, never in the car.")) <= 62
    assert all(len(word) <= 8 for word in said("NOT YET TRIED IN THIS RADIO").split())


def test_the_sentences_that_keep_radios_whole_say_exactly_this(german: Catalog) -> None:
    plug = german.get(
        "Slide the radio out with its plug left in. "
        "Pulling the plug locks it exactly like taking the battery off."
    )
    assert plug is not None
    assert plug.string == (
        "Das Radio mit eingestecktem Stecker herausziehen. "
        "Stecker ziehen sperrt es genau wie Batterie abklemmen."
    )
