"""Where the shipped files lie: the program runs from its checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent

SETTINGS = CHECKOUT / "config.py"
SEEDS = CHECKOUT / "seeds"
TEMPLATES = CHECKOUT / "templates"
STATIC = PACKAGE / "static"
MIGRATIONS = PACKAGE / "migrations"
TRANSLATIONS = PACKAGE / "translations"
INSTANCE = CHECKOUT / "instance"
