"""Domain texts in the reader's language."""

from flask_babel import gettext
from flask_babel.speaklater import LazyString

from garage.domain.labelled import Labelled
from garage.domain.text import Text


def say(text: Text | Labelled | str) -> str:
    """A domain text, the label of a choice, or a message id, translated."""
    if isinstance(text, Labelled):
        return str(gettext(text.label))
    if isinstance(text, Text):
        return text.say(lambda message: str(gettext(message)))
    return str(gettext(text))


def label(choice: Text | Labelled) -> str:
    """A domain text or the label of a choice, translated when it is shown and not before."""
    return LazyString(say, choice)  # type: ignore[no-any-return]
