"""A year of a fictional council as a draft that holds, small enough to check by eye."""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from candour.chart import Chart, ChartKind, Series
from candour.errors import ConfigurationError
from candour.facts import offered
from candour.figures import Figure, Slice, State, Unit
from candour.gate import Draft
from candour.kpi import Kpis, read_kpis
from candour.ledger import Ledger
from candour.page import read_theme as read_page_theme
from candour.page import write_page, write_pdf
from candour.period import Period
from candour.report import Item, Report, Section
from candour.table import Heading, Listing, ListingKind, Row, RowKind, Table
from candour.words import Ask, Speaker
from candour.workbook import read_theme, write_pack

ROOT = Path(__file__).parents[2]
YEAR = Period.parse("2023-24")
BEFORE = YEAR.previous()
CREATED = dt.datetime(2024, 6, 3, tzinfo=dt.UTC)
PACK, PAGE, PDF = "pack.xlsx", "report.html", "report.pdf"
COUNT, PERCENT = Unit.COUNT, Unit.PERCENT
FOLDER = "councils/eastshire/commentary/2023-24"

PROCEDURES = {"corporate": "Corporate", "adults": "Adult social care", "childrens": "Children's"}
RECEIVED = {"corporate": (412, 371), "adults": (58, 52), "childrens": (39, 41)}
SENT = {"corporate": (400, 300), "adults": (50, 31), "childrens": (40, 26)}
"""Responses sent, and how many of them in time."""
DECIDED = {"corporate": (90, 60, 250), "adults": (12, 9, 29), "childrens": (11, 8, 21)}
"""Upheld, partially upheld and not upheld."""
FLOW = {"corporate": (70, 412, 5, 400, 12, 75), "adults": (9, 58, 0, 50, 3, 14),
        "childrens": (6, 39, 1, 40, 1, 5)}  # fmt: skip
MOVEMENTS = ("brought_forward", "arrived", "reopened", "closed", "withdrawn_or_refused",
             "open_steps")  # fmt: skip
Value = int | Fraction | tuple[int, int]


def figure(
    kpi: str, value: Value, about: Slice = (), period: Period = YEAR, **rest: object
) -> Figure:
    """A figure given its whole number, its exact value or its (count, base)."""
    given: dict[str, object] = {"unit": COUNT}
    if isinstance(value, tuple):
        exact = Fraction(100 * value[0], value[1])
        given = {"unit": PERCENT, "count": value[0], "base": value[1]}
    elif isinstance(value, int):
        exact = Fraction(value)
        given["count"] = value
    else:
        exact = value
    title = KPIS.by_id[kpi].title if kpi in KPIS.by_id else kpi
    return Figure(**({  # type: ignore[arg-type]
        "kpi": kpi, "title": title, "period": period, "slice": about, "value": exact,
    } | given | rest))  # fmt: skip


def of(procedure: str | None) -> Slice:
    return () if procedure is None else (("procedure", procedure),)


def summed(numbers: dict[str, tuple[int, ...]], place: int) -> int:
    return sum(row[place] for row in numbers.values())


KPIS: Kpis = read_kpis(
    {path.name: path.read_text("utf-8") for path in (ROOT / "kpis").glob("*.yaml")}, offered()
)


def table(id_: str, title: str, headings: list[Heading], cells: Callable[..., list[Figure]],
          **rest: object) -> Table:  # fmt: skip
    """A table of the procedures, and the whole."""
    rows = [Row(name, tuple(cells(id_))) for id_, name in PROCEDURES.items()]
    rows.append(Row("All complaints", tuple(cells(None)), RowKind.TOTAL))
    made: dict[str, object] = {"row_heading": "Procedure", "parts_add_up": True}
    return Table(id_, title, headings=tuple(headings), rows=tuple(rows), **(made | rest))  # type: ignore[arg-type]


def received() -> Table:
    def cells(procedure: str | None) -> list[Figure]:
        this, before = RECEIVED[procedure] if procedure else (
            summed(RECEIVED, 0), summed(RECEIVED, 1))  # fmt: skip
        now = figure("complaints_received", this, of(procedure))
        earlier = figure("complaints_received", before, of(procedure), BEFORE)
        return [earlier, now, now.change(earlier), now.per_cent_change(earlier)]

    return table("received", "Complaints received by procedure", [
        Heading("previous", "2022-23", COUNT), Heading("this", "2023-24", COUNT),
        Heading("change", "Change in number", COUNT),
        Heading("per_cent", "Change per cent", COUNT),
    ], cells,
    reading="The council received 509 complaints in 2023-24, up from 464 in 2022-23.",
    )  # fmt: skip


def timeliness() -> Table:
    def cells(procedure: str | None) -> list[Figure]:
        sent, in_time = SENT[procedure] if procedure else (summed(SENT, 0), summed(SENT, 1))
        return [
            figure("responses_sent", sent, of(procedure)),
            figure("responded_in_time", (in_time, sent), of(procedure)),
        ]

    return table("timeliness", "Responses in time by procedure", [
        Heading("sent", "Responses sent", COUNT), Heading("in_time", "In time, of sent", PERCENT),
    ], cells, reading="Of the 490 responses sent, 73% were in time.")  # fmt: skip


