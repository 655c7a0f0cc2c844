"""Cells: the whole numbers a figure tells its reader, under one name in every table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candour.disclosure.flags import DIMENSIONS, STAGES, shortest
from candour.disclosure.structure import USUAL_YEAR
from candour.figures import NOT_RECORDED, Figure, Slice, State
from candour.kpi import CONTEXT, Fact
from candour.period import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.disclosure.structure import Structure
    from candour.kpi import Kpi


@dataclass(frozen=True, slots=True)
class Cell:
    """How many rows of a fact table have all these flags, in a slice, between two days.

    Of a state, what is open, both days are the morning it is told of.
    """

    table: str
    flags: tuple[str, ...]
    about: Slice
    start: int
    end: int

    def within(self, about: Iterable[tuple[str, str]]) -> Cell:
        """The same of another slice."""
        return replace(self, about=tuple(sorted(about)))


@dataclass(frozen=True, slots=True)
class Told:
    """That a figure tells a cell: its number, and whether that is what the figure is for.

    ``number`` is ``None`` where the figure does not say it (it is withheld).
    """

    cell: Cell
    number: int | None
    own: bool = True
    rest: bool = False
    """It is the rest of a share: the one of nine in ten."""


NOTHING = {State.NOT_RECORDED, State.NOT_APPLICABLE}
CHANGES = {"change", "per_cent_change"}
REMAINDER = "remainder"
"""What is left of a whole when its named parts are taken from it."""


def told_by(figure: Figure, structure: Structure) -> tuple[Told, ...]:
    """The cells a figure tells, or would tell if it were not withheld.

    Of a change these are the cells of its later end; its earlier end is a figure of its own.
    """
    kpi_id, *derived = figure.kpi.split(".")
    kpi = structure.kpis.by_id.get(kpi_id)
    if kpi is None or kpi.of is Fact.STATISTICS or figure.state in NOTHING:
        return ()
    cell = _cell(figure, kpi, structure)
    if not derived or derived == ["share"]:
        return _all_of(figure, kpi, cell)
    if CHANGES & {*derived}:
        unknown = replace(figure, count=None, base=None)
        return tuple(replace(told, own=False) for told in _all_of(unknown, kpi, cell))
    if derived == [REMAINDER]:
        beside = _remainder(figure, kpi, cell, structure)
    else:
        beside = _beside(derived[0], kpi, cell) if len(derived) == 1 else None
    return () if beside is None else (Told(beside, figure.count),)


def _remainder(figure: Figure, kpi: Kpi, cell: Cell, structure: Structure) -> Cell | None:
    """The cell of what names no part: of a category, what is of none of its subcategories."""
    part = part_of(figure, structure)
    if part is None:
        return None
    return _counted(kpi, cell.within([*cell.about, (part, NOT_RECORDED)]))


def part_of(figure: Figure, structure: Structure) -> str | None:
    """The dimension by which a remainder's whole was divided; nothing where it is not clear."""
    about = dict(figure.slice)
    parts = [
        part
        for part, levels in structure.above.items()
        if part not in about and any(above in about for above, _ in levels)
    ]
    return parts[0] if len(parts) == 1 else None


def divided(figures: Iterable[Figure], structure: Structure) -> dict[str, tuple[str, ...]]:
    """By remainder the figures it is worked out from: the whole and each of its parts.

    It is not told where one of them is not; they may well be where it is not.
    """
    every = tuple(figures)
    found = {}
    for figure in every:
        kpi, _, derived = figure.kpi.partition(".")
        part = part_of(figure, structure) if derived == REMAINDER else None
        if part is not None:
            found[figure.key] = tuple(
                other.key
                for other in every
                if (other.kpi, other.period) == (kpi, figure.period)
                and {*figure.slice} <= {*other.slice}
                and {name for name, _ in other.slice} - {name for name, _ in figure.slice} <= {part}
            )
    return found


def _beside(what: str, kpi: Kpi, cell: Cell) -> Cell | None:
    """The cell of a number that is said beside a share."""
    if what == "count" and not (kpi.ratio and kpi.complement):
        return _counted(kpi, cell)
    flag = {"base": kpi.out_of, "undecided": kpi.undecided}.get(what)
    return None if flag is None or flag.startswith(CONTEXT) else _with(kpi, cell, flag)


