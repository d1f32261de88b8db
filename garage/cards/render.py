"""From what a paper says to its PDF: words in its language, laid out by its template."""

from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from garage.cards import pdf_worker
from garage.cards.layouts import LAYOUTS
from garage.cards.printable import printable
from garage.domain.paper import Paper
from garage.domain.radio_pass import card_title
from garage.domain.text import Text
from garage.paths import TEMPLATES, TRANSLATIONS

_DATES_AS = {"en": "en_GB"}  # English dates the British way; other languages by their own rules


def render(paper: Paper) -> bytes:
    """The PDF of one paper: tagged, fonts inside, no person's name in its metadata, equal bytes for equal input.

    Raises NotPrintable when a number would not be whole and WrongPages when the paper does not fit its pages.
    Loads WeasyPrint: call it in a process of its own (`garage.cards.press`) wherever somebody waits.
    """
    layout = LAYOUTS[paper.kind]
    return pdf_worker.make_pdf(to_html(paper), layout.styles, layout.most_pages)


def to_html(paper: Paper) -> str:
    """The page that WeasyPrint lays out, in the paper's language."""
    language = _known(paper.language)
    template = _environment(language).get_template(LAYOUTS[paper.kind].template)
    return template.render(paper=printable(paper), language=language)


def _known(language: str) -> str:
    """The language as Babel spells it; English where Babel does not know it."""
    try:
        return str(Locale.parse(language))
    except (ValueError, UnknownLocaleError):
        return "en"


@cache
def _environment(language: str) -> Environment:
    words = Translations.load(TRANSLATIONS, [language])
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    locale = _DATES_AS.get(language, language)
    environment.filters["said"] = lambda text: _said(text, words)
    environment.filters["day"] = lambda day: _day(day, locale)
    environment.filters["time"] = lambda moment: format_time(
        moment, "HH:mm", tzinfo=moment.tzinfo, locale=locale
    )
    environment.globals.update(card_title=card_title, code128=pdf_worker.code128, qr_code=pdf_worker.qr_code)
    return environment


def _said(text: Text, words: NullTranslations) -> str:
    return text.say(words.gettext)


def _day(day: date | datetime, locale: str) -> str:
    return format_date(day.date() if isinstance(day, datetime) else day, "long", locale=locale)
