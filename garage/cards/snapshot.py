"""What a paper said, as text to keep with its print job, so the same job gives the same PDF again."""

import json
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Text

_CLASSES: dict[str, type] = {paper.kind.value: paper for paper in get_args(Paper)}


def freeze(paper: Paper) -> str:
    """The paper as JSON, with the code in it: keep it sealed."""
    return json.dumps({"kind": paper.kind.value, **_plain(paper)}, ensure_ascii=False, sort_keys=True)


def thaw(text: str) -> Paper:
    """The paper that `freeze` kept; ValueError when the text is none."""
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("not a kept paper")
    if "waiting" in said and "card" in said:  # where older hand-over sheets kept it
        said["card"].setdefault("waiting", said.pop("waiting"))
    return from_plain(said)


def from_plain(said: dict[str, Any]) -> Paper:
    """A paper from plain values (JSON or TOML); ``kind`` names its class, missing fields take their default."""
    left = dict(said)
    kind = PaperKind(left.pop("kind", None))
    paper: Paper = _read(_CLASSES[kind.value], left)
    return paper


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _read(wanted: Any, value: Any) -> Any:
    if wanted in (str, bool, int):
        return value  # most of what a paper says
    if get_origin(wanted) is UnionType:
        wanted = NoneType if value is None else next(one for one in get_args(wanted) if one is not NoneType)
    if get_origin(wanted) is tuple:
        first, *more = get_args(wanted)
        if more and more != [...]:  # a pair such as position and card
            return tuple(_read(kind, item) for kind, item in zip((first, *more), value, strict=True))
        return tuple(_read(first, item) for item in value)
    if wanted is bytes:
        return b64decode(value, validate=True)
    if wanted is Text:
        return Text(**value) if isinstance(value, dict) else Text(value)
    if isinstance(wanted, type) and is_dataclass(wanted):
        return wanted(**{name: _read(_types(wanted)[name], item) for name, item in value.items()})
    if isinstance(value, str) and wanted in (date, datetime):
        return wanted.fromisoformat(value)
    return wanted(value) if isinstance(wanted, type) and issubclass(wanted, Enum) else value


@cache
def _types(wanted: type) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(wanted).items() if name != "kind"}