def parents_of(figure: Figure) -> tuple[str, ...]:
    """The keys of the figures a figure is worked out from: a change of both its ends."""
    head, *derived = figure.kpi.split(".")
    if not derived or derived == [REMAINDER]:
        return ()
    about = ",".join(f"{dimension}={value}" for dimension, value in figure.slice)
    periods = [figure.period.key]
    if CHANGES & {*derived}:
        periods.append(figure.against.removeprefix("from "))
    return tuple("|".join(part for part in (head, when, about) if part) for when in periods)


def _all_of(figure: Figure, kpi: Kpi, cell: Cell) -> tuple[Told, ...]:
    """A count with its base and the rest of it; a statistic with the rows it is taken of."""
    if kpi.statistic is not None:
        return (Told(_with(kpi, cell, "all"), figure.base),)
    own = Told(_counted(kpi, cell), figure.count)
    if kpi.out_of is None or kpi.out_of.startswith(CONTEXT):
        return (own,)
    base = Told(_with(kpi, cell, kpi.out_of), figure.base, own=False)
    if kpi.ratio:
        number = _less(figure.base, figure.count) if kpi.complement else figure.count
        return (Told(_with(kpi, cell, str(kpi.count)), number), base)
    counted = _with(kpi, cell, str(kpi.count))
    other = _less(figure.base, figure.count)
    if kpi.complement:
        return (own, base, Told(counted, other, own=False, rest=True))
    return (own, base, Told(_rest(kpi, cell), other, own=False, rest=True))


def _counted(kpi: Kpi, cell: Cell) -> Cell:
    whole = kpi.complement and not kpi.ratio
    return _rest(kpi, cell) if whole else _with(kpi, cell, str(kpi.count))


def _rest(kpi: Kpi, cell: Cell) -> Cell:
    base = _with(kpi, cell, str(kpi.out_of))
    left_out = "+".join(_with(kpi, cell, str(kpi.count)).flags)
    return replace(base, flags=(*base.flags, f"not {left_out}"))


def _less(base: int | None, count: int | None) -> int | None:
    return None if base is None or count is None else base - count


def _with(kpi: Kpi, cell: Cell, flag: str) -> Cell:
    """The cell of rows that have a flag besides the KPI's population."""
    return _named(cell, kpi.of, kpi.clock, (kpi.population, flag))


def _named(cell: Cell, fact: Fact, clock: str, flags: tuple[str, ...]) -> Cell:
    about = dict(cell.about)
    kept = []
    for flag in flags:
        stage = STAGES.get(flag) if fact is Fact.STEPS else None
        if stage is None:
            kept.append(flag)
        else:
            about["stage"] = stage
    for dimension, names in DIMENSIONS.get(fact.value, {}).items():
        if about.get(dimension) in names:
            kept.append(names[about.pop(dimension)])
    if fact is Fact.MOVEMENTS and "arrived" in kept:
        # A stage that was asked for is a step that was received: one number under two names.
        return replace(cell, table="steps/received", flags=(), about=tuple(sorted(about.items())))
    return replace(
        cell, flags=shortest(fact.value, clock, kept), about=tuple(sorted(about.items()))
    )


def _cell(figure: Figure, kpi: Kpi, structure: Structure) -> Cell:
    about = dict(figure.slice)
    clock = kpi.clock
    table = f"{kpi.of.value}/{clock}"
    if structure.apart and "procedure" in kpi.breakdowns:
        if kpi.years == "own":
            table += "/own"
        elif figure.period.kind is PeriodKind.REPORTING_YEAR and "procedure" not in about:
            about[USUAL_YEAR] = "yes"
    start, end = _days(figure.period, clock)
    if start == end:
        table = f"{kpi.of.value}/state"
    return Cell(table, (), tuple(sorted(about.items())), start, end)


def _days(period: Period, clock: str) -> tuple[int, int]:
    start, end = period.start.toordinal(), period.end.toordinal()
    return {"opening": (start, start), "as_of": (end, end)}.get(clock, (start, end))
