"""Lines: the rows of a declared table before they are filled - what each is about, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from candour.composing.composer import NOT_RECORDED_WORDS
from candour.figures import NOT_RECORDED
from candour.kpi import CONTEXT
from candour.numbers import PEERS
from candour.period import month_at
from candour.table import RowKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from candour.composing.composer import Composer
    from candour.composing.declared import TableSpec
    from candour.period import Period

ALL = "All"


@dataclass(frozen=True, slots=True)
class Line:
    """A row before it is filled: what it is about, and when."""

    label: str
    where: Mapping[str, str]
    kind: RowKind = RowKind.BODY
    period: Period | None = None
    kpi: str = ""
    beside: str = ""
    rank: int | None = None
    """Which of the measured values it is, counted from nought, where each has a row."""


def lines_of(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    """The rows of a table in order; the total stands last but for what stands apart from it."""
    makers: Mapping[str, Callable[[Composer, TableSpec], Iterator[Line]]] = {
        "by": _by_dimensions,
        "months": _months,
        "years": _years,
        "kpis": _by_kpi,
        "each": _each,
        "limits": _stages,
        "context": _context,
        "authorities": _authorities,
    }
    return next(make for kind, make in makers.items() if getattr(spec.rows, kind))(composer, spec)


def _months(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    _, end = composer.measures.period.month_range()
    for ordinal in range(end - (spec.rows.months or 0), end):
        month = month_at(ordinal)
        yield Line(month.label, spec.where, period=month)


def _years(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    rows = spec.rows
    period = composer.measures.period
    for year in years_back(period, rows.years or 0, newest_first=rows.newest_first):
        yield Line(year.label, spec.where, period=year)


def _context(composer: Composer, _: TableSpec) -> Iterator[Line]:
    for name, given in composer.council.profile.context.items():
        yield Line(given.title, {}, kpi=f"{CONTEXT}{name}")


def _authorities(composer: Composer, _: TableSpec) -> Iterator[Line]:
    for authority in (*composer.measures.authorities(), PEERS):
        yield Line(composer.name("authority", authority), {"authority": authority})


def years_back(period: Period, years: int, *, newest_first: bool) -> list[Period]:
    """This year and those before it."""
    found = [period]
    while len(found) < years:
        found.append(found[-1].same_last_year())
    return found if newest_first else found[::-1]


def _stages(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    """Every stage of every procedure, or of the one the table is about."""
    for procedure_id, procedure in composer.council.procedures.items():
        if spec.where.get("procedure", procedure_id) != procedure_id:
            continue
        for number, stage in procedure.stages.items():
            where = {"procedure": procedure_id, "stage": str(number)}
            yield Line(f"{procedure.short_name}: {stage.name.lower()}", where)


def _by_kpi(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    where = spec.where
    procedure = composer.council.procedures.get(where.get("procedure", ""))
    for measured in spec.rows.kpis:
        if not composer.measures.is_declared(measured.kpi):
            continue
        stage = int(measured.where.get("stage", 1))
        if procedure is not None and stage not in procedure.stages:
            continue
        title = composer.measures.figure(measured.kpi, **{**where, **measured.where}).title
        yield Line(measured.label or title, {**where, **measured.where}, kpi=measured.kpi)


def _each(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    """A row for each measured value, named by how it stands beside the limits."""
    values = composer.measures.values(spec.rows.each, **spec.where)
    for rank, _ in enumerate(values):
        yield Line("", spec.where, kpi=spec.rows.each, rank=rank)


def _by_dimensions(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    apart = []
    for line in _values(composer, spec):
        if "procedure" in spec.rows.by and _is_apart(composer, line):
            apart.append(Line(line.label, line.where, RowKind.APART, beside=line.beside))
            continue
        yield line
        if spec.rows.then:
            yield from _details(composer, spec, line)
    if spec.total:
        yield Line(spec.total, spec.where, RowKind.TOTAL, beside=_beside(composer, spec, {}))
    yield from apart


def _values(composer: Composer, spec: TableSpec) -> Iterator[Line]:
    dimensions = spec.rows.by
    members = [(*composer.members(dimension, spec.where), NOT_RECORDED) for dimension in dimensions]
    for values in product(*members):
        where = {**spec.where, **dict(zip(dimensions, values, strict=True))}
        label = ", ".join(
            composer.name(dimension, value)
            for dimension, value in zip(dimensions, values, strict=True)
        )
        kind = RowKind.NOT_RECORDED if NOT_RECORDED in values else RowKind.BODY
        yield Line(label, where, kind, beside=_beside(composer, spec, where))


def _details(composer: Composer, spec: TableSpec, line: Line) -> Iterator[Line]:
    """The parts of a row, where it has any; a part says what it belongs to."""
    inner, outer = spec.rows.then, spec.rows.by[-1]
    parts = composer.members(inner, line.where) if line.kind is RowKind.BODY else ()
    where = {name: value for name, value in line.where.items() if name != outer}
    for part in parts:
        yield Line(composer.name(inner, part), {**where, inner: part}, RowKind.DETAIL)


def _is_apart(composer: Composer, line: Line) -> bool:
    return line.where.get("procedure") in composer.measures.procedures_apart()


def _beside(composer: Composer, spec: TableSpec, where: Mapping[str, str]) -> str:
    if spec.beside != "directorate":
        return ""
    service = where.get("service")
    if service is None:
        return ALL
    if service == NOT_RECORDED:
        return NOT_RECORDED_WORDS
    return composer.name("directorate", composer.council.taxonomy.directorate_of(service))
