"""Declared reports: which tables and charts there are, and which report holds which, in YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from candour.chart import ChartKind
from candour.declarations import Declaration, place, read_declaration, unknown
from candour.errors import ConfigurationError
from candour.period import PeriodKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Measured(Declaration):
    """A row of a table that has a KPI a row."""

    kpi: str
    label: str = ""
    where: dict[str, str] = Field(default_factory=dict)


class Rows(Declaration):
    """What the rows are: values of dimensions, months, years, KPIs, or each measured answer."""

    by: tuple[str, ...] = ()
    then: str = ""
    """A dimension whose values stand below each row as its parts: teams below a service."""
    months: int | None = Field(default=None, ge=2, le=36)
    years: int | None = Field(default=None, ge=2, le=10)
    newest_first: bool = False
    """Whether years are told from the newest back."""
    kpis: tuple[Measured, ...] = ()
    limits: bool = False
    """A row for each stage of each procedure."""
    context: bool = False
    """A row for each context number of the council, with where it comes from beside it."""
    authorities: bool = False
    """The council, its peers one by one and together, in the Ombudsman's yearly statistics."""
    each: str = ""
    """A statistic whose every value is a row, the smallest first: the days each answer took."""

    @model_validator(mode="after")
    def _one_kind(self) -> Rows:
        kinds = ("by", "months", "years", "kpis", "each", "limits", "context", "authorities")
        if sum(bool(getattr(self, kind)) for kind in kinds) != 1:
            message = (
                "rows need exactly one of 'by', 'months', 'years', 'kpis', 'each', 'limits', "
                "'context' and 'authorities'."
            )
            raise ValueError(message)
        return self


Show = Literal[
    "value", "count", "base", "share", "change", "per_cent_change", "trend", "target", "rating",
    "source",
]  # fmt: skip


class TableColumn(Declaration):
    """A column: a KPI for a period, or what is made of it."""

    label: str
    kpi: str | None = None
    """Not given where every row has a KPI of its own."""
    period: str = "this"
    since: str = "previous"
    """The period a change is measured from."""
    where: dict[str, str] = Field(default_factory=dict)
    show: Show = "value"
    years: int | None = Field(default=None, ge=2, le=10)
    """A column a year, this one the last; the label may name {{ year }}."""
    newest_first: bool = False
    optional: bool = False
    """Left out where no row has anything in it but nought."""
    decimals: int = Field(default=0, ge=0, le=2)
    """Of a change per cent; every other figure has its KPI's."""


class TableSpec(Declaration):
    """A table to be filled with figures."""

    title: str
    sheet: str = ""
    """A short name, where a workbook's sheet needs one: at most 31 characters."""
    row_heading: str
    rows: Rows
    columns: dict[str, TableColumn]
    where: dict[str, str] = Field(default_factory=dict)
    total: str = ""
    """The total row's label; without one there is no total row."""
    beside: str = ""
    """A dimension named in a column of its own: the directorate of each service."""
    sort_by: str = ""
    """The column that orders the rows, largest first; otherwise the council's own order."""
    top: int | None = Field(default=None, ge=1)
    """How many rows to show of those sorted; ties with the last are kept, the rest is one row."""
    at_least: int = 0
    """How many parts there must be; a table with fewer is left out, and its chart with it."""
    hide_empty: bool = False
    """Rows of nothing but zeros and nothing-to-measure are left out."""
    reading: str = ""
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _first_of_an_order(self) -> TableSpec:
        if self.sort_by and self.sort_by not in self.columns:
            message = f"'sort_by' names no column; there are {', '.join(self.columns)}."
            raise ValueError(message)
        if self.top is not None and not self.sort_by:
            message = "'top' needs 'sort_by': the column that says which rows come first."
            raise ValueError(message)
        return self


class ChartSpec(Declaration):
    """A chart of the columns of a table."""

    title: str
    sheet: str = ""
    kind: ChartKind
    table: str
    series: tuple[str, ...]
    highlight: str = ""
    reading: str


class ControlSpec(Declaration):
    """A control chart of a KPI by month, with the table of its values and limits."""

    title: str
    sheet: str = ""
    kpi: str
    where: dict[str, str] = Field(default_factory=dict)
    months: int = Field(default=24, ge=12, le=36)
    reading: str = ""


class SectionSpec(Declaration):
    """A section: its items by id; a table, a chart, a control chart or a listing."""

    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    words: str = ""
    """The template of its own words, a path under ``templates/``."""
    each: Literal["", "procedure"] = ""
    """A section for each value of a dimension; its title names {{ name }}, or it is added."""
    needs: tuple[str, ...] = ()
    """KPIs one of which must be told, or the section is left out."""
    appendix: bool = False


class ReportSpec(Declaration):
    """A report: its period, the sentences that answer at a glance, and its sections."""

    title: str
    form: Literal["pack", "public", "committee", "statutory"] = "pack"
    of_cases: bool = True
    """Whether it is counted from cases, so that it is incomplete where they end too early."""
    contents: tuple[str, ...] = ()
    """The statutory contents it is held against: ids of ``templates/contents/``."""
    period: PeriodKind
    headlines: tuple[str, ...] = ()
    sections: dict[str, SectionSpec]


class _TableFile(Declaration):
    tables: dict[str, TableSpec] = Field(default_factory=dict)
    charts: dict[str, ChartSpec] = Field(default_factory=dict)
    control_charts: dict[str, ControlSpec] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything declared that a report may be made of, by id, and the file that declares it."""

    tables: Mapping[str, TableSpec]
    charts: Mapping[str, ChartSpec]
    control_charts: Mapping[str, ControlSpec]
    reports: Mapping[str, ReportSpec]
    files: Mapping[str, str]

    def report(self, report_id: str) -> ReportSpec:
        """The report of that id.

        Raises:
            ConfigurationError: there is none; the nearest ids are named.
        """
        if report_id not in self.reports:
            raise ConfigurationError(
                f"The report {unknown(report_id, self.reports)} They are in templates/reports/."
            )
        return self.reports[report_id]


def read_library(texts: Mapping[str, str]) -> Library:
    """The tables, charts and reports declared below ``templates/``, by path.

    Raises:
        ConfigurationError: a declaration is wrong, or an id stands in two files.
    """
    files = {
        f"templates/{path}": read_declaration(_TableFile, text, f"templates/{path}")
        for path, text in sorted(texts.items())
        if path.startswith("tables/")
    }
    reports = {
        path.removeprefix("reports/").removesuffix(".yaml"): read_declaration(
            ReportSpec, text, f"templates/{path}"
        )
        for path, text in sorted(texts.items())
        if path.startswith("reports/")
    }
    return Library(
        tables={id_: spec for file in files.values() for id_, spec in file.tables.items()},
        charts={id_: spec for file in files.values() for id_, spec in file.charts.items()},
        control_charts={
            i: spec for file in files.values() for i, spec in file.control_charts.items()
        },
        reports=reports,
        files=_declared_in(files),
    )


def _declared_in(files: Mapping[str, _TableFile]) -> dict[str, str]:
    """The file that declares each item; an id stands in one place only."""
    found: dict[str, str] = {}
    for path, file in files.items():
        for item_id in (*file.tables, *file.charts, *file.control_charts):
            if item_id in found:
                raise ConfigurationError(
                    f"{place(path, item_id)}: {found[item_id]} declares this id already."
                )
            found[item_id] = path
    return found
