"""What the facts know about wrong codes: how many, how long it then waits, and whether it must stay on."""

from dataclasses import dataclass, replace

from garage.domain.catalogue import Catalogue, Confidence
from garage.domain.fact_kinds import LimitFact, Wait
from garage.domain.scope import RadioInCar
from garage.domain.steps import CHARGER_FIRST, WHILE_WAITING, Step
from garage.domain.text import N_, Text


@dataclass(frozen=True, slots=True)
class TryLimit:
    """Wrong codes and their price. None is unknown and shown as "limit unknown", never as "no limit".

    `free_tries`: wrong codes until a wait of ten minutes or more; `permanent_after`: wrong codes until
    it is locked for good; `wait`: each wait in order; `must_stay_on`: the wait runs only while it is on.
    `confidence` is that of the least sure fact in it, None where nothing is known.
    """

    free_tries: int | None = None
    permanent_after: int | None = None
    wait: tuple[Wait, ...] | None = None
    must_stay_on: bool | None = None
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()

    def text(self) -> Text:
        """The limit in one sentence."""
        if self.permanent_after is not None:
            return Text(
                N_("Locked for good after %(tries)d wrong codes. Stop after one."),
                {"tries": self.permanent_after},
            )
        if self.free_tries is not None:
            return Text(
                N_(
                    "Makes you wait after %(tries)d wrong codes; when it locks for good is unknown. Stop after one."
                ),
                {"tries": self.free_tries},
            )
        return Text(N_("Limit unknown: stop after one wrong code."))


def try_limit(catalogue: Catalogue, asked: RadioInCar) -> TryLimit:
    """The limit for this radio from facts of high or medium confidence.

    Each value comes from the narrowest fact that has it; among equally narrow ones the most careful. Of the
    shapes that its number has only the likeliest counts.
    """
    facts = catalogue.usable(LimitFact, replace(asked, families=asked.families[:1]))
    free = _most_careful(facts, "free_tries")
    permanent = _most_careful(facts, "permanent_after")
    waiting = next((fact for fact in facts if fact.waits), None)
    staying = next((fact for fact in facts if fact.must_stay_on is not None), None)
    used = [fact for fact in facts if fact in (free, permanent, waiting, staying)]
    return TryLimit(
        free_tries=free.free_tries if free else None,
        permanent_after=permanent.permanent_after if permanent else None,
        wait=waiting.waits if waiting else None,
        must_stay_on=staying.must_stay_on if staying else None,
        confidence=max((fact.confidence for fact in used), key=lambda sure: sure.rank, default=None),
        sources=tuple(dict.fromkeys(tag for fact in used for tag in fact.sources)),
    )


def _most_careful(facts: tuple[LimitFact, ...], value: str) -> LimitFact | None:
    known = [fact for fact in facts if getattr(fact, value) is not None]
    narrow = [fact for fact in known if fact.scope.narrowness == known[0].scope.narrowness]
    return min(narrow, key=lambda fact: int(getattr(fact, value)), default=None)


def waiting_steps(limit: TryLimit, tries: int | None = None) -> tuple[Step, ...]:
    """What to do while the radio makes people wait, after so many wrong codes if that is known."""
    length = _wait_after(limit, tries)
    wait: tuple[Step, ...] = ()
    if length is not None:
        whole, rest = divmod(length, 60)
        wait = (Step("wait_seconds", (("seconds", length),)),) if rest or not whole else ()
        wait = wait or (Step("wait_minutes", (("minutes", whole),)),)
    leave = (Step("leave_on"),) if limit.must_stay_on is not False else ()
    return (*CHARGER_FIRST, *leave, *wait, *WHILE_WAITING)


def _wait_after(limit: TryLimit, tries: int | None) -> int | None:
    # Without a count the longest known wait is the one to allow for when there is only one.
    if not limit.wait:
        return None
    if tries is None:
        return limit.wait[0].seconds if len(limit.wait) == 1 else None
    reached = [wait.seconds for wait in limit.wait if wait.after <= tries]
    return reached[-1] if reached else None
