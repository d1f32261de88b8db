"""A text for people: an English message with named values, translated only where it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a message for translation; Babel collects it, nothing else happens here."""
    return message


@dataclass(frozen=True)
class Text:
    """A message id and its values, for example ``Text(N_("%(n)d minutes"), {"n": 60})``.

    A value may itself be a Text, or a tuple of Texts (said as a list with commas).
    """

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def say(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language that `translate` speaks."""
        said = translate(self.message)
        return (
            said % {name: _say(value, translate) for name, value in self.values.items()}
            if self.values
            else said
        )

    def __str__(self) -> str:
        return self.say(str)


def _say(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Text):
        return value.say(translate)
    if isinstance(value, tuple):
        return ", ".join(str(_say(part, translate)) for part in value)
    return value


def each_once(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The texts in their order, none of them twice."""
    return tuple(text for place, text in enumerate(texts) if text not in texts[:place])


class Refused(Exception):
    """A rule says no. Carries the reason in plain words; the page answers 409 with it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.text = Text(message, values)

    def __str__(self) -> str:
        return str(self.text)
