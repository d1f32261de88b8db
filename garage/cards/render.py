"""From what a paper says to its PDF: words in its language, laid out by its template."""

import re
from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from garage.cards import pdf_worker
from garage.cards.card_lines import beside_logo, radio_lines, spelled, steps_that_fit
from garage.cards.card_sides import Draw, one_card, sides
from garage.cards.drawing import sheet_css
from garage.cards.layouts import LARGE_PRINT, LAYOUTS, Layout, layout_to_print
from garage.cards.printable import printable
from garage.domain.card import CalibrationPage, CardSheet, CardStyle, Design, HandOver, RadioPass
from garage.domain.paper import Paper
from garage.domain.radio_pass import card_title
from garage.domain.text import N_, Text
from garage.paths import TEMPLATES, TRANSLATIONS

_BETWEEN_TAGS = re.compile(r">\n\s*<")  # each such blank is a box to WeasyPrint
_DATES_AS = {"en": "en_GB"}  # English dates the British way; other languages by their own rules


def render(paper: Paper) -> bytes:
    """The PDF of one paper: tagged, fonts inside, no person's name in its metadata, equal bytes for equal input.

    Raises NotPrintable when a number would not be whole and WrongPages when the paper does not fit its pages.
    Loads WeasyPrint: call it in a process of its own (`garage.cards.press`) wherever somebody waits.
    """
    fit = printable(paper)
    match fit:
        case RadioPass(design=Design.LARGE_PRINT):
            return _make(fit, LARGE_PRINT)
        case RadioPass():
            return _make_cards(one_card(fit), card_title(fit))
        case CardSheet():
            return _make_cards(fit, Text(N_("Sheet of cards")))
        case CalibrationPage():
            return _make_calibration(fit)
        case _:
            return _make(fit, LAYOUTS[fit.kind])


def _make(paper: Paper, layout: Layout) -> bytes:
    html = _fill(layout.template, paper.language, paper=paper)
    css = _styles(layout.styles) + (pdf_worker.guard_css() if isinstance(paper, HandOver) else "")
    return pdf_worker.make_pdf(html, css, range(1, layout.most_pages + 1))


def _make_cards(sheet: CardSheet, title: Text) -> bytes:
    layout = layout_to_print(sheet.layout_id)
    sheets = list(sides(sheet, layout, _drawer))
    spoken = {card.language for _, card in sheet.cards}
    language = spoken.pop() if len(spoken) == 1 else sheet.language
    html = _fill(LAYOUTS[sheet.kind].template, language, title=title, sheets=sheets, marked=layout.cut_lines)
    css = _styles(LAYOUTS[sheet.kind].styles) + sheet_css(layout, sheet.profile)
    css += pdf_worker.guard_css() if layout.folds else ""
    html = _BETWEEN_TAGS.sub("><", html)
    return pdf_worker.make_pdf(html, css, range(len(sheets), len(sheets) + 1), quick=True)


def _make_calibration(page: CalibrationPage) -> bytes:
    layout, plan = layout_to_print(page.layout_id), LAYOUTS[page.kind]
    html = _fill(plan.template, page.language, paper=page, layout=layout)
    css = _styles(plan.styles) + sheet_css(layout, page.profile, calibration=True)
    return pdf_worker.make_pdf(html, css, range(1, 2), quick=True)


def _fill(template: str, language: str, **values: object) -> str:
    known = _known(language)
    return _environment(known).get_template(template).render(language=known, **values)


def _drawer(language: str) -> Draw:
    """Draws one side of a card in this language."""
    parts = _environment(_known(language)).get_template("cards/_face.html").module

    def draw(side: str, card: RadioPass, style: CardStyle, place: str) -> str:
        drawn: str = getattr(parts, side)(card, style, f" {place}")
        return drawn

    return draw


@cache
def _styles(names: tuple[str, ...]) -> str:
    return "\n".join((TEMPLATES / name).read_text("utf-8") for name in names)


def _known(language: str) -> str:
    """The language as Babel spells it; English where Babel does not know it."""
    try:
        return str(Locale.parse(language))
    except (ValueError, UnknownLocaleError):
        return "en"


@cache
def _environment(language: str) -> Environment:
    words = Translations.load(TRANSLATIONS, [language], domain="card")
    words.add_fallback(Translations.load(TRANSLATIONS, [language]))
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
    environment.filters["short_day"] = lambda day: format_date(day, "medium", locale=locale)
    environment.filters["radio_lines"] = lambda card: radio_lines(card, words.gettext)
    environment.filters["steps_that_fit"] = lambda card: steps_that_fit(
        [_said(step, words) for step in card.entry_steps]
    )
    environment.filters["spelled"] = lambda code: spelled(code, words.gettext)
    environment.filters["beside_logo"] = beside_logo
    environment.filters["png"] = pdf_worker.png
    environment.globals.update(card_title=card_title)
    for picture in (pdf_worker.code128, pdf_worker.qr_code, pdf_worker.data_matrix):
        environment.globals[picture.__name__] = picture
    return environment


def _said(text: Text, words: NullTranslations) -> str:
    return text.say(words.gettext)


def _day(day: date | datetime, locale: str) -> str:
    return format_date(day.date() if isinstance(day, datetime) else day, "long", locale=locale)
