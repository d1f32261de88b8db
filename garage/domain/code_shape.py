"""How a code of this radio looks, and what to ask before an odd one costs a try."""

from dataclasses import dataclass

from garage.domain.catalogue import Catalogue
from garage.domain.fact_kinds import CodeFact
from garage.domain.scope import RadioInCar
from garage.domain.text import N_, Text


@dataclass(frozen=True, slots=True)
class CodeShape:
    """The lengths and digits that the facts know for a radio; empty means not known."""

    lengths: tuple[int, ...] = ()
    digits: str = ""


def code_shape(catalogue: Catalogue, asked: RadioInCar) -> CodeShape:
    """The shape of codes for this radio, from facts that are sure enough.

    Of facts that are equally narrow every length counts: a true code must never look wrong.
    """
    facts = catalogue.usable(CodeFact, asked)
    if not facts:
        return CodeShape()
    narrow = [fact for fact in facts if fact.scope.narrowness == facts[0].scope.narrowness]
    lengths = tuple(sorted({length for fact in narrow for length in fact.lengths}))
    if any(not fact.digits for fact in narrow):
        return CodeShape(lengths)
    return CodeShape(lengths, "".join(sorted({digit for fact in narrow for digit in fact.digits})))


def doubts(code: str, shape: CodeShape) -> tuple[Text, ...]:
    """What is odd about a code (questions, not refusals). Where nothing is known nothing is odd.

    The code itself never stands in the answer.
    """
    asked = []
    typed = "".join(code.split())
    if shape.lengths and len(typed) not in shape.lengths:
        lengths = " / ".join(str(length) for length in shape.lengths)
        asked.append(
            Text(
                N_(
                    "Codes of this radio usually have %(lengths)s digits, this one has %(length)d. Is it right?"
                ),
                {"lengths": lengths, "length": len(typed)},
            )
        )
    if not typed.isdecimal():
        asked.append(Text(N_("This code is not all digits. Is it right?")))
    elif shape.digits and not set(typed) <= set(shape.digits):
        asked.append(
            Text(
                N_("Codes of this radio usually have only digits from %(first)s to %(last)s. Is it right?"),
                {"first": shape.digits[0], "last": shape.digits[-1]},
            )
        )
    return tuple(asked)
