"""A text for people: an English message with named values, translated only where it is shown."""

from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a message for translation; Babel collects it, nothing else happens here."""
    return message


@dataclass(frozen=True)
class Text:
    """A message id and its values, for example ``Text(N_("%(n)d minutes"), {"n": 60})``."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class Refused(Exception):
    """A rule says no. Carries the reason in plain words; the page answers 409 with it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.text = Text(message, values)
