"""A reader of what was published: a ledger as spreadsheet, the method pages, and patience.

It shares nothing with the code it attacks: it names numbers by what the published method says they
count, writes down every sum it can think of, and asks a solver what each hidden number could be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

HIDDEN = "[c]"
MOST = 100_000

Name = tuple[object, ...]
"""What is counted, in which period, of which part of the council."""
Row = Mapping[str, str]


@dataclass
class Sums:
    """What a reader knows of numbers: what they are, and between which limits sums of them lie."""

    numbers: dict[Name, int] = field(default_factory=dict)
    hidden: set[Name] = field(default_factory=set)
    rows: list[tuple[dict[Name, float], float, float]] = field(default_factory=list)

    def between(self, terms: Iterable[tuple[Name, float]], low: float, high: float) -> None:
        """A sum of numbers, some of them many times, lies between two limits."""
        total: dict[Name, float] = defaultdict(float)
        for name, times in terms:
            total[name] += times
        self.rows.append((dict(total), low, high))

    def can_be(self, name: Name, value: int) -> bool:
        """Whether whole numbers that fit everything known give this one that value."""
        names = sorted(self._near(name), key=str)
        at = {one: place for place, one in enumerate(names)}
        low, high = np.zeros(len(names)), np.full(len(names), float(MOST))
        low[at[name]] = high[at[name]] = value
        entries, least, most = [], [], []
        for terms, lowest, highest in self.rows:
            if at.keys().isdisjoint(terms):
                continue
            known = sum(times * self.numbers[one] for one, times in terms.items() if one not in at)
            entries += [(len(least), at[one], times) for one, times in terms.items() if one in at]
            least.append(lowest - known)
            most.append(highest - known)
        if not entries:
            return True
        rows, columns, times = zip(*entries, strict=True)
        found = milp(
            np.zeros(len(names)),
            integrality=np.ones(len(names)),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(
                csr_array((times, (rows, columns)), shape=(len(least), len(names))), least, most
            ),
        )
        return found.x is not None

    def _near(self, name: Name) -> set[Name]:
        """The unknown numbers that hang together with one."""
        found, waiting = {name}, [name]
        while waiting:
            one = waiting.pop()
            for terms, _, _ in self.rows:
                if one in terms:
                    more = {other for other in terms if other not in self.numbers} - found
                    found |= more
                    waiting += more
        return found


@dataclass(frozen=True)
class Method:
    """What the published method says each KPI counts, as plain entries of ``kpis/``."""

    kpis: Mapping[str, Mapping[str, object]]

    def counted(self, row: Row) -> Name | None:
        """The number that a row's count is."""
        kpi = self.kpis.get(row["kpi"].split(".")[0])
        derived = row["kpi"].split(".")[1:]
        if kpi is None or derived not in ([], ["count"], ["share"]) or "statistic" in kpi:
            return None
        if kpi["of"] == "statistics":
            return None
        return self._name(row, str(kpi["count"]), kpi)

    def of(self, row: Row) -> Name | None:
        """The number that a row's base is."""
        kpi = self.kpis.get(row["kpi"].split(".")[0])
        base = str((kpi or {}).get("out_of", ""))
        if kpi is None or not base or base.startswith("context") or kpi["of"] == "statistics":
            return None
        if row["kpi"].split(".")[1:] not in ([], ["count"], ["base"]):
            return None
        return self._name(row, base, kpi)

    def is_rest(self, row: Row) -> bool:
        """Whether a row tells what is left of its base."""
        return bool(self.kpis.get(row["kpi"].split(".")[0], {}).get("complement"))

    def _name(self, row: Row, flag: str, kpi: Mapping[str, object]) -> Name:
        about = {d: row[d] for d in DIMENSIONS if row[d]}
        flags = {str(kpi.get("population", "all")), flag} - {"all"}
        for stage, number in STAGES.items():
            if stage in flags:
                flags.discard(stage)
                about["stage"] = number
        if "responded" in flags and kpi["clock"] == "responded":
            flags.discard("responded")
        what = (kpi["of"], kpi["clock"], tuple(sorted(flags)))
        if what == ("movements", "moved", ("arrived",)):
            what = ("steps", "received", ())
        return (*what, row["period"], tuple(sorted(about.items())))


DIMENSIONS = (
    "procedure", "stage", "directorate", "service", "team", "category", "subcategory", "channel",
    "point_of_receipt", "complainant_type", "ombudsman_category", "ombudsman_subcategory",
    "disposition", "reason",
)  # fmt: skip
STAGES = {"at_stage_one": "1", "at_stage_two": "2", "at_stage_three": "3"}


