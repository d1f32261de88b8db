"""The board cut into screens for the wall: a few large rows each, so that nothing has to be scrolled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from garage.board.standing import JobStanding, Lane

COLUMNS = 2
LINES = 8  # in a column, headings included: as many as can be read from five metres


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one lane under its heading; `total` are all cars of the lane, shown here or not."""

    lane: Lane
    rows: tuple[JobStanding, ...]
    total: int


Column = tuple[Part, ...]
Screen = tuple[Column, ...]


def screens(lanes: Mapping[Lane, Sequence[JobStanding]]) -> tuple[Screen, ...]:
    """The lanes in their order, cut into columns and those into screens; no heading stands without a row."""
    columns = _columns(lanes)
    return tuple(tuple(columns[first : first + COLUMNS]) for first in range(0, len(columns), COLUMNS))


def _columns(lanes: Mapping[Lane, Sequence[JobStanding]]) -> list[Column]:
    columns: list[list[Part]] = []
    free = 0
    for lane, rows in lanes.items():
        rest = list(rows)
        while rest:
            if free < 2:
                columns.append([])
                free = LINES
            here, rest = rest[: free - 1], rest[free - 1 :]
            columns[-1].append(Part(lane, tuple(here), len(rows)))
            free -= 1 + len(here)
    return [tuple(column) for column in columns]
