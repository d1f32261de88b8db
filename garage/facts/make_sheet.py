"""What a person in the bay reads about one make: where the number is, what to press, when to stop, and the rest."""

from dataclasses import dataclass, field, replace

from garage.domain import advice
from garage.domain.catalogue import Catalogue, Confidence, Fact, FactKind, Source
from garage.domain.display import DisplayAnswer, read_display
from garage.domain.fact_kinds import (
    BatteryFact,
    CodeFact,
    DealerFact,
    DisplayFact,
    EntryFact,
    LimitFact,
    PairingFact,
    PlaceFact,
    PowerLossFact,
    WayFact,
)
from garage.domain.lock_out import try_limit, waiting_steps
from garage.domain.scope import RadioInCar, Scope
from garage.domain.text import Text
from garage.domain.vocabulary import When
from garage.facts import make_words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known: what it says, its steps, for which cars, and why we say so."""

    says: tuple[Text, ...]
    steps: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    bounds: tuple[Text, ...] = ()
    confidence: Confidence | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class DisplayLine:
    """One text that the radios of a make show, and what it means."""

    shown: str
    answers: tuple[DisplayAnswer, ...]


@dataclass(frozen=True, slots=True)
class MakeSheet:
    """Everything sure enough about a make, in the order in which it is needed. Empty: nothing is known."""

    make: str
    known: bool
    where: tuple[Line, ...]
    press: tuple[Line, ...]
    code: tuple[Line, ...]
    stop: Text
    limits: tuple[Line, ...]
    waiting: tuple[Text, ...]
    asks: tuple[Line, ...]
    paired: tuple[Line, ...]
    dealer: tuple[Line, ...]
    ways: tuple[Line, ...]
    displays: tuple[DisplayLine, ...]
    before: tuple[Line, ...]
    after: tuple[Text, ...]
    after_here: tuple[Line, ...]
    unsure: int = field(default=0)  # rows that are kept but not sure enough to be shown


def make_sheet(catalogue: Catalogue, asked: RadioInCar) -> MakeSheet:
    """The sheet for a make, or for one car where model, year or radio are given.

    Facts bound to a model, a radio or years stand there with their bounds; where the car is known, those
    of other cars are left out. Flagged rows and rows of low confidence never are on it.
    """
    sheet = _Sheet(catalogue, replace(asked, make=catalogue.make_name(asked.make) or asked.make))
    make = sheet.asked.make or ""
    limit = try_limit(catalogue, sheet.asked)
    rows = catalogue.of_make(Fact, make)
    return MakeSheet(
        make=make,
        known=advice.is_known(catalogue, make),
        where=sheet.where(),
        press=sheet.press(),
        code=sheet.lines(CodeFact, make_words.code),
        stop=limit.text(),
        limits=sheet.lines(LimitFact, make_words.limit),
        waiting=tuple(step.text() for step in waiting_steps(limit)),
        asks=sheet.lines(PowerLossFact, make_words.asks),
        paired=sheet.lines(PairingFact, make_words.paired),
        dealer=sheet.lines(DealerFact, make_words.dealer),
        ways=sheet.ways(),
        displays=sheet.displays(),
        before=sheet.cares(When.BEFORE),
        after=advice.after_power(catalogue, sheet.asked),
        after_here=tuple(line for line in sheet.cares(When.AFTER) if line.bounds),
        unsure=sum(not row.usable for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    catalogue: Catalogue
    asked: RadioInCar

    def facts(self, kind: type[FactKind]) -> list[FactKind]:
        """Sure facts bound to this make (or to none) and not to other cars, widest first."""
        found = [
            fact
            for fact in self.catalogue.facts
            if isinstance(fact, kind) and fact.usable and not fact.scope.market and self._may_hold(fact.scope)
        ]
        return sorted(found, key=lambda fact: (fact.scope.narrowness, fact.confidence.rank))

    def _may_hold(self, scope: Scope) -> bool:
        """A bound that is not asked about is shown, not judged; shapes of numbers are never asked about."""
        asked = self.asked
        judged = replace(
            scope,
            families=(),
            models=scope.models if asked.model else (),
            radios=scope.radios if asked.radio else (),
            year_from=scope.year_from if asked.year else None,
            year_to=scope.year_to if asked.year else None,
        )
        bound = scope == Scope() or self.catalogue.is_bound(scope, asked.make or "")
        return bound and judged.holds_for(asked.make, asked)

    def line(self, fact: Fact, says: tuple[Text, ...], steps: tuple[Text, ...] = ()) -> Line:
        """A fact as a line, with its bounds and its sources."""
        return Line(
            says=says,
            steps=steps,
            notes=fact.remark(),
            bounds=make_words.bounds(self.catalogue, fact.scope),
            confidence=fact.confidence,
            sources=self.catalogue.named(fact.sources),
        )

    def lines(self, kind: type[FactKind], say: make_words.Say[FactKind]) -> tuple[Line, ...]:
        """All facts of a kind that have something to say."""
        said = [(fact, say(fact)) for fact in self.facts(kind)]
        return tuple(self.line(fact, words) for fact, words in said if words)

    def where(self) -> tuple[Line, ...]:
        """Places of the number, the easiest first; those that need the power gone or risk a lock last."""
        places = sorted(
            self.facts(PlaceFact),
            key=lambda fact: (
                fact.risks_lock,
                fact.only_afterwards,
                not fact.without_removal,
                not fact.before_power_loss,
            ),
        )
        return tuple(
            self.line(
                fact,
                make_words.place(fact),
                () if fact.risks_lock else tuple(step.text() for step in fact.steps),
            )
            for fact in places
        )

    def press(self) -> tuple[Line, ...]:
        """How a code is entered; of two equally bound facts that differ neither is shown."""
        facts = self.facts(EntryFact)
        said: dict[Scope, set[object]] = {}
        for fact in facts:
            said.setdefault(replace(fact.scope, makes=()), set()).add(fact.steps)
        return tuple(
            self.line(fact, (), tuple(step.text() for step in fact.steps))
            for fact in facts
            if len(said[replace(fact.scope, makes=())]) == 1
        )

    def ways(self) -> tuple[Line, ...]:
        """Ways to a code in their order; what is said of this make replaces what is said of all."""
        facts = self.facts(WayFact)
        own = {fact.way for fact in facts if fact.scope.makes and not fact.scope.narrowness}
        kept = [fact for fact in facts if fact.scope.makes or fact.way not in own]
        kept.sort(key=lambda fact: (fact.order, fact.scope.narrowness))
        return tuple(self.line(fact, make_words.way(fact)) for fact in kept)

    def displays(self) -> tuple[DisplayLine, ...]:
        """What radios of this make show, each text once."""
        texts = [
            text
            for fact in self.catalogue.of_make(DisplayFact, self.asked.make or "")
            if not fact.flags
            and (not fact.scope.narrowness or fact.scope.holds_for(self.asked.make, self.asked))
            for text in fact.shown
        ]
        return tuple(
            DisplayLine(text, read_display(text, self.catalogue, self.asked.make, self.asked))
            for text in dict.fromkeys(texts)
        )

    def cares(self, when: When) -> tuple[Line, ...]:
        """What else to mind, each care once: those of every car first."""
        seen: set[object] = set()
        lines = []
        for fact in self.facts(BatteryFact):
            fresh = [care for care in fact.cares if care not in seen] if fact.when is when else []
            seen.update(fresh)
            if fresh:
                lines.append(self.line(fact, tuple(Text(care.label) for care in fresh)))
        return tuple(lines)
