"""A month of a fictional council, small enough to check by eye, and a reader of number formats."""

import datetime as dt
import io
import re
import sys
import zipfile
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import Workbook, load_workbook

from candour.chart import Chart, ChartKind, Series
from candour.figures import Better, Figure, Slice, State, Unit
from candour.ledger import Ledger
from candour.period import month, month_at
from candour.report import Item, Report, Section
from candour.spc import control
from candour.table import Heading, Listing, ListingKind, Rating, Row, RowKind, Table
from candour.workbook import Theme, read_theme, write_pack

ROOT = Path(__file__).parents[2]
MARCH = month("2024-03")
YEARS = tuple(month_at(MARCH.month_range()[0] - back) for back in range(23, -1, -1))
CREATED = dt.datetime(2024, 4, 2, 8, 30, tzinfo=dt.UTC)
FILE = "pack.xlsx"

COUNT, PERCENT, DAYS = Unit.COUNT, Unit.PERCENT, Unit.WORKING_DAYS


def figure(kpi: str, value: float | Fraction | None = None, **parts: object) -> Figure:
    """A figure of March 2024; a percentage is worked out from ``count`` and ``base``."""
    count, base = parts.get("count"), parts.get("base")
    if value is None and isinstance(count, int) and isinstance(base, int) and base:
        value = Fraction(100 * count, base)
    parts.setdefault("unit", COUNT)
    if parts["unit"] is COUNT and value is not None:
        parts.setdefault("count", int(value))
    return Figure(
        kpi=kpi,
        title=kpi.replace("_", " ").capitalize(),
        period=parts.pop("period", MARCH),  # type: ignore[arg-type]
        slice=parts.pop("about", ()),  # type: ignore[arg-type]
        value=None if value is None else Fraction(value),
        **parts,  # type: ignore[arg-type]
    )


def share(kpi: str, count: int, base: int, **parts: object) -> Figure:
    """A percentage."""
    state = State.RECORDED if base else State.NO_BASE
    return figure(kpi, count=count, base=base, unit=PERCENT, **{"state": state, **parts})


def about(procedure: str) -> Slice:
    """The slice of one procedure."""
    return (("procedure", procedure),)


HEADLINES = Table(
    id="headlines",
    title="At a glance",
    row_heading="Measure",
    headings=(
        Heading("this", "March 2024", COUNT),
        Heading("target", "Target", COUNT),
        Heading("rating", "Rating"),
        Heading("previous", "February 2024", COUNT),
    ),
    rows=(
        Row("Open at the end", (figure("open_steps", 1164), None, Rating.NOT_RATED,
                                figure("open_steps", 102, period=month("2024-02")))),
        Row("Overdue at the end", (figure("overdue", 28), figure("overdue.target", 20),
                                   Rating.MISSED, figure("overdue", 0, period=month("2024-02")))),
        Row("In time", (share("in_time", 92, 100, about=about("corporate")),
                        figure("in_time.target", 85, unit=PERCENT), Rating.MET,
                        share("in_time", 0, 0, period=month("2024-02"), about=about("corporate")))),
    ),
    notes=("Target is empty where the council has set none.", "[z] nothing to measure."),
)  # fmt: skip

SERVICES = (("Waste and recycling", 48), ("Children's services", 24), ("Council tax", 3))
RECEIVED = Table(
    id="received_by_service",
    title="Complaints received by service",
    sheet="Children's services received",
    row_heading="Service",
    headings=(
        Heading("directorate", "Directorate"),
        Heading("this", "March 2024", COUNT),
        Heading("change", "Change on February 2024", Unit.CHANGE_IN_NUMBER),
    ),
    rows=(
        *(
            Row(name, ("Place", figure("received", value, about=(("service", f"s{n}"),)),
                       figure("received.change", value - 24, unit=Unit.CHANGE_IN_NUMBER,
                              count=None, about=(("service", f"s{n}"),))))
            for n, (name, value) in enumerate(SERVICES)
        ),
        Row("All complaints", ("All", figure("received", 75), figure(
            "received.change", 3, unit=Unit.CHANGE_IN_NUMBER, count=None)), RowKind.TOTAL),
    ),
    reading="Waste and recycling had the most complaints in March 2024: 48.",
)  # fmt: skip

MONTHS = [86, 81, 79, 83, 84, 86, 88, 82, 74, 84, 87, 86,
          81, 83, 82, 72, 83, 86, 73, 66, 50, 69, 80, 92]  # fmt: skip
