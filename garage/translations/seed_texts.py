"""The sentences for people that stand in the seeds, collected for the translators beside those in the code."""

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

SAID = ("what", "note")  # what a number really is; a remark on where a number is read


def collect(
    file: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's way in, named in pyproject.toml: every sentence of a seed file that screens may show."""
    for rows in tomllib.load(file).values():
        for row in rows:
            for said in SAID:
                if row.get(said):
                    yield 1, None, row[said], []
