"""Settings as the program reads them: the shipped sheet, this garage's own sheet, then the environment."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Config

from garage import paths


@dataclass(frozen=True)
class Settings:
    """Where the garage's own files lie and how the program is reached."""

    instance: Path
    database_url: str
    bind: str
    public_url: str
    config: Config

    @property
    def is_https(self) -> bool:
        """Whether people reach the program encrypted."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def key_file(self) -> Path:
        """The code key: outside the database and outside every backup."""
        return self.instance / "codes.key"

    @property
    def secret_file(self) -> Path:
        """The secret that signs cookies."""
        return self.instance / "secret.key"

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None where the database is PostgreSQL."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def load_settings(instance: Path | None = None) -> Settings:
    """Read config.py, then instance/config.py, then GARAGE_* from the environment.

    `instance` (or GARAGE_INSTANCE) is the folder with this garage's own files.
    """
    config = Config(paths.CHECKOUT)
    config.from_pyfile(str(paths.SETTINGS))
    texts = {name for name, usual in config.items() if isinstance(usual, str)}
    _from_environment(config, texts)
    folder = (instance or Path(config["INSTANCE"] or paths.INSTANCE)).resolve()
    config.from_pyfile(str(folder / "config.py"), silent=True)
    _from_environment(config, texts)
    return Settings(
        instance=folder,
        database_url=config["DATABASE_URL"] or f"sqlite:///{folder / 'garage.sqlite'}",
        bind=config["BIND"],
        public_url=config["PUBLIC_URL"].rstrip("/"),
        config=config,
    )


def _from_environment(config: Config, texts: set[str]) -> None:
    """GARAGE_* wins. What is a text stays one, letter by letter: a password such as 1e5 or true is no number."""
    config.from_prefixed_env("GARAGE")
    for name in texts:
        if (given := os.environ.get(f"GARAGE_{name}")) is not None:
            config[name] = given