IN_TIME = tuple(
    share("in_time", value, 100, period=period) for value, period in zip(MONTHS, YEARS, strict=True)
)
LIMITS = control([f.value for f in IN_TIME], better=Better.HIGHER, target=Fraction(85),
                 floor=0.0, ceiling=100.0)  # fmt: skip
TARGET = figure("in_time.target", 85, unit=PERCENT, about=(("stage", "1"),))


def limit(name: str, value: float) -> Figure:
    """A limit of the control chart."""
    return figure(f"in_time.{name}", Fraction(value).limit_denominator(10**6), unit=PERCENT,
                  decimals=1)  # fmt: skip


CONTROL = Chart(
    id="timeliness_control",
    title="Responses in time, month by month",
    kind=ChartKind.CONTROL,
    unit=PERCENT,
    categories=tuple(period.label for period in YEARS),
    series=(Series("Responded to in time", IN_TIME, key="value"),),
    table_id="timeliness_control_values",
    reading="March 2024 is within the usual range of variation.",
    alt="Control chart. Responses in time. Usual variation. The numbers are in the table 'x'.",
    target=TARGET,
    control=LIMITS,
    sheet="Timeliness",
)
CONTROL_VALUES = Table(
    id="timeliness_control_values",
    title="Responses in time, month by month: values and limits",
    sheet="Timeliness values",
    row_heading="Month",
    headings=(
        Heading("value", "Responded to in time", PERCENT),
        Heading("mean", "Mean", PERCENT),
        Heading("lower", "Lower limit", PERCENT),
        Heading("upper", "Upper limit", PERCENT),
        Heading("what", "What it is"),
    ),
    rows=tuple(
        Row(period.label, (value, limit("mean", LIMITS.mean), limit("lower", LIMITS.lower),
                           limit("upper", LIMITS.upper), "Usual variation"))
        for period, value in zip(YEARS, IN_TIME, strict=True)
    ),
)  # fmt: skip


def drawn(kind: ChartKind, table: Table, keys: Sequence[str], **parts: object) -> Chart:
    """A chart of columns of a table without its total."""
    places = [[heading.key for heading in table.headings].index(key) for key in keys]
    rows = [row for row in table.rows if row.kind is not RowKind.TOTAL]

    def column(place: int) -> tuple[Figure | None, ...]:
        return tuple(c if isinstance(c := row.cells[place], Figure) else None for row in rows)

    series = tuple(Series(table.headings[p].label, column(p), key=table.headings[p].key)
                   for p in places)  # fmt: skip
    words = f"{kind.value.capitalize()} chart. {table.title}. See the table."
    return Chart(
        **{  # type: ignore[arg-type]
            "id": f"{table.id}_{kind.value}", "title": table.title, "kind": kind, "unit": COUNT,
            "categories": tuple(row.label for row in rows), "series": series,
            "table_id": table.id, "reading": table.reading or "See the table.", "alt": words,
            "sheet": f"{kind.value} of it", **parts,
        }
    )  # fmt: skip


TREND = Table(
    id="by_month",
    title="Received and open by month",
    sheet="By month",
    row_heading="Month",
    headings=(Heading("received", "Complaints received", COUNT), Heading("open", "Open", COUNT)),
    rows=tuple(
        Row(period.label, (figure("received", 100 + n, period=period, about=about("all")),
                           figure("open", 101 + n, period=period)))
        for n, period in enumerate(YEARS)
    ),
)  # fmt: skip
OUTCOMES = Table(
    id="outcomes",
    title="Outcomes by procedure",
    row_heading="Procedure",
    headings=(Heading("upheld", "Upheld", COUNT), Heading("not", "Not upheld", COUNT)),
    rows=tuple(
        Row(name, (figure("upheld", n, about=about(name)), figure("not", 9 - n, about=about(name))))
        for n, name in enumerate(("Corporate", "Housing", "Adults"))
    ),
)
FINDINGS = Listing(
    id="findings",
    title="Data quality: what was found",
    sheet="Quality findings",
    headings=(("Rule", ListingKind.REFERENCE), ("Rows", ListingKind.NUMBER),
              ("Seen on", ListingKind.DAY), ("What to do", ListingKind.WORDS)),
    rows=(
        ("S11", 3728, dt.date(2024, 3, 4), "Correct the day of receipt in the complaints system."),
        ("S42", 1, None, "Check the day of the extension, and if it is right leave it: the step "
                         "is late, and an extension must be told before time runs out."),
    ),
    reading="Each line is a rule that does not hold.",
)  # fmt: skip
NOTHING = Listing(
    id="vanished",
    title="Cases that vanished",
    headings=(("Reference", ListingKind.REFERENCE),),
    rows=(),
    reading="A later full extract does not hold these cases.",
    when_empty="No case vanished.",
)
CHARTS: tuple[Item, ...] = (
    drawn(ChartKind.LINE, TREND, ("received", "open")),
    drawn(ChartKind.BAR, RECEIVED, ("this",)),
    drawn(ChartKind.STACKED, OUTCOMES, ("upheld", "not")),
    drawn(ChartKind.COLUMN, OUTCOMES, ("upheld", "not")),
)


