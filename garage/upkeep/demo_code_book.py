"""The invented garage's old code books, by the same actions that a manager's pages take."""

from collections.abc import Callable, Sequence

from garage.domain.code_book import guess_layout
from garage.upkeep import code_book
from garage.upkeep.demo_scene import Scene
from garage.upkeep.models import BookStatus, CodeBook

Lines = Sequence[Sequence[str]]


def read_book(scene: Scene, lines: Lines) -> CodeBook:
    """Upload a book: its dry run waits for a manager."""
    return code_book.keep_book(scene.session, lines, guess_layout(lines, scene.catalogue), scene.by)


def take_book_over(scene: Scene, lines: Lines) -> None:
    """Upload a book and take it over to its end."""
    book = read_book(scene, lines)
    code_book.begin(scene.session, book, book.version, scene.by)
    while book.status is BookStatus.TAKING:
        code_book.take_piece(scene.session, book, scene.catalogue, scene.by)
        scene.session.flush()


BOOKS: dict[str, Callable[..., object]] = {"read_book": read_book, "take_book_over": take_book_over}