def outcomes() -> Table:
    def cells(procedure: str | None) -> list[Figure]:
        numbers = DECIDED[procedure] if procedure else tuple(summed(DECIDED, n) for n in range(3))
        decided = figure("responses_decided", sum(numbers), of(procedure))
        parts = [
            replace(figure(kpi, number, of(procedure)), kpi=f"{kpi}.count")
            for kpi, number in zip(("upheld", "partially_upheld", "not_upheld"), numbers,
                                   strict=True)
        ]  # fmt: skip
        return [decided, *parts]

    return table("outcomes", "Outcomes by procedure", [
        Heading("decided", "Responses with an outcome", COUNT),
        Heading("upheld", "Upheld", COUNT), Heading("partially", "Partially upheld", COUNT),
        Heading("not_upheld", "Not upheld", COUNT),
    ], cells)  # fmt: skip


def flow() -> Table:
    def cells(procedure: str | None) -> list[Figure]:
        numbers = FLOW[procedure] if procedure else tuple(summed(FLOW, n) for n in range(6))
        return [
            figure(kpi, n, of(procedure)) for kpi, n in zip(MOVEMENTS, numbers, strict=True)
        ]  # fmt: skip

    labels = ("Open at the beginning", "Arrived", "Reopened", "Closed", "Withdrawn or refused",
              "Open at the end")  # fmt: skip
    headings = [Heading(kpi, label, COUNT) for kpi, label in zip(MOVEMENTS, labels, strict=True)]
    return table("flow", "From the beginning to the end of the year", headings, cells)


def subjects() -> Table:
    parts = {"delay": ("Delay", 210), "quality": ("Quality", 250)}
    rows = [Row(name, (figure("complaints_received", n, (("category", key),)),))
            for key, (name, n) in parts.items()]  # fmt: skip
    unknown = figure("complaints_received", 49, (("category", "not_recorded"),))
    return Table(
        "subjects", "Complaints received by subject", "Subject",
        (Heading("this", "Received", COUNT),),
        (*rows, Row("Not recorded", (unknown,), RowKind.NOT_RECORDED),
         Row("All complaints", (figure("complaints_received", 509),), RowKind.TOTAL)),
        parts_add_up=True,
    )  # fmt: skip


def drawn(of_table: Table) -> Chart:
    rows = [row for row in of_table.rows if row.kind is not RowKind.TOTAL]
    return Chart(
        id=f"{of_table.id}_chart", title=of_table.title, kind=ChartKind.BAR, unit=COUNT,
        categories=tuple(row.label for row in rows),
        series=(Series("2023-24", tuple(row.cells[1] for row in rows), key="this"),),
        table_id=of_table.id, reading="Corporate complaints were the most.",
        alt="Bar chart. Complaints received by procedure. Corporate complaints were the most. "
        "The numbers are in the table 'Complaints received by procedure'.",
    )  # fmt: skip


FILES = Listing(
    "files_read", "Files read",
    (("File", ListingKind.REFERENCE), ("Rows", ListingKind.NUMBER), ("Read on", ListingKind.DAY)),
    (("complaints.csv", 1204, dt.date(2024, 5, 27)), ("stages.csv", 61, dt.date(2024, 5, 27))),
    reading="Loaded rows and rows set aside add up.",
)  # fmt: skip
TEMPLATE = """{% extends "narrative/page.html.j2" %}
{% from "narrative/parts.html.j2" import chart, table, listing, officers with context %}
{% block body %}
<h2><span class="number">{{ "1" }}</span> Received</h2>
<p>The council received {{ fig("complaints_received") }} complaints in {{ report.period }}, up from
{{ fig("complaints_received", "previous") }} in {{ report.period.previous() }}.</p>
<p>Told as of {{ report.as_of }}, as known on {{ report.known_on }}.</p>
{{ chart("received_chart") }}{{ table("subjects") }}
<h2><span class="number">{{ "2" }}</span> Answers</h2>
{{ table("timeliness") }}{{ table("outcomes") }}{{ table("flow") }}
{{ officers("learning") }}
<h2><span class="number">{{ "3" }}</span> Background</h2>
{{ listing("files_read") }}
{% endblock %}
"""
COMMENTARY = {
    "learning": "Letters about charges now show how they were worked out. Of the responses sent, "
    '{{ fig("responded_in_time") }} were in time.'
}


def items() -> dict[str, Item]:
    made = (received(), subjects(), timeliness(), outcomes(), flow(), drawn(received()), FILES)
    return {item.id: item for item in made}


