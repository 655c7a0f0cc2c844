"""KPIs: what is counted, of which population, declared once and never as code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from candour.declarations import Declaration, place, read_declaration, unknown
from candour.errors import ConfigurationError
from candour.figures import Better, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


PER_CENT = 100
CONTEXT = "context."
"""How the name of a context number begins where a KPI names it."""


class Fact(StrEnum):
    """The fact tables rows are counted in."""

    STEPS = "steps"
    MOVEMENTS = "movements"
    OUTSTANDING = "outstanding"
    CONTACTS = "contacts"
    COMPLIMENTS = "compliments"
    DECISIONS = "decisions"
    LEARNING = "learning"
    IMPROVEMENTS = "improvements"
    STATISTICS = "statistics"
    """Numbers given by the Ombudsman: nothing is counted, each is read as it stands."""


class Statistic(StrEnum):
    """What is made of a measure of the population's rows."""

    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    LONGEST = "longest"
    SUM = "sum"


class Answer(Declaration):
    """What a KPI comes to on its family's example, worked out by hand: its test and its method."""

    period: str
    slice: dict[str, str] = Field(default_factory=dict)
    count: int | None = None
    base: int | None = None
    display: str
    because: str


class Example(Declaration):
    """A handful of rows a family's answers are worked out on, as a table of days.

    They follow the example procedure: acknowledge within 3 working days, stage one within 10 (20
    when extended), stage two within 20 (40 when extended), the day after receipt as day one.
    """

    rows: str
    known_on: dt.date
    context: dict[str, int] = Field(default_factory=dict)
    """Context numbers that the answers are taken of."""


class Kpi(Declaration):
    """One measure with one definition; another definition is another KPI with another name.

    ``count`` and ``out_of`` are flags of the fact table ``of``, counted among rows for which
    ``population`` holds; ``clock`` is the day that puts a row in a period (``as_of``: the state
    at the period's end). ``out_of`` may be a context number instead: ``context.residents``.
    """

    title: str
    question: str
    of: Fact
    clock: str
    population: str = "all"
    count: str | None = None
    out_of: str | None = None
    ratio: bool = False
    """The count is not part of the base (a period ratio), so it may pass 100%."""
    complement: bool = False
    """What is told is the rest of the base: the base less the count."""
    measure: str | None = None
    statistic: Statistic | None = None
    unit: Unit
    per: int = Field(default=100, ge=1)
    """How many of the base a rate is told for: 100,000 residents. Percentages are per hundred."""
    years: Literal["council", "own"] = "council"
    """Whether a reporting year is the council's for all, so that procedures with a year of their
    own stand apart, or each procedure's own, added up and said so."""
    decimals: int = Field(default=0, ge=0, le=2)
    better: Better = Better.NEITHER
    undecided: str | None = None
    breakdowns: tuple[str, ...]
    together: tuple[tuple[str, str], ...] = ()
    """Pairs of breakdowns it is counted by at once, over all procedures and stages."""
    caveat: str = ""
    source: str = ""
    answer: Answer

    @model_validator(mode="after")
    def _says_one_thing(self) -> Kpi:
        if (self.measure is None) != (self.statistic is None):
            message = "'measure' and 'statistic' go together; one of them is missing."
            raise ValueError(message)
        if (self.measure is None) == (self.count is None):
            message = "a KPI has either a 'count' or a 'measure' with a 'statistic', not both."
            raise ValueError(message)
        if (self.unit in {Unit.PERCENT, Unit.RATE}) != (self.out_of is not None):
            message = "a percentage or a rate needs 'out_of', and nothing else has one."
            raise ValueError(message)
        if self.unit is Unit.PERCENT and self.per != PER_CENT:
            message = "a percentage is per hundred; give it the unit 'rate' or leave 'per' out."
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _pairs_are_breakdowns(self) -> Kpi:
        for name in (name for pair in self.together for name in pair):
            if name not in self.breakdowns:
                message = f"'together' pairs '{name}', which is none of the breakdowns."
                raise ValueError(message)
        return self

    def pairs(self, dimensions: Collection[str]) -> bool:
        """Whether it is counted by exactly these two dimensions at once."""
        return set(dimensions) in map(set, self.together)


class Family(Declaration):
    """A family of KPIs: who answers for their definitions, their common example, and the KPIs."""

    family: str
    owner: str
    checked_by: str
    review_on: dt.date
    example: Example
    kpis: dict[str, Kpi]


@dataclass(frozen=True, slots=True)
class Kpis:
    """Every KPI by id, and the families they are declared in."""

    by_id: Mapping[str, Kpi]
    families: Mapping[str, Family]

    def family(self, kpi_id: str) -> Family:
        """The family that declares a KPI."""
        return next(family for family in self.families.values() if kpi_id in family.kpis)

    def __getitem__(self, kpi_id: str) -> Kpi:
        """The KPI of that id.

        Raises:
            ConfigurationError: there is none; the nearest ids are named.
        """
        if kpi_id not in self.by_id:
            raise ConfigurationError(f"KPI {unknown(kpi_id, self.by_id)} They are in kpis/.")
        return self.by_id[kpi_id]


def read_kpis(files: Mapping[str, str], flags: Mapping[Fact, frozenset[str]]) -> Kpis:
    """The KPIs declared by the texts of ``kpis/``, by file name.

    Args:
        files: text by file name.
        flags: the flags and measures each fact table offers.

    Raises:
        ConfigurationError: a file is wrong, a KPI is declared twice, or it counts a flag that its
            fact table does not have.
    """
    by_id: dict[str, Kpi] = {}
    families: dict[str, Family] = {}
    for file, text in sorted(files.items()):
        where = f"kpis/{file}"
        family = read_declaration(Family, text, where)
        for kpi_id, kpi in family.kpis.items():
            if kpi_id in by_id:
                raise ConfigurationError(
                    f"{place(where, 'kpis', kpi_id)}: another family declares this id already; "
                    "a different definition needs another name."
                )
            _flags_exist(kpi, flags[kpi.of], where, kpi_id)
            by_id[kpi_id] = kpi
        families[file] = family
    return Kpis(by_id, families)


def _flags_exist(kpi: Kpi, flags: frozenset[str], where: str, kpi_id: str) -> None:
    for entry in ("population", "count", "out_of", "undecided", "measure"):
        flag = getattr(kpi, entry)
        if entry == "out_of" and str(flag).startswith(CONTEXT):
            continue
        if flag is not None and flag not in flags:
            raise ConfigurationError(
                f"{place(where, 'kpis', kpi_id, entry)}: {unknown(flag, flags)}"
            )
