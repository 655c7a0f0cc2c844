"""A year of a fictional council, told in each of the three forms."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from candour.chart import Chart, ChartKind, Series
from candour.errors import ConfigurationError
from candour.figures import Better, Figure, State, Unit
from candour.ledger import Ledger
from candour.page import DRAFT, Theme, read_theme, write_annual
from candour.period import Period
from candour.report import Report, Section
from candour.table import Heading, Listing, ListingKind, Row, RowKind, Table
from candour.words import Speaker

ROOT = Path(__file__).parents[2]
YEAR = Period.parse("2023-24")
YEARS = (YEAR.previous().previous(), YEAR.previous(), YEAR)
COUNT, PERCENT = Unit.COUNT, Unit.PERCENT

# KPI, stage: the year and the year before, a share as (count, base).
ASKED: Mapping[tuple[str, int | None], tuple[object, object]] = {
    ("complaints_received", None): (1284, 1196),
    ("received_at_stage", 2): (143, 131),
    ("responded_in_time", 1): ((1016, 1240), (902, 1151)),
    ("upheld_or_partially_of_received", 1): ((603, 1284), (584, 1196)),
    ("ombudsman_upheld", None): ((7, 11), (6, 9)),
}

SERVICES = {
    "housing_repairs": ("Housing repairs & maintenance", (352, 331, 298), (214, 352)),
    "waste": ("Waste and recycling", (287, 264, 241), (122, 287)),
    "highways": ("Highways and street lighting", (203, 188, 195), (71, 203)),
    "adult_care": ("Adult social care", (171, 166, 150), (92, 171)),
    "council_tax": ("Council tax and benefits", (148, 139, 151), (58, 148)),
    "planning": ("Planning and building control", (112, 98, 104), (40, 112)),
    "not_recorded": ("Not recorded", (11, 10, 9), (6, 11)),
}
TOTALS = ((1284, 1196, 1148), (603, 1284))

WORDS = {
    "annual/words/example_received.html.j2": (
        '<p>{{ say.counted(fig("complaints_received"), "complaint", starts=true) }} were received, '
        'as {{ ref("table:received_by_service") }} and {{ ref("figure:received_chart") }} show. '
        'What came of them is in {{ ref("section:outcomes") }}.</p>\n'
        '{{ chart("received_chart") }}\n'
        "<h3>How we count</h3>\n"
        "<p>A complaint is counted once, on the day it was received.</p>\n"
        "{{ commentary(section_id) }}\n"
    ),
    "annual/words/example_empty.html.j2": "{{ commentary(section_id) }}\n",
    "annual/words/example_chapter.html.j2": (
        '<p>{{ ref("table:chapter_years") }} is about this procedure alone.</p>\n'
    ),
    "annual/words/example_method.html.j2": (
        "<p>Every number is counted once from the records of the complaints system. "
        '{{ ref("section:received") }} begins with them.</p>\n'
    ),
}

COMMENTARY = {
    "introduction": "This report tells what people complained about, how well we answered, and "
    "what we have changed since. We publish it *every year*.\n\n"
    "Anyone may complain: residents, businesses, and people who act for somebody else.",
    "received": "Three services account for most of what we receive:\n\n"
    "- repairs that were **not finished** at the first visit\n"
    "- collections missed on the same street more than once\n"
    "- potholes reported and not answered\n\n"
    "> I was told three times that somebody would ring, and nobody did. (invented)",
    "recommendations": "That members note the report.\n\nThat members ask for a progress report.",
}


def figure(
    kpi: str, period: Period, unit: Unit, value: object, about: Mapping[str, str] = {}
) -> Figure:
    """A figure given its whole number or its (count, base)."""
    rest: dict[str, object] = {"decimals": 0, "better": Better.NEITHER}
    match value:
        case (int() as count, int() as base):
            rest |= {"count": count, "base": base, "value": Fraction(100 * count, base)}
        case int():
            rest |= {"count": value, "value": Fraction(value)}
        case _:
            rest |= {"state": State.NOT_RECORDED}
    return Figure(kpi, kpi.replace("_", " "), period, tuple(about.items()), unit, **rest)


def ask(kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
    stage = about.get("stage")
    if (kpi_id, stage) not in ASKED:
        raise ConfigurationError(f"KPI '{kpi_id}' is not known.")
    now, before = ASKED[kpi_id, stage]
    when, value = {"this": (YEAR, now), "previous": (YEAR.previous(), before)}[str(period)]
    unit = PERCENT if isinstance(value, tuple) else COUNT
    return figure(kpi_id, when, unit, value, {k: str(v) for k, v in about.items()})


def received_by_service() -> Table:
    def cells(
        key: str | None, counts: tuple[int, ...], share: tuple[int, int]
    ) -> tuple[Figure, ...]:
        about = {} if key is None else {"service": key}
        years = zip(reversed(YEARS), counts, strict=True)
        numbers = [figure("complaints_received", year, COUNT, n, about) for year, n in years]
        return (*numbers, figure("upheld_or_partially_of_received", YEAR, PERCENT, share, about))

    body = [
        Row(
            label,
            cells(key, counts, share),
            RowKind.NOT_RECORDED if key == "not_recorded" else RowKind.BODY,
        )
        for key, (label, counts, share) in SERVICES.items()
    ]
    years = tuple(Heading(f"y{y.key}", y.label, COUNT) for y in reversed(YEARS))
    return Table(
        id="received_by_service",
        title="Complaints received by service",
        row_heading="Service",
        headings=(*years, Heading("share", "Upheld, wholly or in part", PERCENT)),
        rows=(*body, Row("All complaints", cells(None, *TOTALS), RowKind.TOTAL)),
        reading="Housing repairs received the most complaints in each of the three years.",
        notes=("Every year is counted in the same way.",),
        parts_add_up=True,
    )


def received_chart() -> Chart:
    shown = [key for key in SERVICES if key != "not_recorded"]
    figures = tuple(
        figure("complaints_received", YEAR, COUNT, SERVICES[key][1][0], {"service": key})
        for key in shown
    )
    return Chart(
        id="received_chart",
        title="Complaints received by service",
        kind=ChartKind.BAR,
        unit=COUNT,
        categories=tuple(SERVICES[key][0] for key in shown),
        series=(Series("Complaints received", figures),),
        table_id="received_by_service",
        reading="Repairs, waste and highways received two thirds of all complaints.",
        alt="Bar chart of complaints received by service. Repairs, waste and highways received two "
        "thirds of all complaints. The numbers are in the table of complaints by service.",
    )


def outcomes_by_year() -> Table:
    rows = (
        ("Upheld", "upheld", (331, 322, 301)),
        ("Partially upheld", "partially_upheld", (272, 262, 250)),
        ("Not upheld", "not_upheld", (637, 567, 552)),
    )
    return Table(
        id="outcomes_by_year",
        title="What we found at stage one",
        row_heading="Outcome",
        headings=tuple(Heading(f"y{y.key}", y.label, COUNT) for y in reversed(YEARS)),
        rows=tuple(
            Row(label, tuple(figure(kpi, y, COUNT, n, {"stage": "1"})
                             for y, n in zip(reversed(YEARS), numbers, strict=True)))
            for label, kpi, numbers in rows
        ),
    )  # fmt: skip


def outcomes_chart() -> Chart:
    table = outcomes_by_year()
    return Chart(
        id="outcomes_chart",
        title="Outcomes of stage one by year",
        kind=ChartKind.STACKED,
        unit=COUNT,
        categories=tuple(heading.label for heading in table.headings),
        series=tuple(Series(row.label, row.cells) for row in table.rows),  # type: ignore[arg-type]
        table_id="outcomes_by_year",
        reading="About half of all complaints are upheld, wholly or in part.",
        alt="Stacked bars of outcomes by year. About half are upheld, wholly or in part.",
    )


def chapter_years() -> Table:
    about = {"procedure": "corporate"}
    received, answered = (
        tuple(
            figure(kpi, year, COUNT, number, about)
            for year, number in zip(reversed(YEARS), numbers, strict=True)
        )
        for kpi, numbers in (
            ("complaints_received", (1113, 1030, 998)),
            ("responses_sent", (1075, 1009, 967)),
        )
    )
    return Table(
        id="chapter_years_corporate",
        title="Corporate complaints by year",
        row_heading="Measure",
        headings=tuple(Heading(f"y{y.key}", y.label, COUNT) for y in reversed(YEARS)),
        rows=(Row("Received", received), Row("Answered", answered)),
    )


def said_and_done() -> Listing:
    return Listing(
        "you_said_we_did",
        "You said, we did",
        (("You said", ListingKind.WORDS), ("We did", ListingKind.WORDS),
         ("Service", ListingKind.WORDS)),
        (("Nobody told us the repair had been moved.",
          "A message goes to the tenant whenever an appointment is moved.", "Housing repairs"),
         ("The crew left our road out and said that it was blocked.",
          "Crews photograph a blocked road, and the road is tried again the next morning.",
          "Waste and recycling")),
    )  # fmt: skip


def quotations() -> Listing:
    return Listing(
        "quotations",
        "What people wrote",
        (("Words", ListingKind.WORDS), ("About", ListingKind.WORDS)),
        (("The officer rang me back the same day and stayed until it was sorted.", "Council tax"),
         ("Kind, patient, and she explained every step.", "Adult social care")),
        reading="These quotations are invented.",
    )  # fmt: skip


SECTIONS = (
    Section("introduction", "Why we publish this report", ()),
    Section("received", "Complaints we received", (received_chart(), received_by_service()),
            words="annual/words/example_received.html.j2"),
    Section("plans", "Plans", (), words="annual/words/example_empty.html.j2"),
    Section("outcomes", "What we found", (outcomes_chart(), outcomes_by_year())),
    Section("chapter_corporate", "Corporate complaints", (chapter_years(),),
            words="annual/words/example_chapter.html.j2", about={"procedure": "corporate"}),
    Section("learning", "What we learnt", (said_and_done(), quotations())),
    Section("recommendations", "Recommendations", ()),
    Section("method", "How the numbers are made", (),
            words="annual/words/example_method.html.j2", appendix=True),
)  # fmt: skip


def year_report(form: str = "public", **changes: object) -> Report:
    report = Report(
        id="annual_report",
        title="Complaints, compliments and learning",
        council="Northmere Council",
        period=YEAR,
        as_of=dt.date(2024, 3, 31),
        known_on=dt.date(2024, 5, 7),
        audience="public",
        marking="",
        notice="Demonstration: this council is fictional and its cases are synthetic.",
        headlines=(),
        sections=SECTIONS,
        form=form,
    )
    return replace(report, **changes)


def templates(**changed: str) -> dict[str, str]:
    folder = ROOT / "templates"
    there = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.j2"))
    }
    return there | WORDS | changed


def theme() -> Theme:
    folder = ROOT / "templates"
    return read_theme(
        {path.name: path.read_text("utf-8") for path in (folder / "themes").iterdir()},
        {path.name: path.read_bytes() for path in (folder / "fonts").glob("*.ttf")},
    )


def page(
    form: str = "public",
    report: Report | None = None,
    words: Mapping[str, str] = {},
    **changes: object,
) -> str:
    """The example as a page of its form."""
    speaker = Speaker(templates() | words, Ledger(), ask, YEAR)
    given = {"place": "annual.html", "commentary": COMMENTARY, "status": DRAFT}
    return write_annual(report or year_report(form), speaker, theme(), **(given | changes))
