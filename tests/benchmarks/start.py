"""From typing `make run` to the first page, on a machine where everything is set up already."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from garage import paths
from tests.benchmarks.figures import Figure, seconds


def figures(folder: Path) -> list[Figure]:
    """The first start founds a house; what is promised is every start after that."""
    run_until_first_page(folder)
    taken = seconds(lambda: run_until_first_page(folder), times=3)
    return [Figure("A second `make run` serves its first page", taken, "s", 3)]


def run_until_first_page(folder: Path) -> None:
    """Start the program as a person does, wait for a page, and end it again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    started = subprocess.Popen(
        ["make", "run"],
        cwd=paths.CHECKOUT,
        env=os.environ
        | {
            "GARAGE_INSTANCE": str(folder / "house"),
            "GARAGE_BIND": address,
            "GARAGE_PUBLIC_URL": f"http://{address}",
        },
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for_page(f"http://{address}/", started)
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(10)


def wait_for_page(url: str, started: subprocess.Popen[bytes]) -> None:
    """Ask until a page comes."""
    while started.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 - our own address
            return
        except urllib.error.URLError:
            time.sleep(0.02)
    raise RuntimeError("make run ended before it served a page")
