"""Every row of the shipped facts, and the clear words about a broken one."""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from garage.domain.advice import after_power, before_battery, entry_steps, where_is_the_number
from garage.domain.catalogue import Catalogue, Confidence, Fact
from garage.domain.display import read_display
from garage.domain.fact_kinds import (
    FACT_KINDS,
    BatteryFact,
    CodeFact,
    DisplayFact,
    EntryFact,
    LimitFact,
    PlaceFact,
)
from garage.domain.lock_out import try_limit, waiting_steps
from garage.domain.scope import RadioInCar
from garage.domain.steps import Step
from garage.facts.seeds import SeedProblem, load
from garage.paths import SEEDS

MAKES = """Audi, Volkswagen, Skoda, Seat, Opel, Vauxhall, Nissan, Chrysler, Jeep, Dodge, Mercedes-Benz, Fiat,
Alfa Romeo, Lancia, BMW, Mini, Renault, Dacia, Ford, Honda, Acura, Volvo, Peugeot, Citroen, Smart,
Land Rover, Rover, MG, Jaguar, Toyota, Lexus, Hyundai, Kia, Suzuki, Mitsubishi, Mazda, Saab, Blaupunkt, Bosch,
Becker, Alpine, Grundig, Philips, Visteon, Clarion, Continental, Delphi, Delco"""


@pytest.mark.parametrize("make", [name.strip() for name in MAKES.split(",")])
def test_every_make_answers(catalogue: Catalogue, make: str) -> None:
    assert catalogue.make(make) is not None
    assert where_is_the_number(catalogue, RadioInCar(make))
    assert after_power(catalogue, RadioInCar(make))


def test_every_row_has_a_source_and_a_confidence(catalogue: Catalogue) -> None:
    rows = [*catalogue.facts, *catalogue.families, *catalogue.other_numbers]
    assert len(rows) > 250
    for row in rows:
        assert row.sources, row.id
        assert isinstance(row.confidence, Confidence), row.id
        assert all(source in catalogue.sources for source in row.sources), row.id


def test_every_kind_of_fact_has_rows_and_every_id_is_its_own(catalogue: Catalogue) -> None:
    for kind, made in FACT_KINDS.items():
        rows = [fact for fact in catalogue.facts if isinstance(fact, made)]
        assert rows, kind
        assert all(fact.id.startswith(f"{kind}.") for fact in rows)
    ids = [fact.id for fact in catalogue.facts]
    assert len(ids) == len(set(ids))


def test_every_source_is_used(catalogue: Catalogue) -> None:
    rows = [*catalogue.facts, *catalogue.families, *catalogue.other_numbers]
    parts = [part for family in catalogue.families for part in family.parts]
    used = {source for row in [*rows, *parts] for source in row.sources}
    assert set(catalogue.sources) - used == set()


def test_every_shape_fits_its_own_examples_and_every_display_its_own_texts(catalogue: Catalogue) -> None:
    for family in catalogue.families:
        assert family.examples or family.id == "TOYOTA_ERC"
        assert all(family.pattern.fullmatch(example) for example in family.examples)
    for fact in catalogue.facts:
        if isinstance(fact, DisplayFact):
            make = next(iter(fact.scope.makes), None)
            for shown in fact.shown:
                answers = read_display(shown, catalogue, make)
                assert any(answer.meaning is fact.meaning for answer in answers), fact.id


def test_the_shapes_are_the_ones_that_others_know(catalogue: Catalogue) -> None:
    assert [family.id for family in catalogue.families] == [
        "VAG_14", "BLAUPUNKT_14", "BOSCH_CM_14", "GM_14", "FORD_MV", "FORD_OLD", "C7_17", "RENAULT_LABEL",
        "RENAULT_PRECODE", "ALPINE_AL", "ALPINE_BMW", "PHILIPS_RG", "CLARION_CL", "CLARION_PN", "DAEWOO_DW",
        "DIG8", "CHRYSLER_T", "CONTI_A2C", "VOLVO_TRUCK", "TOYOTA_ERC",
    ]  # fmt: skip


def unfit(catalogue: Catalogue, kind: type[Fact]) -> list[Fact]:
    return [fact for fact in catalogue.facts if isinstance(fact, kind) and not fact.usable]


