"""A thousand small tables are attacked by trying everything: no small number is recovered."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

import pytest

from candour.audience import Withhold
from candour.disclosure import Structure, audit, withheld
from candour.figures import Figure
from candour.kpi import Kpis
from candour.period import Period
from tests.disclosure.attacker import Attacker
from tests.disclosure.conftest import BELOW, NUMBERS, counted, share


@dataclass(frozen=True)
class Table:
    """Inner cells, and the figures that print sums of them: key → the cells of each number."""

    inside: int
    figures: tuple[Figure, ...]
    sums: Mapping[str, tuple[tuple[frozenset[int], int], ...]]
    """By figure the cells each of its numbers adds up, and the number."""

    def numbers(self, keys: Iterable[str]) -> dict[frozenset[int], int]:
        return {cells: number for key in keys for cells, number in self.sums[key]}


def two_ways(chance: random.Random) -> Table:
    """By procedure and kind of complainant, with both margins and the total."""
    rows, columns = "abc"[: chance.choice((2, 3))], "xyz"
    return _margins(chance, {"procedure": rows, "complainant_type": columns}, (2, 1, 0))


def three_ways(chance: random.Random) -> Table:
    """By procedure, stage and service, two at a time: the crossing is not printed."""
    return _margins(chance, {"procedure": "ab", "stage": "12", "service": "xyz"}, (2,))


def _margins(chance: random.Random, names: Mapping[str, str], sizes: tuple[int, ...]) -> Table:
    cells = list(product(*names.values()))
    numbers = [chance.choice(NUMBERS) for _ in cells]
    figures, sums = [], {}
    for chosen in product(*((*values, None) for values in names.values())):
        about = {name: v for name, v in zip(names, chosen, strict=True) if v is not None}
        if len(about) not in sizes:
            continue
        held = frozenset(
            at for at, cell in enumerate(cells)
            if all(v in {None, c} for v, c in zip(chosen, cell, strict=True))
        )  # fmt: skip
        figure = counted("received_at_stage", sum(numbers[at] for at in held), **about)
        figures.append(figure)
        sums[figure.key] = ((held, figure.count),)
    return Table(len(cells), tuple(figures), sums)


def outcomes(chance: random.Random) -> Table:
    """Outcomes by service as shares of the decided, and all services together."""
    services, kinds = "xyz", ("upheld", "partially_upheld", "not_upheld")
    numbers = {cell: chance.choice(NUMBERS) for cell in product(services, kinds)}
    order = list(numbers)
    figures, sums = [], {}
    for service in (*services, None):
        rows = [cell for cell in order if service in {None, cell[0]}]
        base = sum(numbers[cell] for cell in rows)
        for kind in kinds:
            about = {} if service is None else {"service": service}
            held = [cell for cell in rows if cell[1] == kind]
            figure = share(kind, sum(numbers[cell] for cell in held), base, **about)
            figures.append(figure)
            rest = [cell for cell in rows if cell[1] != kind]
            sums[figure.key] = (
                (frozenset(map(order.index, held)), figure.count),
                (frozenset(map(order.index, rows)), base),
                (frozenset(map(order.index, rest)), base - figure.count),
            )
    return Table(len(order), tuple(figures), sums)


def months(chance: random.Random) -> Table:
    """Three months by procedure, their quarter, and the total."""
    periods = [Period.parse(key) for key in ("2024-01", "2024-02", "2024-03")]
    numbers = {cell: chance.choice(NUMBERS) for cell in product("abc", range(3))}
    order = list(numbers)
    figures, sums = [], {}
    for procedure, when in product(("a", "b", "c", None), (0, 1, 2, None)):
        about = {} if procedure is None else {"procedure": procedure}
        held = [c for c in order if procedure in {None, c[0]} and when in {None, c[1]}]
        period = periods[2].quarter() if when is None else periods[when]
        figure = counted("received_at_stage", sum(numbers[c] for c in held), period, **about)
        figures.append(figure)
        sums[figure.key] = ((frozenset(map(order.index, held)), figure.count),)
    return Table(len(order), tuple(figures), sums)


@pytest.fixture(scope="module")
def structure(kpis: Kpis) -> Structure:
    return Structure(
        kpis,
        members={
            "procedure": tuple("abc"),
            "stage": tuple("12"),
            "service": tuple("xyz"),
            "complainant_type": tuple("xyz"),
        },
    )


KINDS = {"two": two_ways, "three": three_ways, "outcomes": outcomes, "months": months}
SOME = 50
ENDS = (0, 10, 50, 100, 150, 200, 250)
SEEDS = [
    pytest.param(kind, range(*ends), id=f"{kind}-{ends[0]}", marks=[pytest.mark.gate] if at else [])
    for kind in KINDS
    for at, ends in enumerate(pairwise(ENDS))
]
"""Ten tables of each kind in every run of the tests, the others in the gate."""


@pytest.mark.parametrize(("kind", "seeds"), SEEDS)
def test_nothing_small_is_recovered(
    kind: str, seeds: range, structure: Structure, everything: Withhold
) -> None:
    for seed in seeds:
        table = KINDS[kind](random.Random(seed))
        hidden = withheld(table.figures, everything, structure)
        printed = table.numbers(f.key for f in table.figures if f.key not in hidden)
        assert recovered(table, printed) == [], f"seed {seed}"
        assert audit(table.figures, hidden, everything, structure) == []


def recovered(table: Table, printed: Mapping[frozenset[int], int]) -> list[str]:
    """The small numbers of a table of which some small value can be ruled out."""
    every = table.numbers(table.sums)
    attacker = Attacker(table.inside, {c: c for c in every}, printed, most=max(NUMBERS) + BELOW)
    return [
        f"{sorted(cells)} is {number} and cannot be {value}"
        for cells, number in every.items()
        if 0 < number < BELOW
        for value in range(1, BELOW)
        if not attacker.can_be(cells, value)
    ]


def test_small_numbers_alone_hide_nothing(structure: Structure, everything: Withhold) -> None:
    """The attack finds what withholding the small numbers alone would leave, and so does the audit.

    Without this the thousand tables above would prove nothing.
    """
    given_away = 0
    for seed in range(SOME):
        table = two_ways(random.Random(seed))
        small = {f.key for f in table.figures if 0 < (f.count or 0) < BELOW}
        printed = table.numbers(f.key for f in table.figures if f.key not in small)
        attacked = bool(recovered(table, printed))
        assert attacked <= bool(audit(table.figures, small, everything, structure)), f"seed {seed}"
        given_away += attacked
    assert given_away > SOME / 2
