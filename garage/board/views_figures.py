"""Figures per make for managers, as a page with plots and as a file for a spreadsheet."""

import csv
import io

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from garage.board.blueprint import bp
from garage.board.figures import Period, Row, figures, own_ways
from garage.domain.sheet_cells import plain_cell
from garage.staff.signed_in import me
from garage.web.current import catalogue, now, read

MOST_BARS = 12  # of a plot; the table has every make


@bp.get("/figures")
def figures_page() -> ResponseReturnValue:
    """The figures, with plots beside their table."""
    period = _period()
    rows = _rows(period)
    return render_template(
        "board/figures.html",
        period=period,
        periods=Period,
        total=rows[0],
        makes=rows[1:],
        own_ways=own_ways(read(), me().site, period, now()),
        most_bars=MOST_BARS,
        length=length,
    )


@bp.get("/figures.csv")
def figures_csv() -> ResponseReturnValue:
    """The same as CSV; times in working days."""
    period = _period()
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_heads())
    for row in _rows(period):
        table.writerow([plain_cell(value) for value in _cells(row)])
    name = f"garage-figures-{period.value}.csv"
    return Response(
        "\ufeff" + text.getvalue(),  # the mark tells spreadsheets that it is UTF-8
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _period() -> Period:
    wanted = request.args.get("period", "")
    return next((period for period in Period if period.value == wanted), Period.YEAR)


def _rows(period: Period) -> list[Row]:
    facts = catalogue()
    return figures(
        read(), me().site, period, now(), lambda make: facts.make_name(make) or make or _("not known")
    )


def _heads() -> list[str]:
    return [
        _("Make"),
        _("Cars"),
        _("Nobody was asked"),
        _("Code on file"),
        _("Answers"),
        _("Half of the answers within working days"),
        _("Nine of ten answers within working days"),
        _("Codes entered"),
        _("Codes that worked"),
        _("Codes without a dealer"),
    ]


def _cells(row: Row) -> list[object]:
    return [
        row.make or _("All makes"),
        row.cars,
        row.not_asked,
        row.on_file,
        len(row.days),
        _or_empty(row.half_within),
        _or_empty(row.most_within),
        row.tries,
        row.played,
        row.without_dealer,
    ]


def _or_empty(days: int | None) -> int | str:
    return "" if days is None else days


def length(days: int | None) -> str:
    """Working days as people say them."""
    if days is None:
        return "–"
    return str(ngettext("%(num)d working day", "%(num)d working days", days)) if days else _("same day")