def test_no_unfit_fact_reaches_a_page_or_a_card(catalogue: Catalogue) -> None:
    """Flagged and low facts give no step, wherever the car they were said of is asked about."""
    shown: dict[type[Fact], Callable[[RadioInCar], str]] = {
        EntryFact: lambda asked: said(entry_steps(catalogue, asked)),
        PlaceFact: lambda asked: " ".join(map(str, where_is_the_number(catalogue, asked))),
        BatteryFact: lambda asked: " ".join(
            map(str, (*before_battery(catalogue, asked), *after_power(catalogue, asked)))
        ),
        LimitFact: lambda asked: said(waiting_steps(try_limit(catalogue, asked), 3)),
    }
    for kind, show in shown.items():
        rows = unfit(catalogue, kind)
        assert rows, kind
        for fact in rows:
            scope = fact.scope
            model, radio = " ".join(scope.models[:1]), " ".join(scope.radios[:1])
            for make in scope.makes:
                text = show(RadioInCar(make, model, scope.year_from, radio))
                assert not fact.note or fact.note not in text, fact.id


def said(steps: tuple[Step, ...]) -> str:
    return " ".join(str(step.text()) for step in steps)


def test_nothing_sure_is_said_of_what_sources_disagree_about(catalogue: Catalogue) -> None:
    for fact in unfit(catalogue, CodeFact):
        assert fact.flags or fact.confidence is Confidence.LOW


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    copytree(SEEDS, tmp_path / "seeds")
    return tmp_path / "seeds"


def broken(seeds: Path, file: str, old: str, new: str) -> str:
    path = seeds / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedProblem) as problem:
        load(seeds)
    return str(problem.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("codes.toml", "lengths = [4]", 'lengths = ["four"]', "codes.toml, row 1 (codes.vag): lengths"),
        ("codes.toml", 'confidence = "high"', 'confidence = "sure"', "'sure' is none of high, medium, low"),
        ("codes.toml", "lengths = [4]", "length = [4]", "no such key: length"),
        ("codes.toml", '"VW-TSB", ', '"NOBODY", ', "no source named NOBODY"),
        ("codes.toml", '"Volkswagen"', '"Trabant"', "no make named Trabant"),
        ("codes.toml", 'id = "codes.opel"', 'id = "codes.vag"', "twice"),
        ("codes.toml", "[[fact]]", "[[fact", "codes.toml"),
        ("entry.toml", 'do = "press"', 'do = "pull"', "no such step: pull"),
        ("families.toml", '"VWZ1Z2L6683621"', '"VWZ1Z2L668362"', "its own example"),
        ("families.toml", "needs_make = false\n", "", "families.toml, row 1 (VAG_14)"),
        ("makes.toml", 'same_as = ["Vauxhall"]', 'same_as = ["Trabant"]', "no make named Trabant"),
        ("displays.toml", "pattern = 'SAFE'", "pattern = '(SAFE'", "displays.toml"),
    ],
)
def test_a_broken_row_is_named_with_its_file(seeds: Path, file: str, old: str, new: str, words: str) -> None:
    assert words in broken(seeds, file, old, new)


def test_a_missing_file_is_named(seeds: Path) -> None:
    (seeds / "ways.toml").unlink()
    with pytest.raises(SeedProblem, match=re.escape("ways.toml is missing")):
        load(seeds)


def test_a_correction_changes_one_row_and_leaves_the_file_alone() -> None:
    corrected = load(SEEDS, {"codes": [{"id": "codes.vag", "lengths": [5], "note": "Seen here."}]})
    (fact,) = [fact for fact in corrected.facts if fact.id == "codes.vag"]
    assert isinstance(fact, CodeFact)
    assert (fact.lengths, fact.note, fact.scope.makes[0]) == ((5,), "Seen here.", "Volkswagen")
    (fact,) = [fact for fact in load(SEEDS).facts if fact.id == "codes.vag"]
    assert isinstance(fact, CodeFact)
    assert fact.lengths == (4,)


def test_a_correction_may_add_a_row_but_only_a_whole_one() -> None:
    row = {"id": "own.1", "makes": ["Kia"], "lengths": [4], "confidence": "medium", "sources": ["FORUM"]}
    assert "own.1" in [fact.id for fact in load(SEEDS, {"codes": [row]}).facts]
    with pytest.raises(SeedProblem, match=r"own\.1"):
        load(SEEDS, {"codes": [{"id": "own.1", "makes": ["Kia"]}]})
