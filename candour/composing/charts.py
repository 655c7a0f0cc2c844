"""Charts: columns of a table drawn, and control charts with the table of their limits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.chart import Chart, ChartKind, Series
from candour.errors import ConfigurationError
from candour.figures import Figure, State, Unit
from candour.period import month_at
from candour.spc import FEWEST_TO_DRAW, Control, Mark, control
from candour.table import Heading, Row, RowKind, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.composing.composer import Composer
    from candour.composing.declared import ControlSpec
    from candour.period import Period

_KINDS = {
    ChartKind.LINE: "Line chart",
    ChartKind.COLUMN: "Column chart",
    ChartKind.BAR: "Bar chart",
    ChartKind.STACKED: "Stacked bar chart",
    ChartKind.CONTROL: "Control chart",
}

MARK_WORDS = {
    Mark.COMMON: "Usual variation",
    Mark.IMPROVEMENT: "Unusual: better",
    Mark.CONCERN: "Unusual: worse",
    Mark.UNUSUAL: "Unusual",
}

SAYS = "{{ say.signal(control, month) }} {{ say.assurance(control) }}"
"""What a control chart says of its latest month and of its target, or that it is too early."""


def chart(
    composer: Composer, chart_id: str, of: Table, about: Mapping[str, str] | None = None
) -> Chart:
    """The declared chart of a table, for the slice ``about`` alone if given.

    Raises:
        ConfigurationError: a series is no column of the table.
    """
    spec = composer.library.charts[chart_id]
    keys = [heading.key for heading in of.headings]
    missing = [key for key in spec.series if key not in keys]
    if missing:
        raise ConfigurationError(
            f"{composer.library.files[chart_id]}: charts → {chart_id} → series: '{missing[0]}' is "
            f"no column of the table '{of.id}'; its columns are {', '.join(keys)}."
        )
    rows = [row for row in of.rows if row.kind not in _NOT_DRAWN]
    series = tuple(
        Series(
            of.headings[keys.index(key)].label,
            tuple(_figure(row, keys.index(key)) for row in rows),
            highlighted=key == spec.highlight,
            key=key,
        )
        for key in spec.series
    )
    unit = of.headings[keys.index(spec.series[0])].unit or Unit.COUNT
    reading = composer.say(
        spec.reading,
        spec.title,
        composer.library.files[chart_id],
        rows=tuple(rows),
        about=about or {},
    )
    title = composer.of_slice(spec.title, about or {})
    return Chart(
        id="_".join((chart_id, *(about or {}).values())),
        title=title,
        kind=spec.kind,
        unit=unit,
        categories=tuple(row.label for row in rows),
        series=series,
        table_id=of.id,
        reading=reading,
        alt=_alt(spec.kind, title, reading, of.title),
        sheet=composer.sheet_of_slice(spec.sheet or spec.title, about) if about else spec.sheet,
    )


_NOT_DRAWN = {RowKind.TOTAL, RowKind.OTHERS, RowKind.DETAIL}
"""The whole would dwarf its parts, and parts of parts would be drawn twice."""


def _figure(row: Row, position: int) -> Figure | None:
    cell = row.cells[position]
    return cell if isinstance(cell, Figure) and cell.printable else None


def control_chart(composer: Composer, chart_id: str) -> tuple[Chart, Table]:
    """A control chart of a KPI by month, and the table of its points, mean and limits.

    Where too few months can be measured for limits, it is a plain line and its table has none.
    """
    spec = composer.library.control_charts[chart_id]
    months, figures = _by_month(composer, spec)
    latest = figures[-1]
    target = composer.target(latest)
    found = _limits(figures, target)
    kind = ChartKind.LINE if found is None else ChartKind.CONTROL
    reading = composer.say(
        f"{spec.reading} {SAYS}",
        spec.title,
        composer.library.files[chart_id],
        control=found,
        month=months[-1].label,
    )
    table = _control_table(spec, chart_id, [m.label for m in months], figures, found)
    return Chart(
        id=chart_id,
        title=spec.title,
        kind=kind,
        unit=latest.unit,
        categories=tuple(month.label for month in months),
        series=(
            Series(latest.title, tuple(f if f.printable else None for f in figures), key="value"),
        ),
        table_id=table.id,
        reading=reading,
        alt=_alt(kind, spec.title, reading, table.title),
        target=target,
        control=found,
        sheet=spec.sheet,
    ), table


def control_of(composer: Composer, chart_id: str) -> Control | None:
    """The limits of a control chart and what its months are; none with too few months."""
    _, figures = _by_month(composer, composer.library.control_charts[chart_id])
    return _limits(figures, composer.target(figures[-1]))


def _by_month(composer: Composer, spec: ControlSpec) -> tuple[list[Period], list[Figure]]:
    _, end = composer.measures.period.month_range()
    months = [month_at(ordinal) for ordinal in range(end - spec.months, end)]
    figures = [composer.measures.figure(spec.kpi, month, **spec.where) for month in months]
    return _from_first_recorded(months, figures)


def _limits(figures: list[Figure], target: Figure | None) -> Control | None:
    """The control chart of the figures; none where too few can be drawn."""
    points = [figure.value if figure.printable else None for figure in figures]
    if sum(point is not None for point in points) < FEWEST_TO_DRAW:
        return None
    return control(
        points,
        better=figures[-1].better,
        target=None if target is None else target.value,
        floor=0.0,
        ceiling=100.0 if figures[-1].unit is Unit.PERCENT else None,
    )


def _from_first_recorded(
    months: list[Period], figures: list[Figure]
) -> tuple[list[Period], list[Figure]]:
    first = next((i for i, f in enumerate(figures) if f.state is not State.NOT_RECORDED), 0)
    return months[first:], figures[first:]


def _control_table(
    spec: ControlSpec,
    chart_id: str,
    labels: list[str],
    figures: list[Figure],
    found: Control | None,
) -> Table:
    unit = figures[-1].unit
    measured = Table(
        id=f"{chart_id}_values",
        title=f"{spec.title}: values and limits",
        sheet=f"{spec.sheet or spec.title} values",
        row_heading="Month",
        headings=(Heading("value", figures[-1].title, unit),),
        rows=tuple(Row(label, (f,)) for label, f in zip(labels, figures, strict=True)),
        reading="Too few months have been measured to work out limits.",
    )
    if found is None:
        return measured
    limits = (
        _limit(figures[-1], "mean", found.mean),
        _limit(figures[-1], "lower_limit", found.lower),
        _limit(figures[-1], "upper_limit", found.upper),
    )
    return replace(
        measured,
        headings=(
            *measured.headings,
            Heading("mean", "Mean", unit),
            Heading("lower", "Lower limit", unit),
            Heading("upper", "Upper limit", unit),
            Heading("what", "What it is"),
        ),
        rows=tuple(
            Row(label, (figure, *limits, MARK_WORDS[mark] if figure.printable else ""))
            for label, figure, mark in zip(labels, figures, found.marks, strict=True)
        ),
        reading="Between the two limits, a month's difference from the mean is usual variation.",
    )


def _limit(latest: Figure, name: str, value: float) -> Figure:
    return replace(
        latest,
        kpi=f"{latest.kpi}.{name}",
        title=f"{latest.title}: {name}",
        count=None,
        base=None,
        value=Fraction(value).limit_denominator(1_000_000),
        decimals=1,
        state=State.RECORDED,
        source="worked out from the months of this chart (Making Data Count)",
        undecided=None,
    )


def _alt(kind: ChartKind, title: str, reading: str, table_title: str) -> str:
    return f"{_KINDS[kind]}. {title}. {reading} The numbers are in the table '{table_title}'."
