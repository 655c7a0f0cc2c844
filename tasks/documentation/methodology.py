"""Methodology: the page that says how every figure is counted, written from its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.clock import Calendar
from candour.counts import CLOCK_DAYS
from candour.facts import FLAGS, MEASURES
from candour.figures import Better
from candour.kpi import CONTEXT, PER_CENT
from candour.period import Period, day_in_words
from tasks import declared
from tasks.documentation.conventions import example_limits, rounding, working_days
from tasks.documentation.markdown import anchor, code, page, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from candour.kpi import Answer, Family, Kpi
    from tasks.settings import Settings

ABOUT = """# How figures are counted

Every figure of every report is one of the KPIs below, for a period and perhaps a part of the
council. A KPI counts rows that carry a *flag*, a named yes or no, among a *population*, the rows
for which another flag holds. Its *clock* is the day that puts a row in a period. Another definition
is another KPI with another name. Each is worked out by hand on a handful of rows, and a test
compares the answer. Declared in `kpis/`; what changed is in the [changelog](../CHANGELOG.md)."""

BETTER = {
    Better.HIGHER: "more is better",
    Better.LOWER: "less is better",
    Better.NEITHER: "neither",
}


def methodology(settings: Settings) -> str:
    """The page of how figures are counted."""
    kpis = declared.kpis(settings)
    holidays = (settings.project / "data/reference/bank_holidays.csv").read_text("utf-8")
    calendar = Calendar.read(holidays)
    families = [kpis.families[file] for file in sorted(kpis.families)]
    contents = [
        (f"[{kpi.title}](#{anchor(kpi.title)})", code(kpi_id), family.family, kpi.question)
        for family in families
        for kpi_id, kpi in family.kpis.items()
    ]
    return page(
        ABOUT,
        table(("KPI", "id", "family", "what it answers"), contents),
        working_days(calendar),
        rounding(),
        example_limits(),
        *(_family(family) for family in families),
        _flags(),
    )


def _family(family: Family) -> str:
    example = "\n".join(line.rstrip() for line in family.example.rows.strip().splitlines())
    about = (
        f"## {family.family}\n\nDefined by: {family.owner}. Checked by: {family.checked_by}. To be "
        f"looked at again on {day_in_words(family.review_on)}."
    )
    known_on = day_in_words(family.example.known_on)
    rows = f"The example, as known on {known_on}:\n\n```text\n{example}\n```"
    return "\n\n".join((about, rows, *(_kpi(id_, kpi) for id_, kpi in family.kpis.items())))


def _kpi(kpi_id: str, kpi: Kpi) -> str:
    rows = [(what, said) for what, said in _definition(kpi_id, kpi) if said]
    return f"### {kpi.title}\n\n{kpi.question}\n\n{table(('', ''), rows)}\n\n{_answer(kpi)}"


def _definition(kpi_id: str, kpi: Kpi) -> list[tuple[str, str]]:
    flags, measures = FLAGS[kpi.of], MEASURES.get(kpi.of, {})

    def meaning(flag: str | None) -> str:
        return "" if flag is None else f"{code(flag)}: {flags[flag]}"

    measured = ""
    if kpi.measure is not None and kpi.statistic is not None:
        measured = f"{kpi.statistic.value} of {code(kpi.measure)}: {measures[kpi.measure]}"
    return [
        ("id", code(kpi_id)),
        ("rows of", kpi.of.value),
        ("population", meaning(kpi.population)),
        ("count", meaning(kpi.count)),
        ("told", "the base less the count" if kpi.complement else ""),
        ("measured", measured),
        ("out of", _out_of(kpi, meaning)),
        ("told for every", "" if kpi.per == PER_CENT else f"{kpi.per:,} of them"),
        ("reporting year", "each procedure's own, added up" if kpi.years == "own" else ""),
        ("provisional while there are", meaning(kpi.undecided)),
        ("clock", f"{code(kpi.clock)}: {_clock(kpi.clock)}"),
        ("unit", f"{kpi.unit.value.replace('_', ' ')}, decimals: {kpi.decimals}"),
        ("direction", BETTER[kpi.better]),
        ("may be broken down by", ", ".join(kpi.breakdowns).replace("_", " ")),
        ("caveat", kpi.caveat.strip()),
        ("source", kpi.source),
    ]


def _out_of(kpi: Kpi, meaning: Callable[[str | None], str]) -> str:
    if kpi.out_of is not None and kpi.out_of.startswith(CONTEXT):
        return f"{code(kpi.out_of)}: a number the council gives, with its source"
    return meaning(kpi.out_of)


def _clock(clock: str) -> str:
    if clock == "as_of":
        return "the state at the end of the period, or on the morning of a bulletin"
    if clock == "opening":
        return "the state at the beginning of the period"
    if clock == "since_last":
        return "what happened since the bulletin before"
    if clock == "year":
        return "the year the Ombudsman's statistics are of"
    return f"a row belongs to the period of its {code(CLOCK_DAYS[clock])}"


def _answer(kpi: Kpi) -> str:
    answer = kpi.answer
    of = (
        "" if answer.base is None or answer.count is None else f" ({answer.count} of {answer.base})"
    )
    return (
        f"**Worked out by hand** for {Period.parse(answer.period).label}{_about(answer)}: "
        f"**{answer.display}**{of}. {answer.because.strip()}"
    )


def _about(answer: Answer) -> str:
    return "".join(f", {name} {value}" for name, value in answer.slice.items())


def _flags() -> str:
    parts = [
        "## Flags and measures\n\nThe only things a KPI can count, by the rows that carry them."
    ]
    for fact, flags in FLAGS.items():
        rows = [(code(name), meaning) for name, meaning in flags.items()]
        rows += [
            (code(name), f"{meaning} (a measure)")
            for name, meaning in MEASURES.get(fact, {}).items()
        ]
        parts.append(f"### Rows of {fact.value}\n\n{table(('flag', 'meaning'), rows)}")
    return "\n\n".join(parts)
