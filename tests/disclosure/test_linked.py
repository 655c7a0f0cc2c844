"""What links figures - years, shares, changes, other names - gives nothing small away."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from candour.audience import Sensitive, Withhold
from candour.disclosure import Structure, audit, printed_before, withheld
from candour.errors import ConfigurationError
from candour.figures import Figure, State, Unit
from candour.kpi import Kpis
from candour.ledger import Ledger
from candour.period import Period
from tests.disclosure.attacker import Attacker
from tests.disclosure.conftest import BELOW, NUMBERS, counted, share

LAST_YEAR, THIS_YEAR = Period.parse("2022-23"), Period.parse("2023-24")
RELEASES = 100


@pytest.mark.gate
def test_two_releases_together_give_nothing_away(
    structure: Structure, everything: Withhold
) -> None:
    """Last year's report by procedure and by stage, and this year's that prints the crossing.

    What covered a number last year must not be printed this year, and what was printed then covers
    nothing now. Only what the first release gives away by itself cannot be taken back.
    """
    for seed in range(RELEASES):
        chance = random.Random(seed)
        inside = list(product(("corporate", "adults", "childrens"), ("1", "2")))
        numbers = [chance.choice(NUMBERS) for _ in inside]
        first = _table(inside, numbers, (0, 1))
        second = _table(inside, numbers, (0, 1, 2))
        hidden = withheld(first, everything, structure)
        ledger = Ledger()
        for figure in first:
            ledger.enter(_as_printed(figure, hidden), "page")
        before = printed_before(ledger.to_csv(), structure)
        now = withheld(second, everything, structure, earlier=[before])
        published = {f.key for f in first} - hidden
        printed = published | {f.key for f in second} - now
        assert audit(second, now, everything, structure, earlier=[before]) == []
        given_away = _recovered(inside, second, printed)
        assert given_away <= _recovered(inside, second, published), f"seed {seed}"


def _table(
    inside: list[tuple[str, str]], numbers: list[int], sizes: tuple[int, ...]
) -> list[Figure]:
    figures = []
    for procedure, stage in product(("corporate", "adults", "childrens", None), ("1", "2", None)):
        about = {"procedure": procedure, "stage": stage}
        told = {name: value for name, value in about.items() if value}
        number = sum(numbers[i] for i in _cells(inside, told))
        if len(told) in sizes:
            figures.append(counted("received_at_stage", number, LAST_YEAR, **told))
    return figures


def _cells(inside: list[tuple[str, str]], about: dict[str, str]) -> frozenset[int]:
    return frozenset(
        at
        for at, (procedure, stage) in enumerate(inside)
        if about.get("procedure", procedure) == procedure and about.get("stage", stage) == stage
    )


def _as_printed(figure: Figure, hidden: frozenset[str]) -> Figure:
    if figure.key not in hidden:
        return figure
    return Figure(
        figure.kpi, figure.title, figure.period, figure.slice, figure.unit, state=State.WITHHELD
    )


def _recovered(inside: list[tuple[str, str]], figures: list[Figure], printed: set[str]) -> set[str]:
    sums = {figure.key: _cells(inside, dict(figure.slice)) for figure in figures}
    numbers = {figure.key: figure.count or 0 for figure in figures}
    attacker = Attacker(
        len(inside), sums, {key: numbers[key] for key in printed}, most=max(NUMBERS) + 2 * BELOW
    )
    return {
        f"{key} cannot be {value}"
        for key, number in numbers.items()
        if 0 < number < BELOW and key not in printed
        for value in range(1, BELOW)
        if not attacker.can_be(key, value)
    }


def test_a_change_hides_with_either_end(structure: Structure, everything: Withhold) -> None:
    now = [counted("complaints_received", n, THIS_YEAR, procedure=p) for p, n in _FEW.items()]
    then = [counted("complaints_received", n + 9, LAST_YEAR, procedure=p) for p, n in _FEW.items()]
    changes = [a.change(b) for a, b in zip(now, then, strict=True)]
    relative = [a.per_cent_change(b) for a, b in zip(now, then, strict=True)]
    hidden = withheld([*now, *then, *changes, *relative], everything, structure)
    assert {now[1].key, changes[1].key, relative[1].key} <= hidden
    assert then[0].key not in hidden


_FEW = {"corporate": 40, "adults": 2, "childrens": 30}


def test_a_share_hides_with_its_count_and_with_the_rest_of_it(
    structure: Structure, everything: Withhold
) -> None:
    two_of_ten = share("responded_in_time", 2, 10, procedure="adults")
    nine_of_ten = share("responded_in_time", 9, 10, procedure="childrens")
    half = share("responded_in_time", 40, 80, procedure="corporate")
    hidden = withheld([two_of_ten, nine_of_ten, half], everything, structure)
    assert hidden == {two_of_ten.key, nine_of_ten.key}
    lenient = everything.model_copy(update={"rest_of_shares": False})
    assert withheld([two_of_ten, nine_of_ten, half], lenient, structure) == {two_of_ten.key}


def test_one_number_under_two_names_is_one_number(
    structure: Structure, everything: Withhold
) -> None:
    """Stage one received, a complaint received, and the base of the share that went on."""
    at_stage = counted("received_at_stage", 3, procedure="adults", stage="1")
    received = counted("complaints_received", 3, procedure="adults")
    went_on = share("escalated_of_cohort", 0, 3, procedure="adults")
    volumes = Withhold(sensitive=(Sensitive(why="volumes", kpis=("complaints_received",)),))
    assert withheld([at_stage, received, went_on], volumes, structure) == {
        at_stage.key,
        received.key,
        went_on.key,
    }


def test_outcomes_that_add_up_cover_each_other(structure: Structure, everything: Withhold) -> None:
    """Upheld, partially upheld and not upheld are the decided: one of them alone is no secret."""
    decided = counted("responses_decided", 62, procedure="adults")
    outcomes = [
        counted(f"{kpi}.count", number, procedure="adults")
        for kpi, number in {"upheld": 3, "partially_upheld": 22, "not_upheld": 37}.items()
    ]
    hidden = withheld([decided, *outcomes], everything, structure)
    assert outcomes[0].key in hidden
    assert len(hidden) > 1
    only = frozenset({outcomes[0].key})
    assert [found.figure for found in audit([decided, *outcomes], only, everything, structure)]


def test_what_flows_through_a_year_is_tied(structure: Structure, everything: Withhold) -> None:
    """Open at the end follows from the others, so that one of them hides with it."""
    flow = [
        counted("brought_forward", 8, procedure="adults"),
        counted("arrived", 20, procedure="adults"),
        counted("reopened", 0, procedure="adults"),
        counted("closed", 19, procedure="adults"),
        counted("withdrawn_or_refused", 6, procedure="adults"),
        counted("open_steps", 3, procedure="adults"),
    ]
    policy = Withhold(sensitive=(Sensitive(why="open", kpis=("open_steps",)),))
    hidden = withheld(flow, policy, structure)
    assert flow[-1].key in hidden
    assert len(hidden) > 1
    assert audit(flow, hidden, policy, structure) == []
    assert audit(flow, {flow[-1].key}, policy, structure)


def test_directorates_are_their_services(structure: Structure, everything: Withhold) -> None:
    """Place is roads and waste, so that roads cannot hide alone."""
    rows = {"roads": 3, "waste": 40, "homes": 50}
    services = [counted("complaints_received", n, service=s) for s, n in rows.items()]
    directorates = [
        counted("complaints_received", 43, directorate="place"),
        counted("complaints_received", 50, directorate="homes"),
    ]
    hidden = withheld([*services, *directorates], everything, structure)
    assert services[0].key in hidden
    assert hidden & {services[1].key, directorates[0].key}
    assert services[2].key not in hidden


def test_days_taken_hide_with_the_few_responses_they_are_of(
    structure: Structure, everything: Withhold
) -> None:
    mean = Figure(
        "days_taken_mean", "", THIS_YEAR, (("procedure", "adults"),), Unit.WORKING_DAYS,
        base=2, value=Fraction(61, 2),
    )  # fmt: skip
    assert withheld([mean], everything, structure) == {mean.key}


def test_what_was_printed_cannot_be_taken_back(structure: Structure, everything: Withhold) -> None:
    """A small number an earlier release printed is public; the audit has nothing to prove of it."""
    small = counted("complaints_received", 2, LAST_YEAR, procedure="adults")
    assert withheld([small], everything, structure, earlier=[[small]]) == frozenset()
    restated = counted("complaints_received", 3, LAST_YEAR, procedure="adults")
    assert withheld([restated], everything, structure, earlier=[[small]]) == {restated.key}


def test_what_nobody_decided_on_is_not_printed(structure: Structure, everything: Withhold) -> None:
    """The finished ledger holds a withheld figure, and one that was not asked for before."""
    small = counted("complaints_received", 2, procedure="adults")
    large = counted("complaints_received", 60, procedure="corporate")
    hidden = withheld([small], everything, structure)
    found = audit([small], hidden, everything, structure, printed=[small, large])
    assert {one.figure for one in found} == {small.key, large.key}
    kept = _as_printed(small, hidden)
    assert audit([small, large], hidden, everything, structure, printed=[kept, large]) == []


def test_a_policy_that_names_nothing_is_refused(structure: Structure) -> None:
    """A misspelt family would protect nothing, and nobody would notice."""
    wrong = Withhold(sensitive=(Sensitive(why="outcomes", families=("Outcome",)),))
    with pytest.raises(ConfigurationError, match="did you mean 'Outcomes'"):
        withheld([], wrong, structure)


def test_what_names_no_part_of_a_whole_is_a_number_like_any_other(kpis: Kpis) -> None:
    """Forty of a category less its thirty-eight by subcategory are two that name none."""
    structure = Structure(
        kpis,
        members={"category": ("delay",), "subcategory": ("forms", "calls")},
        above={"subcategory": (("category", {"forms": "delay", "calls": "delay"}),)},
    )
    policy = Withhold(sensitive=(Sensitive(why="parts", dimensions=("subcategory", "category")),))
    whole = counted("complaints_received", 40, category="delay")
    parts = [
        counted("complaints_received", number, category="delay", subcategory=name)
        for name, number in {"forms": 21, "calls": 17}.items()
    ]
    rest = counted("complaints_received.remainder", 2, category="delay")
    printed = [whole, *parts, rest]
    hidden = withheld(printed, policy, structure)
    assert rest.key in hidden
    assert hidden & {whole.key, *(part.key for part in parts)}
    assert audit(printed, hidden, policy, structure) == []
    found = audit(printed, {rest.key}, policy, structure)
    assert [one.figure for one in found] == [rest.key]


def test_what_a_restated_total_was_gives_nothing_away(
    structure: Structure, everything: Withhold
) -> None:
    """First 3 and 40 are withheld beside 57 of 100; then 57 is 60, and the 100 is 103.

    Whoever has both knows from the first that the two withheld come to 43, so that 40 may not be
    printed now, although 60 and the total are withheld in its stead.
    """
    parts = {"corporate": 57, "adults": 3, "childrens": 40}
    first = [
        *(counted("complaints_received", n, LAST_YEAR, procedure=p) for p, n in parts.items()),
        counted("complaints_received", 100, LAST_YEAR),
    ]
    now = [
        *(
            counted("complaints_received", n, LAST_YEAR, procedure=p)
            for p, n in (parts | {"corporate": 60}).items()
        ),
        counted("complaints_received", 103, LAST_YEAR),
    ]
    corporate, adults, _, total = (figure.key for figure in now)
    before = [_as_printed(figure, frozenset({first[1].key, first[2].key})) for figure in first]
    chosen = {adults, corporate, total}
    assert audit(now, chosen, everything, structure) == []
    (found,) = audit(now, chosen, everything, structure, earlier=[before])
    assert found.figure == adults
    hidden = withheld(now, everything, structure, earlier=[before])
    assert audit(now, hidden, everything, structure, earlier=[before]) == []


@pytest.mark.gate
def test_two_corrections_of_one_report_give_nothing_away(
    structure: Structure, everything: Withhold
) -> None:
    """Some cases are logged late, so that the second version tells some numbers otherwise."""
    inside = list(product(("corporate", "adults", "childrens"), ("1", "2")))
    restated = 0
    for seed in range(RELEASES):
        chance = random.Random(seed)
        numbers = [chance.choice(NUMBERS) for _ in inside]
        late = [n + chance.choice((0, 0, 0, 1, 4)) for n in numbers]
        first, second = (_table(inside, each, (0, 1, 2)) for each in (numbers, late))
        hidden = withheld(first, everything, structure)
        before = [_as_printed(figure, hidden) for figure in first]
        now = withheld(second, everything, structure, earlier=[before])
        assert audit(second, now, everything, structure, earlier=[before]) == [], f"seed {seed}"
        restated += numbers != late
        published = {f.key for f in second} - now
        if numbers == late:
            published |= {f.key for f in first} - hidden
        assert _recovered(inside, second, published) == set(), f"seed {seed}"
        assert _both(inside, first, hidden, second, now) == set(), f"seed {seed}"
    assert restated > RELEASES / 2


def _both(
    inside: list[tuple[str, str]],
    first: list[Figure],
    hidden: frozenset[str],
    second: list[Figure],
    now: frozenset[str],
) -> set[str]:
    """What is ruled out by whoever takes every inner number that may be the same to be the same.

    The inner cells that were not told otherwise have one number in both versions; the others, two.
    """
    sums = {figure.key: _cells(inside, dict(figure.slice)) for figure in second}
    was, is_ = ({f.key: f.count or 0 for f in version} for version in (first, second))
    changed = frozenset(
        cell for key, cells in sums.items() if was[key] != is_[key] for cell in cells
    )
    old = {cell: len(inside) + cell if cell in changed else cell for cell in range(len(inside))}
    names = {("now", key): cells for key, cells in sums.items()}
    names |= {("was", key): frozenset(old[c] for c in cells) for key, cells in sums.items()}
    printed = {("now", key): is_[key] for key in is_.keys() - now}
    printed |= {("was", key): was[key] for key in was.keys() - hidden}
    attacker = Attacker(2 * len(inside), names, printed, most=max(NUMBERS) + 2 * BELOW)
    return {
        f"{key} is {number} and cannot be {value}"
        for key, number in is_.items()
        if 0 < number < BELOW and key in now
        for value in range(1, BELOW)
        if not attacker.can_be(("now", key), value)
    }
