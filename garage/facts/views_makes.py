"""A page for every make, readable on a phone in the bay, and the look-up of displays."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from garage.domain.advice import NOTHING_SURE, PLUG_LEFT_IN, is_known
from garage.domain.display import read_display
from garage.domain.scope import RadioInCar
from garage.domain.ways import price_warning
from garage.facts.blueprint import bp
from garage.facts.forms import DisplayForm, PriceForm
from garage.facts.make_sheet import make_sheet
from garage.facts.queries import experience_with
from garage.web.current import catalogue, read


@bp.app_template_filter("slug")
def slug(make: str) -> str:
    """A make's name as it stands in the address of its page."""
    name = catalogue().make_name(make) or make
    return name.casefold().replace(" ", "-").replace("/", "-")


@bp.get("/makes")
def makes() -> ResponseReturnValue:
    """Every make we know by name; those without a sure answer say so."""
    rows = [(make, is_known(catalogue(), make.name)) for make in catalogue().makes]
    return render_template(
        "facts/makes.html",
        makes=sorted(rows, key=lambda row: (row[0].supplier, row[0].name)),
        form=DisplayForm(),
    )


@bp.get("/makes/<slug>")
def make(slug: str) -> ResponseReturnValue:
    """One make: where the number is, what to press, when to stop; for one car where it is named."""
    asked = _asked(slug)
    sheet = make_sheet(catalogue(), asked)
    return render_template(
        "facts/make.html",
        sheet=sheet,
        asked=asked,
        seen=experience_with(read(), sheet.make, asked.model, asked.year),
        plug=PLUG_LEFT_IN,
        nothing_sure=NOTHING_SURE,
        form=DisplayForm(formdata=None, make=sheet.make),
        price=PriceForm(formdata=None),
    )


def _asked(slug: str) -> RadioInCar:
    name = catalogue().make_name(slug) or slug
    year = request.args.get("year", type=_year)
    return RadioInCar(name, request.args.get("model", "")[:60], year, request.args.get("radio", "")[:60])


def _year(text: str) -> int:
    """A year that a car can have. Raises ValueError."""
    year = int(text)
    if year not in range(1900, 2101):
        raise ValueError("no car has this year")
    return year


@bp.get("/displays")
def displays() -> ResponseReturnValue:
    """Look a display up."""
    form = DisplayForm(formdata=None, make=request.args.get("make", "")[:40])
    return render_template("facts/displays.html", form=form, answers=(), back="")


@bp.post("/displays")
def look_display_up() -> ResponseReturnValue:
    """What it means and what to do next, best first. Nothing is kept: somebody may type a code here."""
    form = DisplayForm()
    if not form.validate():
        return render_template("facts/displays.html", form=form, answers=(), back=""), 422
    name = catalogue().make_name(form.make.data)
    return render_template(
        "facts/displays.html",
        form=form,
        answers=read_display(form.text.data, catalogue(), form.make.data),
        back=url_for("facts.make", slug=slug(name)) if name else "",
        make=name,
    )


@bp.post("/worth-it")
def worth_it() -> ResponseReturnValue:
    """Whether the price of a code passes the value of the radio; both are in the garage's currency."""
    form = PriceForm()
    if not form.validate():
        return render_template("facts/worth_it.html", price=form, answered=False, warning=None), 422
    warning = price_warning(form.quoted.data or 0, form.value.data or 0)
    return render_template("facts/worth_it.html", price=form, answered=True, warning=warning)