def report(*sections: Section, **parts: object) -> Report:
    """The whole report, or one of the sections given."""
    whole = (
        Section("summary", "Summary", (HEADLINES,)),
        Section("control", "Timeliness", (CONTROL, CONTROL_VALUES), ("What is usual.",)),
        Section("trends", "Trends", (CHARTS[0], TREND)),
        Section("received", "Received", (RECEIVED, CHARTS[1])),
        Section("outcomes", "Outcomes", (OUTCOMES, *CHARTS[2:])),
        Section("quality", "Data quality", (FINDINGS, NOTHING)),
    )
    return Report(
        **{  # type: ignore[arg-type]
            "id": "monthly_pack", "title": "Complaints performance pack",
            "council": "Northmere Council", "period": MARCH, "as_of": dt.date(2024, 3, 31),
            "known_on": dt.date(2024, 5, 27), "audience": "Managers",
            "marking": "Official-Sensitive", "notice": "Demonstration: the cases are synthetic.",
            "headlines": ("Open: At the end of March 2024, 1,164 complaints were open.",
                          "The target of 85% was met."),
            "sections": sections or whole, **parts,
        }
    )  # fmt: skip


def without_charts() -> Report:
    """The report's tables and lists alone."""
    return report(
        *(
            Section(s.id, s.title, tuple(i for i in s.items if not isinstance(i, Chart)))
            for s in report().sections
        )
    )


def read(content: bytes) -> Workbook:
    """A workbook opened again."""
    return load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    """A workbook's parts by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook changed by someone."""
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def written(of: Report, theme: Theme | None = None) -> tuple[bytes, Ledger]:
    """A report as a workbook, and its ledger."""
    ledger = Ledger()
    look = theme or read_theme((ROOT / "templates/themes/workbook.yaml").read_text())
    return write_pack(of, ledger, look, file_name=FILE, created=CREATED), ledger


_SECTION = re.compile(r'((?:"[^"]*"|[^";])*)(?:;|$)')
_TOKEN = re.compile(r'"(?P<words>[^"]*)"|(?P<number>[#0][#0,]*(?:\.0+)?)|(?P<sign>[-+% ])')


def shown(value: float | str, number_format: str) -> str:
    """What Excel shows for a value, for the few things our number formats are made of."""
    if isinstance(value, str):
        return value
    sections = [found[1] for found in _SECTION.finditer(number_format)][:-1] or [""]
    number = Decimal(f"{value:.15g}")
    chosen = sections[0]
    if len(sections) == 3:
        chosen = sections[0] if number > 0 else sections[1] if number < 0 else sections[2]
    parts_of = list(_TOKEN.finditer(chosen))
    assert "".join(token[0] for token in parts_of) == chosen, number_format
    if any(token["sign"] == "%" for token in parts_of):
        number *= 100
    text = ""
    for token in parts_of:
        if token["words"] is not None:
            text += token["words"]
        elif token["sign"]:
            text += token["sign"]
        else:
            places = len(token["number"].partition(".")[2])
            size = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            text += f"{size:,}" if "," in token["number"] else f"{size}"
    return f"-{text}" if number < 0 and len(sections) == 1 else text


@pytest.fixture(scope="session")
def example() -> ModuleType:
    """The report's pieces, to take apart and put together otherwise."""
    return sys.modules[__name__]


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The theme that ships."""
    return read_theme((ROOT / "templates/themes/workbook.yaml").read_text())


@pytest.fixture(scope="session")
def pack() -> tuple[bytes, Ledger]:
    """The whole report as a workbook, and its ledger."""
    return written(report())


@pytest.fixture(scope="session")
def book(pack: tuple[bytes, Ledger]) -> Workbook:
    """The whole report as a workbook, opened again."""
    return read(pack[0])
