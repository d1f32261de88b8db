"""How reading a text grows with its length: ten times as long may take at most fifteen times the time."""

from collections.abc import Callable
from time import process_time

from garage import paths
from garage.domain.catalogue import Catalogue
from garage.facts import answers, seeds
from tests.benchmarks.figures import Figure

SHORT, LONG = 1_000, 10_000  # characters
TIMES = 9
BAR = 15
TEXTS = (
    "M013344 s/n ",
    "my mondeo 2003 shows LOCKED10, serial M763412, ",
    "A",
    "156 ",
    "1 2 3 ",
    "cd6000rds eon ",
    "ä ",
)
READ: dict[str, Callable[[Catalogue, str], object]] = {
    "a message": answers.read_message,
    "a serial number": answers.identify,
    "a VIN": answers.vin,
    "a display": answers.display,
}


def figures() -> list[Figure]:
    """For each thing that is read the steepest growth among some texts."""
    catalogue = seeds.load(paths.SEEDS)
    return [
        Figure(
            f"Reading {what} of {LONG:,} characters instead of {SHORT:,}",
            max(growth(catalogue, read, text) for text in TEXTS),
            "times",
            BAR,
        )
        for what, read in READ.items()
    ]


def growth(catalogue: Catalogue, read: Callable[[Catalogue, str], object], text: str) -> float:
    """How many times longer the long text takes; the shortest of some runs, by the process's own time."""

    def shortest(length: int) -> float:
        asked = (text * length)[:length]
        spent = []
        for _ in range(TIMES):
            start = process_time()
            read(catalogue, asked)
            spent.append(process_time() - start)
        return min(spent)

    return shortest(LONG) / max(shortest(SHORT), 0.000_05)
