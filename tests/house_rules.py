"""The rules of the house as checks: each takes a file and says what is wrong with it, line by line."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

Check = Callable[[PurePosixPath, ast.Module], Iterator[str]]

# Every file may import from its own room and from those before it; app and cli see everything.
ROOMS = (
    "domain",
    "paths",
    "clock",
    "seal",
    "db",
    "web",
    "staff",
    "facts",
    "outbox",
    "radios",
    "intake",
    "code_requests",
    "bay",
    "cards",
    "board",
    "upkeep",
    "migrations",
    "app",
    "cli",
)
# Pages know the web, what happens behind them does not.
PAGES = ("views*.py", "forms*.py", "blueprint.py", "web/*.py", "app.py", "cli.py")
ALSO_PAGES = {
    "staff/signed_in.py": "who is signed in at this browser",
    "staff/limits.py": "how often a browser may try",
    "staff/links.py": "addresses to hand over",
    "upkeep/serving.py": "waitress is handed the program",
}
WEB = {
    "flask",
    "werkzeug",
    "wtforms",
    "flask_babel",
    "flask_bootstrap",
    "flask_limiter",
    "flask_login",
    "flask_wtf",
}
# The libraries that make PDFs and read photos are loaded in the child process only.
WORKERS = {"cards/pdf_worker.py", "radios/photo_worker.py"}
LONGEST = 250


def room_of(name: str) -> str:
    """``garage.staff.models`` -> staff."""
    return name.split(".")[1] if name.startswith("garage.") else ""


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with its line; ``from garage import x`` is garage.x."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "garage":
            yield from ((node.lineno, f"garage.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def upward_only(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Rooms import from themselves and from earlier rooms."""
    own = path.parts[0].removesuffix(".py")
    for line, name in imports(tree):
        if name.startswith("."):
            yield f"{line}: import the full name instead of {name}"
        room = room_of(name)
        if room and room not in ROOMS:
            yield f"{line}: {room} is no room"
        elif room and own in ROOMS and ROOMS.index(room) > ROOMS.index(own):
            yield f"{line}: {own} comes before {room}"


def web_in_pages_only(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Actions, queries, models and the domain never meet Flask."""
    if str(path) in ALSO_PAGES or any(path.match(pattern) for pattern in PAGES):
        return
    for line, name in imports(tree):
        if name.split(".")[0] in WEB:
            yield f"{line}: {name} in a file that is no page"


def commit_in_one_place(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Only db.py commits."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "commit" and str(path) != "db.py":
            yield f"{node.lineno}: .commit() outside db.py"


def imports_at_the_top(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """No imports inside functions, except in the two workers."""
    if str(path) in WORKERS:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for line, name in imports(node):
                yield f"{line}: {name} imported inside {node.name}"


def one_clock(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Everybody is given the time; clock.py alone looks at it."""
    if str(path) == "clock.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            owner = ast.unparse(node.value)
            if owner.split(".")[-1] in {"datetime", "date", "dt"}:
                yield f"{node.lineno}: {owner}.{node.attr}"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.time":
            yield f"{node.lineno}: time.time"


def no_built_sql(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """SQL is written whole, values travel beside it. A PRAGMA takes no values: it may be put together."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = ast.unparse(node.func).split(".")[-1]
        if called in {"text", "execute", "executemany", "executescript", "exec_driver_sql", "DDL"}:
            sql = node.args[0]
            built = isinstance(sql, ast.JoinedStr | ast.BinOp) or (
                isinstance(sql, ast.Call) and ast.unparse(sql.func).endswith((".format", ".join", ".replace"))
            )
            if built and not re.match(r"f?['\"]PRAGMA ", ast.unparse(sql)):
                yield f"{node.lineno}: SQL put together from parts"


def says_what_it_is(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """Every module opens with one line that says what it is."""
    first_line = (ast.get_docstring(tree) or "").split("\n")[0]
    if not first_line.endswith((".", "?")):
        yield "1: no line that says what this is"


def is_short(path: PurePosixPath, source: str) -> Iterator[str]:
    """A file fits into one head; a generated migration is not read by one."""
    lines = source.count("\n")
    if lines > LONGEST and path.parts[0] != "migrations":
        yield f"{lines} lines, at most {LONGEST}"


def no_inline_style(path: PurePosixPath, source: str) -> Iterator[str]:
    """The strict Content-Security-Policy refuses style attributes."""
    for number, line in enumerate(source.splitlines(), start=1):
        if re.search(r"\bstyle\s*=", line):
            yield f"{number}: style="


CHECKS: tuple[Check, ...] = (
    upward_only,
    web_in_pages_only,
    commit_in_one_place,
    imports_at_the_top,
    one_clock,
    no_built_sql,
    says_what_it_is,
)
