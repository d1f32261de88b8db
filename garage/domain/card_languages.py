"""The languages of cards: those that speakers have read, and those that wait for one."""

CHECKED = ("en", "de")
PREPARED = ("fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "hu", "ro", "tr", "el", "uk")
