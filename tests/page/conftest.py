"""A month of a fictional council, small enough to check by eye."""

import datetime as dt
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from candour.chart import Chart, ChartKind, Series
from candour.errors import ConfigurationError
from candour.figures import Better, Figure, Slice, State, Unit
from candour.ledger import Ledger
from candour.page import Theme, read_theme
from candour.period import Period, month, month_at
from candour.report import Report, Section
from candour.spc import control
from candour.table import Heading, Listing, ListingKind, Rating, Row, RowKind, Table
from candour.words import Speaker

ROOT = Path(__file__).parents[2]
MARCH = month("2024-03")
YEAR = tuple(month_at(MARCH.month_range()[0] - back) for back in range(23, -1, -1))

COUNT, PERCENT, DAYS, POUNDS = Unit.COUNT, Unit.PERCENT, Unit.WORKING_DAYS, Unit.POUNDS
# KPI, stage, unit, better, decimals: this month and the month before, a share as (count, base).
MONTH = {
    ("complaints_received", None): (COUNT, Better.NEITHER, 0, 112, 96),
    ("received_at_stage", 2): (COUNT, Better.NEITHER, 0, 9, 8),
    ("acknowledged_in_time", None): (PERCENT, Better.HIGHER, 0, (106, 112), (90, 96)),
    ("responses_sent", 1): (COUNT, Better.NEITHER, 0, 108, 101),
    ("responses_sent", 2): (COUNT, Better.NEITHER, 0, 11, 9),
    ("responded_in_time", 1): (PERCENT, Better.HIGHER, 0, (84, 108), (86, 101)),
    ("responded_within_extension", 1): (PERCENT, Better.HIGHER, 0, (95, 108), (93, 101)),
    ("responded_in_time", 2): (PERCENT, Better.HIGHER, 0, (7, 11), (7, 9)),
    ("responded_in_time_of_due", 1): (PERCENT, Better.HIGHER, 0, (84, 117), (86, 106)),
    ("days_taken_mean", 1): (DAYS, Better.LOWER, 1, Fraction(92, 10), Fraction(87, 10)),
    ("days_taken_median", 1): (DAYS, Better.LOWER, 1, Fraction(9), Fraction(9)),
    ("days_taken_p90", 1): (DAYS, Better.LOWER, 1, Fraction(148, 10), Fraction(136, 10)),
    ("days_taken_longest", 1): (DAYS, Better.LOWER, 0, Fraction(31), Fraction(27)),
    ("upheld", 1): (PERCENT, Better.NEITHER, 0, (34, 108), (30, 101)),
    ("partially_upheld", 1): (PERCENT, Better.NEITHER, 0, (27, 108), (22, 101)),
    ("not_upheld", 1): (PERCENT, Better.NEITHER, 0, (47, 108), (49, 101)),
    ("upheld_or_partially", 1): (PERCENT, Better.NEITHER, 0, (61, 108), (52, 101)),
    ("upheld_or_partially", None): (PERCENT, Better.NEITHER, 0, (66, 119), (56, 110)),
    ("escalated_in_period", None): (PERCENT, Better.LOWER, 0, (9, 112), (8, 96)),
    ("escalated_of_cohort", None): (PERCENT, Better.LOWER, 0, (84, 1190), (80, 1170)),
    ("open_steps", None): (COUNT, Better.LOWER, 0, 67, 71),
    ("overdue_steps", None): (COUNT, Better.LOWER, 0, 14, 11),
    ("oldest_open_days", None): (DAYS, Better.LOWER, 0, Fraction(58), Fraction(44)),
    ("brought_forward", None): (COUNT, Better.NEITHER, 0, 71, 83),
    ("arrived", None): (COUNT, Better.NEITHER, 0, 121, 104),
    ("reopened", None): (COUNT, Better.LOWER, 0, 0, 1),
    ("closed", None): (COUNT, Better.NEITHER, 0, 119, 110),
    ("withdrawn_or_refused", None): (COUNT, Better.NEITHER, 0, 6, 7),
    ("redress_paid", None): (POUNDS, Better.NEITHER, 2, Fraction(1845), Fraction(920)),
    ("redress_payments", None): (COUNT, Better.NEITHER, 0, 9, 5),
    ("compliments_received", None): (COUNT, Better.HIGHER, 0, 37, 41),
    ("contacts_refused_or_withdrawn", None): (COUNT, Better.NEITHER, 0, 29, 25),
    ("due_next_five_days", None): (COUNT, Better.NEITHER, 0, 18, 16),
    ("unacknowledged", None): (COUNT, Better.LOWER, 0, 2, 0),
}
IN_TIME = (84, 86, 81, 88, 85, 83, 87, 90, 86, 84, 88, 85, 89, 86, 82, 87, 84, 90, 88, 85, 62, 86)


Value = int | Fraction | tuple[int, int] | None


