"""Where everything stands on a sheet of cards: numbers of a layout as a stylesheet and as lines to cut along."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from garage.domain.sheet_layout import FOLDED, NO_CORRECTION, RULER, PrinterProfile, SheetKind, SheetLayout

FACE = (79.0, 45.0)  # millimetres: what a side of a card needs, in the middle of the card
TICK = 4.0  # millimetres: length of a line to cut along, outside of the cards
GAP = 1.5  # between the card and that line
HAIR = 0.2
BELOW_WORDS = 8.0  # so far below the middle, the ruler that runs down touches no line of the second card

Line = tuple[float, float, float, float]


@cache
def sheet_css(layout: SheetLayout, profile: PrinterProfile, calibration: bool = False) -> str:
    """The stylesheet that puts each side of each card to its place, moved and scaled as the printer needs it.

    ``calibration`` draws every outline, two rulers and four crosses instead of lines to cut along.
    """
    size = f"width: {layout.paper_w}mm; height: {layout.paper_h}mm"
    rules = [
        f"@page {{ size: {layout.paper_w}mm {layout.paper_h}mm; margin: 0; }}",
        "html, body { margin: 0; }",
        f".sheet {{ position: relative; {size}; break-after: page; {_correction(profile)} }}",
        ".sheet:last-child { break-after: auto; }",
    ]
    if layout.cut_lines or calibration:
        drawn = "".join(_calibration(layout) if calibration else _cut_lines(layout))
        rules.append(f'.marked {{ background: url("{_picture(layout, drawn)}") 0 0 / 100% 100%; }}')
    for position in range(layout.positions):
        rules += _places(layout, position)
    return "\n".join(rules)


def _correction(profile: PrinterProfile) -> str:
    if profile == NO_CORRECTION:
        return ""
    moved = f"translate({profile.right_mm}mm, {profile.down_mm}mm)"
    return f"transform: {moved} scale({profile.scale_x}, {profile.scale_y}); transform-origin: 0 0;"


def _places(layout: SheetLayout, position: int) -> Iterator[str]:
    """Front and back of one card; the back of a column lies behind it when the sheet is turned like a page."""
    left, top = layout.box(position)
    behind = layout.paper_w - left - layout.card_w
    if not layout.folds:
        turned = "transform: rotate(90deg);" if layout.turned else ""
        yield _place(f"face-{position}", layout, left, top, layout.card_h, turned)
        yield _place(f"back-{position}", layout, behind, top, layout.card_h, turned)
        yield _place(f"cell-{position}", layout, left, top, layout.card_h, turned)
        return
    half = FOLDED / 2
    yield _place(f"cover-{position}", layout, left, top, half, "transform: rotate(180deg);")
    yield _place(f"hiding-{position}", layout, left, top + half, half)
    yield _place(f"cell-{position}", layout, left, top, half)
    yield _place(f"back-{position}", layout, behind, top, half)
    yield _place(f"face-{position}", layout, behind, top + half, half)


def _place(name: str, layout: SheetLayout, left: float, top: float, height: float, turn: str = "") -> str:
    x, y = left + (layout.card_w - FACE[0]) / 2, top + (height - FACE[1]) / 2
    return f".{name} {{ left: {x:.3f}mm; top: {y:.3f}mm; {turn} }}"


def _picture(layout: SheetLayout, drawn: str) -> str:
    """Lines as a picture of the whole sheet, in millimetres."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.paper_w}mm" height="{layout.paper_h}mm" '
        f'viewBox="0 0 {layout.paper_w} {layout.paper_h}" '
        f'fill="none" stroke="#000" stroke-width="{HAIR}">{drawn}</svg>'
    )
    return "data:image/svg+xml," + quote(svg)


def _cut_lines(layout: SheetLayout) -> Iterator[str]:
    if layout.kind is SheetKind.LABELS:  # no room beside the card
        yield from (_outline(layout, position) for position in range(layout.positions))
    else:
        yield from (_line(*tick) for tick in sorted(set(_ticks(layout))))


def _calibration(layout: SheetLayout) -> Iterator[str]:
    yield from (_outline(layout, position) for position in range(layout.positions))
    width, height = layout.paper_w, layout.paper_h
    for x, y in ((x, y) for x in (10, width - 10) for y in (10, height - 10)):
        yield _line(x - 4, y, x + 4, y) + _line(x, y - 4, x, y + 4)
    if min(width, height) > RULER + 20:
        yield from _rulers(layout)


def _rulers(layout: SheetLayout) -> Iterator[str]:
    """Two rulers: one inside the last row, one that runs down the last column, where they touch no words."""
    left, top = (layout.paper_w - RULER) / 2, (layout.paper_h - RULER) / 2 + BELOW_WORDS
    x, y = layout.box(layout.positions - 1)
    x, y = x + 0.88 * layout.card_w, y + layout.card_h - 12
    for mark in range(int(RULER) + 1):
        long = 5 if mark % 10 == 0 else 3 if mark % 5 == 0 else 1.5
        yield _line(left + mark, y, left + mark, y + long)
        yield _line(x, top + mark, x + long, top + mark)


def _line(x: float, y: float, right: float, bottom: float) -> str:
    return f'<path d="M{x:g} {y:g}L{right:g} {bottom:g}"/>'


def _outline(layout: SheetLayout, position: int) -> str:
    x, y = layout.box(position)
    return f'<rect x="{x}" y="{y}" width="{layout.card_w}" height="{layout.card_h}" rx="{layout.radius}"/>'


def _ticks(layout: SheetLayout) -> Iterator[Line]:
    """Short lines that continue the cards' edges and folds, wherever they cross no other card."""
    boxes = [layout.box(position) for position in range(layout.positions)]
    for left, top in boxes:
        right, bottom = left + layout.card_w, top + layout.card_h
        rows = [top, bottom, *([top + layout.card_h / 2] if layout.folds else [])]
        lines = [
            (x, y, x, y + way) for x in (left, right) for y, way in ((top - GAP, -TICK), (bottom + GAP, TICK))
        ]
        lines += [(x, y, x + way, y) for y in rows for x, way in ((left - GAP, -TICK), (right + GAP, TICK))]
        for line in lines:
            if not any(_crosses(line, box, layout) for box in boxes):
                yield _tidy(line)


def _crosses(line: Line, box: tuple[float, float], layout: SheetLayout) -> bool:
    (x, y), (low, high) = box, (min(line[1], line[3]), max(line[1], line[3]))
    left, right = min(line[0], line[2]), max(line[0], line[2])
    return (
        right > x + 0.01
        and left < x + layout.card_w - 0.01
        and high > y + 0.01
        and low < y + layout.card_h - 0.01
    ) or (low >= y and high <= y + layout.card_h and left >= x and right <= x + layout.card_w)


def _tidy(line: Line) -> Line:
    x, y, right, bottom = (round(number, 3) for number in line)
    return min(x, right), min(y, bottom), max(x, right), max(y, bottom)
