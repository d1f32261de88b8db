"""A real PostgreSQL for one test run: started by whoever needs it first, stopped at the end."""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class NotHere(Exception):
    """PostgreSQL cannot run on this machine; the message says why."""


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Other workers of the same run wait here."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def server_url(folder: Path) -> str:
    """Start the cluster in `folder` if it does not run yet; its URL, without a database name."""
    port_file = folder / "port"
    if not port_file.exists():
        port_file.write_text(str(_start(folder / "cluster")))
    return f"postgresql://garage@127.0.0.1:{port_file.read_text()}"


def stop(folder: Path) -> None:
    """Stop the cluster of this run, if there is one."""
    if (folder / "port").exists():
        _run("pg_ctl", "-D", str(folder / "cluster"), "-m", "immediate", "-w", "stop")


def make_database(url: str, name: str, template: str = "template0") -> str:
    """A new database as a copy of `template`; its URL."""
    _administer(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY = file_copy')
    return f"{url}/{name}"


def drop_database(url: str, name: str) -> None:
    """Away with it, even if a test forgot to close a connection."""
    _administer(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administer(url: str, statement: str) -> None:
    engine = sa.create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def _start(cluster: Path) -> int:
    if not BINARIES:
        raise NotHere("PostgreSQL is not installed: apt-get install postgresql")
    cluster.mkdir(mode=0o700)
    if os.geteuid() == 0:
        try:
            shutil.chown(cluster, "postgres", "postgres")
        except LookupError:
            raise NotHere("there is no user postgres, and PostgreSQL does not run as root") from None
    _run(
        "initdb", "-D", str(cluster), "-U", "garage", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"
    )  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c max_connections=200"
        " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    )
    _run("pg_ctl", "-D", str(cluster), "-l", str(cluster / "log"), "-o", options, "-w", "start")
    return port


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs, as the user postgres where we are root."""
    as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    home = pwd.getpwnam("postgres").pw_dir if os.geteuid() == 0 else str(Path.home())
    done = subprocess.run(
        [*(as_postgres if os.geteuid() == 0 else []), str(BINARIES[-1] / program), *arguments],
        cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stdout}")
