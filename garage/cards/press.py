"""The press: makes PDFs in processes of its own, so a hanging or crashing page never stops the desk."""

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from contextlib import suppress
from multiprocessing import get_context
from threading import Lock
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from garage.cards.pdf_worker import warm_up
from garage.cards.printable import NotPrintable
from garage.cards.render import render
from garage.domain.paper import BlankJobSheet, Paper

TURNS = 3  # papers before this one, at most, and itself: each may take its full time
log = logging.getLogger(__name__)


class PressFailed(RuntimeError):
    """No PDF was made. Says why in a word; never holds anything that stands on the paper."""


class Press:
    """Up to ``workers`` processes, started with the first paper, or by `warm` before it, and kept.

    Only the frozen paper goes in and only the PDF comes out: no key, no database. Safe from several threads.
    Close it at the end, or use it in a ``with``.
    """

    def __init__(
        self, workers: int = 2, seconds: float = 10.0, render: Callable[[Paper], bytes] = render
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._render = render
        self._pool: ProcessPool | None = None
        self._starting = Lock()
        self._begun: deque[tuple[Paper, Future[bytes]]] = deque(maxlen=2)  # what nobody fetches makes room

    def begin(self, paper: Paper) -> None:
        """Start making a paper that is asked for in a moment; nothing where the press is cold or busy with one.

        A hint only: `print` gives the same PDF without it.
        """
        if self._pool is not None and all(made.done() for _, made in tuple(self._begun)):
            self._begun.append((paper, self._scheduled(paper)))

    def print(self, paper: Paper) -> bytes:
        """The PDF of this paper; PressFailed when it takes too long, does not fit or its worker dies."""
        try:
            made = self._made_already(paper) or self._scheduled(paper)
            pdf = made.result(TURNS * self._seconds)  # a press that is closed meanwhile never answers
        except TooSlow:
            raise self._failed(paper, "it took too long") from None
        except ProcessExpired:
            raise self._failed(paper, "its worker stopped") from None
        except NotPrintable as error:
            raise self._failed(paper, f"the {error.args[0]} cannot be printed whole") from None
        except Exception as error:  # whatever went wrong over there, its text may hold a code
            raise self._failed(paper, type(error).__name__) from None
        return pdf

    def warm(self) -> None:
        """Start the workers without waiting, so that the first paper finds them ready; at most once."""
        if self._pool is None:
            self._scheduled(BlankJobSheet(garage="Garage"))

    def close(self) -> None:
        """End all workers; a paper still being made is given up. May be called twice."""
        with self._starting:
            pool, self._pool = self._pool, None
            self._begun.clear()
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _scheduled(self, paper: Paper) -> Future[bytes]:
        made: Future[bytes] = self._started().schedule(self._render, args=[paper], timeout=self._seconds)
        return made

    def _made_already(self, paper: Paper) -> Future[bytes] | None:
        for one in tuple(self._begun):
            if one[0] == paper:
                with suppress(ValueError):  # somebody else took it in this moment
                    self._begun.remove(one)
                    return one[1]
        return None

    def _started(self) -> ProcessPool:
        with self._starting:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=self._workers, context=get_context("spawn"), initializer=warm_up
                )
            return self._pool

    def _failed(self, paper: Paper, why: str) -> PressFailed:
        log.error("No PDF of a %s: %s", paper.kind.value, why)
        return PressFailed(f"no PDF of a {paper.kind.value}: {why}")