def read(rows: Iterable[Row], truth: Mapping[Name, int], method: Method) -> Sums:
    """Everything a reader can write down of a published ledger.

    ``truth`` says which sums really hold, so that a reader is assumed to know even those that
    nobody told: that a table leaves nothing out, for one.
    """
    sums = Sums()
    told = list(rows)
    for row in told:
        _numbers(row, method, sums)
    for row in told:
        _shares(row, method, sums)
    sums.hidden -= sums.numbers.keys()
    every = sums.numbers.keys() | sums.hidden | truth.keys()
    for whole, parts in (*_partitions(every), *_flows(every), *_outcomes(every)):
        _hold(whole, parts, truth, sums)
    for small, large in _within(every):
        sums.between([(large, 1), (small, -1)], 0, MOST)
    return sums


def _numbers(row: Row, method: Method, sums: Sums) -> None:
    counted, base = method.counted(row), method.of(row)
    if row["display"] == HIDDEN:
        sums.hidden |= {name for name in (counted, base) if name}
        return
    if base and row["base"]:
        sums.numbers[base] = int(row["base"])
    if counted and row["count"] and not row["kpi"].endswith(".base"):
        number = int(row["count"])
        rest = method.is_rest(row) and row["base"]
        sums.numbers[counted] = int(row["base"]) - number if rest and base else number


def _shares(row: Row, method: Method, sums: Sums) -> None:
    """A share that is printed as a whole number, of numbers that are not."""
    counted, base = method.counted(row), method.of(row)
    if not (counted and base and row["unit"] == "percent" and row["display"].endswith("%")):
        return
    shown = Fraction(row["display"].rstrip("%").replace(",", ""))
    half = Fraction(1, 2 * 10 ** len(row["display"].rstrip("%").partition(".")[2]))
    if method.is_rest(row):
        shown = 100 - shown
    sums.between([(counted, 100), (base, -float(shown - half))], 0, float("inf"))
    sums.between([(counted, -100), (base, float(shown + half))], 0, float("inf"))


def _hold(whole: Name, parts: Iterable[Name], truth: Mapping[Name, int], sums: Sums) -> None:
    """A sum, as exactly as it holds; only of numbers that are printed or hidden somewhere."""
    inside = tuple(parts)
    known = truth | sums.numbers
    if whole not in known or any(part not in known for part in inside):
        return
    rest = known[whole] - sum(known[part] for part in inside)
    if rest >= 0:
        sums.between([(whole, 1), *((p, -1) for p in inside)], 0, 0 if rest == 0 else MOST)


def _partitions(every: Iterable[Name]) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    """A number and the same by each value of one more dimension."""
    groups: dict[tuple[Name, str], list[Name]] = defaultdict(list)
    for name in every:
        *what, about = name
        for dimension, _ in about:  # type: ignore[attr-defined]
            others = tuple(pair for pair in about if pair[0] != dimension)  # type: ignore[attr-defined]
            groups[(*what, others), dimension].append(name)
    for (whole, _), parts in groups.items():
        yield whole, tuple(parts)


def _flows(every: Iterable[Name]) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    """Open before and what came is what went and what is open: as a sum of both sides."""
    for name in every:
        of, clock, flags, period, about = name
        if (of, clock) == ("movements", "moved") and flags == ("closed",):
            through = ("through", "", (), period, about)
            yield (
                through,
                (
                    ("outstanding", "opening", (), period, about),
                    ("steps", "received", (), period, about),
                    ("movements", "moved", ("reopened",), period, about),
                ),
            )
            yield (
                through,
                (
                    name,
                    ("movements", "moved", ("withdrawn",), period, about),
                    ("outstanding", "as_of", (), period, about),
                ),
            )


def _outcomes(every: Iterable[Name]) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    for of, clock, flags, period, about in every:
        if of == "steps" and flags == ("upheld_or_partially",):
            parts = (("upheld",), ("partially_upheld",))
            yield (
                (of, clock, flags, period, about),
                tuple((of, clock, part, period, about) for part in parts),
            )


def _within(every: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    """A number of rows that have a flag, and of all rows; in time is within an extension too."""
    names = set(every)
    for name in names:
        of, clock, flags, period, about = name
        larger = [()] if flags and of == "steps" else []
        if flags == ("in_time",):
            larger.append(("within_extension",))  # type: ignore[arg-type]
        for other in larger:
            if (whole := (of, clock, other, period, about)) in names:
                yield name, whole