def figure(
    kpi: str,
    period: Period = MARCH,
    unit: Unit = COUNT,
    value: Value = None,
    *,
    about: Slice = (),
    **rest: object,
) -> Figure:
    """A figure given its whole number, its exact value or its (count, base)."""
    rest.setdefault("decimals", 0)
    if isinstance(value, tuple):
        count, base = value
        rest |= {"count": count, "base": base}
        value = Fraction(100 * count, base)
    elif isinstance(value, int):
        rest["count"] = value
    if value is None:
        rest.setdefault("state", State.NOT_RECORDED)
    exact = None if value is None else Fraction(value)
    return Figure(kpi, kpi.replace("_", " "), period, tuple(about), unit, value=exact, **rest)


def ask(kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
    stage = about.get("stage")
    if (kpi_id, stage) not in MONTH:
        raise ConfigurationError(f"KPI '{kpi_id}' is not known.")
    unit, better, decimals, now, before = MONTH[kpi_id, stage]
    slices = tuple((name, str(value)) for name, value in about.items())
    when, value = {
        "this": (MARCH, now),
        "previous": (MARCH.previous(), before),
        "same_last_year": (MARCH.same_last_year(), before),
        "rolling_year": (MARCH.rolling_year(), now),
    }[period]
    return figure(kpi_id, when, unit, value, about=slices, better=better, decimals=decimals)


def monthly(kpi: str, unit: Unit, numbers: Sequence[Value], **rest: object) -> tuple[Figure, ...]:
    months = YEAR[-len(numbers) :]
    return tuple(figure(kpi, m, unit, n, **rest) for m, n in zip(months, numbers, strict=True))


def labels(number: int) -> tuple[str, ...]:
    return tuple(period.label for period in YEAR[-number:])


def timeliness() -> Chart:
    shares = [(share, 100) for share in IN_TIME] + [(86, 101), (84, 108)]
    stage_one = (("stage", "1"),)
    points = monthly("responded_in_time", PERCENT, shares, about=stage_one, better=Better.HIGHER)
    target = figure("responded_in_time.target", MARCH, PERCENT, Fraction(90), about=stage_one)
    return Chart(
        id="timeliness_control",
        title="Stage one responses sent in time, by month",
        kind=ChartKind.CONTROL,
        unit=PERCENT,
        categories=labels(24),
        series=(Series("Responses sent in time", points),),
        table_id="timeliness_by_month",
        reading="March is within the usual range; December was unusually low.",
        alt="Control chart of the share of stage one responses sent in time, April 2022 to March "
        "2024. March is within the usual range. The numbers are in the table below it.",
        target=target,
        control=control(
            [point.value for point in points],
            better=Better.HIGHER,
            target=Fraction(90),
            floor=0,
            ceiling=100,
        ),
    )


def received_trend() -> Chart:
    received = (88, 94, 101, 97, 92, 108, 99, 103, 90, 87, 96, 112)
    closed = (91, 90, 99, 104, 88, 101, 106, 98, 95, 80, 110, 119)
    return Chart(
        id="received_trend",
        title="Complaints received and responses sent by month",
        kind=ChartKind.LINE,
        unit=COUNT,
        categories=labels(12),
        series=(
            Series(
                "Complaints received",
                monthly("complaints_received", COUNT, received),
                highlighted=True,
            ),
            Series("Responses sent", monthly("responses_sent", COUNT, closed)),
        ),
        table_id="received_by_month",
        reading="More was received than closed in March.",
        alt="Line chart of complaints received and closed, April 2023 to March 2024.",
    )


OUTCOMES = (
    ("upheld", "Upheld"),
    ("partially_upheld", "Partially upheld"),
    ("not_upheld", "Not upheld"),
)
DECIDED = {
    ("corporate", "1"): ("Corporate complaints, Stage one", (21, 14, 30)),
    ("corporate", "2"): ("Corporate complaints, Stage two", (2, 1, 6)),
    ("adult_social_care", "1"): ("Adult social care, Stage one", (8, 9, 9)),
    ("childrens_social_care", "1"): ("Children's social care, Stage one", (5, 4, 8)),
    ("childrens_social_care", "2"): ("Children's social care, Stage two", (1, 1, 0)),
}


def outcomes() -> Chart:
    def number(kpi: str, step: tuple[str, str], place: int) -> Figure:
        about = (("procedure", step[0]), ("stage", step[1]))
        return figure(f"{kpi}.count", MARCH, COUNT, DECIDED[step][1][place], about=about)

    return Chart(
        id="outcome_shares",
        title="Outcomes by procedure and stage",
        kind=ChartKind.STACKED,
        unit=COUNT,
        categories=tuple(name for name, _ in DECIDED.values()),
        series=tuple(
            Series(label, tuple(number(kpi, step, place) for step in DECIDED))
            for place, (kpi, label) in enumerate(OUTCOMES)
        ),
        table_id="outcomes_by_procedure",
        reading="Adult social care upheld or partially upheld the largest share.",
        alt="Stacked bars of outcomes by procedure.",
    )


SERVICES = {
    "housing_repairs": ("Housing repairs & maintenance", 21, 6),
    "waste": ("Waste and recycling", 13, 2),
    "highways": ("Highways", 11, 3),
    "adult_care": ("Adult social care", 9, 2),
    "council_tax": ("Council tax", 8, 0),
    "not_recorded": ("Not recorded", 5, 1),
}


def outstanding_by_service() -> Table:
    def cells(service: str | None, opened: int, overdue: int) -> tuple[Figure, Figure]:
        about = () if service is None else (("service", service),)
        better = {"better": Better.LOWER}
        return (
            figure("open_steps", MARCH, COUNT, opened, about=about, **better),
            figure("overdue_steps", MARCH, COUNT, overdue, about=about, **better),
        )

    rows = [
        Row(
            label,
            cells(key, opened, overdue),
            RowKind.NOT_RECORDED if key == "not_recorded" else RowKind.BODY,
        )
        for key, (label, opened, overdue) in SERVICES.items()
    ]
    return Table(
        id="outstanding_by_service",
        title="Open and overdue by service, 31 March 2024",
        row_heading="Service",
        headings=(Heading("open", "Open", COUNT), Heading("overdue", "Overdue", COUNT)),
        rows=(*rows, Row("All open", cells(None, 67, 14), RowKind.TOTAL)),
        reading="Housing repairs holds the most open and the most overdue complaints.",
        parts_add_up=True,
    )


def by_month(table_id: str, chart: Chart) -> Table:
    return Table(
        id=table_id,
        title=f"{chart.title}: the numbers",
        row_heading="Month",
        headings=tuple(Heading(s.label, s.label.capitalize(), chart.unit) for s in chart.series),
        rows=tuple(
            Row(category, tuple(series.figures[place] for series in chart.series))
            for place, category in enumerate(chart.categories)
        ),
    )


def month_report(**changes: object) -> Report:
    charts = (timeliness(), received_trend(), outcomes())
    tables = tuple(by_month(chart.table_id, chart) for chart in charts)
    findings = Listing(
        "data_quality",
        "Data quality: what was found",
        (
            ("Rule", ListingKind.REFERENCE),
            ("Severity", ListingKind.WORDS),
            ("What was found", ListingKind.WORDS),
            ("Rows", ListingKind.NUMBER),
        ),
        (
            (
                "S-07",
                "Warning",
                "The system's own met or missed disagrees with the dates of 6 responses.",
                6,
            ),
            ("S-11", "Warning", "5 open steps have no service.", 5),
        ),
    )
    said = {
        "id": "monthly_pack",
        "title": "Complaints performance pack",
        "council": "Northmere Council",
        "period": MARCH,
        "as_of": dt.date(2024, 3, 31),
        "known_on": dt.date(2024, 4, 8),
        "audience": "managers",
        "marking": "Official-Sensitive",
        "notice": "Demonstration: this council is fictional and its cases are synthetic.",
        "headlines": (),
        "sections": (
            Section("performance", "Performance", (*charts, *tables, outstanding_by_service())),
            Section("quality", "Data quality", (findings,)),
        ),
    }
    return Report(**(said | changes))


COMMENTARY = {
    "overview": "Two of the fourteen overdue complaints wait for a contractor's report. "
    "We expect both answers *before the end of April*.",
    "timeliness": "The new triage rota began on Monday. Housing repairs answered "
    '{{ stated(38, source="Housing repairs rota, April return") }} enquiries by telephone '
    "before they became complaints.",
    "learning": "- Missed collections: crews now photograph a blocked road before leaving.\n"
    "- Council tax: letters about arrears say *who to call* on the first page.\n\n"
    "> I was told three times that somebody would ring, and nobody did. (invented)",
}


def target(kpi_id: str, **about: object) -> Figure | None:
    slices = tuple((name, str(value)) for name, value in about.items())
    return figure(f"{kpi_id}.target", MARCH, PERCENT, Fraction(90), about=slices)


def rating(kpi_id: str, **about: object) -> Rating:
    return Rating.MET if (ask(kpi_id, **about).value or 0) >= 90 else Rating.MISSED


@pytest.fixture(scope="session")
def templates() -> dict[str, str]:
    folder = ROOT / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.j2"))
    }


@pytest.fixture(scope="session")
def theme() -> Theme:
    folder = ROOT / "templates"
    return read_theme(
        {path.name: path.read_text("utf-8") for path in (folder / "themes").iterdir()},
        {path.name: path.read_bytes() for path in (folder / "fonts").glob("*.ttf")},
    )


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def speaker(templates: dict[str, str], ledger: Ledger) -> Speaker:
    return Speaker(templates, ledger, ask, MARCH)


@pytest.fixture(scope="session")
def example() -> ModuleType:
    """This module: the month's report, commentary, figures, targets and ratings."""
    return sys.modules[__name__]
