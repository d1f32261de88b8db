"""One measured figure, the bar it must not cross, and the two files that keep them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`; smaller is better, more than `bar` breaks the promise."""

    name: str
    value: float
    unit: str
    bar: float

    @property
    def ratio(self) -> float:
        """How much of what is allowed was used: 0.5 is half."""
        return self.value / self.bar

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.value <= self.bar


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """How long `act` takes: the middle one of `times` runs, by a clock that never jumps."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        act()
        taken.append(perf_counter() - start)
    return median(taken)


def write(figures: list[Figure], folder: Path) -> None:
    """Write benchmarks.json for programs and benchmarks.md for people."""
    rows = [
        {
            "name": figure.name,
            "value": round(figure.value, 4),
            "unit": figure.unit,
            "ratio": round(figure.ratio, 3),
            "bar": figure.bar,
            "holds": figure.holds,
        }
        for figure in figures
    ]
    (folder / "benchmarks.json").write_text(json.dumps(rows, indent=2) + "\n")
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Every figure has a bar that it must not cross; ratio is value / bar.",
        "",
        "| What | Measured | Bar | Ratio | Holds |",
        "|---|---:|---:|---:|---|",
        *(
            f"| {figure.name} | {figure.value:.3g} {figure.unit} | {figure.bar:g} {figure.unit}"
            f" | {figure.ratio:.2f} | {'yes' if figure.holds else '**no**'} |"
            for figure in figures
        ),
    ]
    (folder / "benchmarks.md").write_text("\n".join(lines) + "\n")
