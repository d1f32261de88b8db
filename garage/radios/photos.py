"""The darkroom: photos are checked, then decoded and made anew in a process of their own."""

import logging
from collections.abc import Callable
from concurrent.futures import TimeoutError as TooSlow
from multiprocessing import get_context
from threading import Lock
from typing import TypeVar

from pebble import ProcessPool

from garage.domain.text import N_, Refused
from garage.radios.photo_worker import (
    Developed,
    TooManyPixels,
    develop,
    develop_and_read,
    develop_logo,
    limit_memory,
)

MOST_BYTES = 12_000_000
SECONDS = 15.0  # a third of it for bar codes
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
PHOTOS_PER_WORKER = 200  # then a fresh one: a decoder that leaks cannot fill the machine
log = logging.getLogger(__name__)
Made = TypeVar("Made")


def check_upload(upload: bytes) -> None:
    """Refused, with what to do instead, when the first bytes are not those of a JPEG, PNG or WebP."""
    if not upload:
        raise Refused(N_("The photo arrived empty. Take it once more."))
    if len(upload) > MOST_BYTES:
        raise Refused(N_("Photos may have up to 12 MB. Take a smaller one and try again."))
    if upload[4:8] == b"ftyp" and upload[8:12] in HEIC_BRANDS:
        raise Refused(
            N_(
                "This is a HEIC picture, which cannot be read here. On an iPhone: Settings, Camera, Formats,"
                " “Most Compatible”. Then take the photo again."
            )
        )
    is_photo = upload.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        upload[:4] == b"RIFF" and upload[8:12] == b"WEBP"
    )
    if not is_photo:
        raise Refused(
            N_("This is no photo. Send a JPEG, PNG or WebP picture, as cameras and phones make them.")
        )


class Darkroom:
    """One process that makes photos, started with the first one. Safe from several threads."""

    def __init__(self, develop: Callable[[bytes], bytes] = develop, seconds: float = SECONDS) -> None:
        self._develop = develop
        self._seconds = seconds
        self._pool: ProcessPool | None = None
        self._starting = Lock()

    def develop(self, upload: bytes) -> bytes:
        """The upright JPEG of what was uploaded. Refused when it is no photo, too large, or cannot be read."""
        return self._made(self._develop, upload)

    def develop_and_read(self, upload: bytes) -> Developed:
        """The same, with the texts of the bar codes on it. Refused as above."""
        return self._made(develop_and_read, upload)

    def develop_logo(self, upload: bytes) -> bytes:
        """The small PNG of a logo that was uploaded. Refused as above."""
        return self._made(develop_logo, upload)

    def _made(self, develop: Callable[[bytes], Made], upload: bytes) -> Made:
        check_upload(upload)
        try:
            made = self._started().schedule(develop, args=[upload], timeout=self._seconds)
            picture: Made = made.result()
        except TooManyPixels:
            raise Refused(
                N_("Photos may have up to 40 megapixels. Take a smaller one and try again.")
            ) from None
        except Exception as error:  # too slow, out of memory, crashed: one photo less, nothing else
            kind = "too slow" if isinstance(error, TooSlow) else type(error).__name__
            log.warning("a photo could not be read: %s", kind)
            raise Refused(N_("This photo cannot be read. Take it once more.")) from None
        return picture

    def close(self) -> None:
        """End the process; may be called twice."""
        with self._starting:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _started(self) -> ProcessPool:
        with self._starting:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=1,
                    max_tasks=PHOTOS_PER_WORKER,
                    initializer=limit_memory,
                    context=get_context("spawn"),
                )
            return self._pool