def report(changed: dict[str, Item] | None = None, **parts: object) -> Report:
    """The report, some of its items in another form."""
    has = items() | (changed or {})
    sections = (
        Section("answers", "Answers", tuple(has[i] for i in ("timeliness", "outcomes", "flow"))),
        Section("received", "Received", tuple(
            has[i] for i in ("received", "received_chart", "subjects"))),
        Section("learning", "What we learnt", ()),
        Section("background", "Background", (has["files_read"],)),
    )  # fmt: skip
    given: dict[str, object] = {
        "id": "annual_report", "title": "Complaints annual report", "council": "Eastshire Council",
        "period": YEAR, "as_of": dt.date(2024, 3, 31), "known_on": dt.date(2024, 5, 27),
        "audience": "The public", "marking": "", "headlines": (), "sections": sections,
        "notice": "Demonstration: this council is fictional and its cases are synthetic.",
    }  # fmt: skip
    return Report(**(given | parts))  # type: ignore[arg-type]


def asked_of(made: Report) -> Ask:
    """The figures that a template or an officer asks for: those of the report's tables."""

    def ask(kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
        when = {"this": YEAR, "previous": BEFORE}[str(period)]
        for _, item in made.items():
            if isinstance(item, Table):
                for _, _, known in item.figures():
                    if (known.kpi, known.period) == (kpi_id, when) and dict(known.slice) == about:
                        return known
        raise ConfigurationError(f"KPI '{kpi_id}' is not known.")

    return ask


def templates(**changed: str) -> dict[str, str]:
    folder = ROOT / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted((folder / "narrative").glob("*.j2"))
    } | {"narrative/annual_report.html.j2": changed.get("page", TEMPLATE)}


def look() -> object:
    folder = ROOT / "templates"
    return read_page_theme(
        {path.name: path.read_text("utf-8") for path in (folder / "themes").iterdir()},
        {path.name: path.read_bytes() for path in (folder / "fonts").glob("*.ttf")},
    )


def draft(
    of: Report | None = None,
    *,
    commentary: dict[str, str] | None = None,
    page: str = TEMPLATE,
    pdf: bool = False,
    **parts: object,
) -> Draft:
    """A draft with its files made, so that only what a test plants is wrong with it."""
    made = of or report()
    words = COMMENTARY if commentary is None else commentary
    ledger = Ledger()
    texts = templates(page=page)
    speaker = Speaker(texts, ledger, asked_of(made), YEAR)
    theme = look()
    for _, item in made.items():
        if isinstance(item, Table) and item.reading:
            for said in _printed(item) or ():
                ledger.enter(said, f"{PACK} {item.title}")
    written = write_page(made, speaker, theme, template="narrative/annual_report.html.j2",  # type: ignore[arg-type]
                         place=PAGE, commentary=words, folder=FOLDER)  # fmt: skip
    workbook = read_theme((ROOT / "templates/themes/workbook.yaml").read_text("utf-8"))
    files = {PAGE: written.encode()}
    if pdf:
        files[PDF] = write_pdf(written, theme)  # type: ignore[arg-type]
    files[PACK] = write_pack(made, ledger, workbook, file_name=PACK, created=CREATED)
    files["ledger.csv"] = ledger.to_csv().encode()
    given: dict[str, object] = {
        "report": made, "ledger": ledger, "kpis": KPIS, "files": files, "templates": texts,
        "commentary": {f"{FOLDER}/{name}.md": text for name, text in words.items()},
    }  # fmt: skip
    return Draft(**(given | parts))  # type: ignore[arg-type]


def bare(of: Report | None = None, **parts: object) -> Draft:
    """A draft of which no file was made yet: what is composed, and its ledger."""
    made, ledger = of or report(), Ledger()
    for _, item in made.items():
        if isinstance(item, Table):
            for _, _, known in item.figures():
                ledger.enter(known, f"{PACK} {item.title}")
    return Draft(**({"report": made, "ledger": ledger, "kpis": KPIS} | parts))  # type: ignore[arg-type]


def _printed(of_table: Table) -> list[Figure]:
    """The figures that a table's reading names: those of its last row."""
    return [cell for cell in of_table.rows[-1].cells if isinstance(cell, Figure)]


def with_cell(of_table: Table, row: str, column: str, cell: Figure | None) -> Table:
    """The table with one cell changed."""
    at = [heading.key for heading in of_table.headings].index(column)

    def changed(line: Row) -> Row:
        if line.label != row:
            return line
        return replace(line, cells=(*line.cells[:at], cell, *line.cells[at + 1 :]))

    return replace(of_table, rows=tuple(changed(line) for line in of_table.rows))


def cell(of_table: Table, row: str, column: str) -> Figure:
    """One cell of a table."""
    at = [heading.key for heading in of_table.headings].index(column)
    found = next(line.cells[at] for line in of_table.rows if line.label == row)
    assert isinstance(found, Figure)
    return found


def withheld(known: Figure) -> Figure:
    return replace(known, state=State.WITHHELD)


@pytest.fixture(scope="session")
def example() -> ModuleType:
    """This module: the draft and its pieces, to take apart and put together otherwise."""
    return sys.modules[__name__]


@pytest.fixture(scope="session")
def clean(example: ModuleType) -> Draft:
    """The draft as it should be, its PDF with it."""
    made: Draft = example.draft(pdf=True)
    return made
