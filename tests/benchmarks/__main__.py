"""`make bench`: measure everything, write docs/benchmarks.json and docs/benchmarks.md."""

import sys
import tempfile
from pathlib import Path

from garage import paths
from garage.cli import keep_children_light
from tests.benchmarks import cards, desk, figures, mail, reading, start


def main() -> int:
    """0 when every figure keeps to its bar."""
    keep_children_light()
    with tempfile.TemporaryDirectory(prefix="garage-bench-") as folder:
        measured = [
            *reading.figures(),
            *start.figures(Path(folder)),
            *desk.figures(Path(folder)),
            *mail.figures(Path(folder)),
            *cards.figures(Path(folder)),
        ]
    docs = paths.CHECKOUT / "docs"
    docs.mkdir(exist_ok=True)
    figures.write(measured, docs)
    sys.stdout.write((docs / "benchmarks.md").read_text())
    return 0 if all(figure.holds for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
