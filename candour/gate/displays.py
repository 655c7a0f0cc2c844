"""Displays: each figure is what its own numbers give, rounded once, and the same everywhere."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.figures import Figure, State, Unit
from candour.gate.causes import cut_off
from candour.gate.finding import Finding, Kind
from candour.gate.numerals import numerals, plainly
from candour.gate.texts import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.kpi import Kpis
    from candour.ledger import Ledger
    from candour.report import Report


def wrong_figures(report: Report, ledger: Ledger, kpis: Kpis) -> Iterator[Finding]:
    """Figures that contradict themselves, the ledger or their own base."""
    by_key = {figure.key: figure for figure in ledger}
    placed = list(figures_of(report))
    yield from _two_values(placed, by_key)
    everywhere = {figure: place for place, figure in reversed(placed)}
    for figure in ledger:
        everywhere.setdefault(figure, next(iter(ledger.places(figure)), "ledger"))
    for figure, place in everywhere.items():
        yield from _of_its_base(figure, place, kpis)
        yield from _rounded_once(figure, place)
    yield from _precision(everywhere)


def _two_values(placed: list[tuple[str, Figure]], by_key: dict[str, Figure]) -> Iterator[Finding]:
    """The same fact has one value everywhere (E3)."""
    first: dict[str, tuple[str, Figure]] = {}
    for place, figure in placed:
        known_at, known = first.setdefault(figure.key, (place, figure))
        written = by_key.get(figure.key, known)
        other, where = (known, known_at) if known != figure else (written, "the ledger")
        if other != figure:
            yield Finding(
                "E3",
                Kind.BLOCKS,
                place,
                f"'{figure.key}' is {figure.display} here, and {other.display} in {where}.",
                printed=figure.display,
                counted=other.display,
                cause="One fact was worked out twice; every place must print the same figure.",
            )


def _of_its_base(figure: Figure, place: str, kpis: Kpis) -> Iterator[Finding]:
    """A share is its count of its base, and a part is no more than its whole (E4)."""
    if figure.count is None or figure.base is None or figure.value is None:
        return
    kpi = kpis.by_id.get(figure.kpi)
    if figure.unit is Unit.PERCENT and figure.base > 0:
        exact = Fraction(100 * figure.count, figure.base)
        if exact != figure.value and not _of_more(figure, kpis):
            yield Finding(
                "E4",
                Kind.BLOCKS,
                place,
                f"'{figure.key}' says {figure.display}, and {figure.count:,} of {figure.base:,} "
                f"is {_per_cent(exact, figure.decimals)}.",
                printed=figure.display,
                counted=_per_cent(exact, figure.decimals),
                cause="The number above is of another year or group than the number below.",
            )
    may_pass = kpi is not None and (kpi.ratio or str(kpi.out_of).startswith("context."))
    if figure.unit is Unit.PERCENT and figure.count > figure.base and not may_pass:
        yield Finding(
            "E4",
            Kind.BLOCKS,
            place,
            f"'{figure.key}' counts {figure.count:,} of {figure.base:,}.",
            printed=f"{figure.count:,}",
            counted=f"{figure.base:,}",
            cause="What is counted is not part of what it is taken of.",
        )


def _of_more(figure: Figure, kpis: Kpis) -> bool:
    """Whether a percentage is no share of one base: given by somebody else, or a statistic."""
    kpi = kpis.by_id.get(figure.kpi)
    return kpi is None or kpi.statistic is not None


def _per_cent(value: Fraction, decimals: int) -> str:
    return f"{_half_up(value, decimals)}%"


def _rounded_once(figure: Figure, place: str) -> Iterator[Finding]:
    """What is displayed is the exact value rounded half away from zero (E5)."""
    if not figure.printable or figure.value is None:
        return
    wanted = _half_up(figure.value, figure.decimals)
    said = numerals(figure.display)
    shown = plainly(figure.display).strip("+£% ").replace("£", "").replace("+", "")
    if len(said) == 1 and shown == wanted:
        return
    yield Finding(
        "E5",
        Kind.BLOCKS,
        place,
        f"'{figure.key}' is displayed as {figure.display}, and {figure.value} rounds to {wanted}.",
        printed=figure.display,
        counted=wanted,
        cause="It was cut off, not rounded."
        if cut_off(figure.display, figure)
        else "It was rounded by another rule.",
    )


def _half_up(value: Fraction, decimals: int) -> str:
    """Rounded by decimal arithmetic, which figures do not use, so that one checks the other."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{shown + 0:,}" if shown else f"{abs(shown):,}"


def _precision(figures: Iterable[Figure]) -> Iterator[Finding]:
    """One measure has one precision (E5)."""
    known: dict[tuple[str, Unit], Figure] = {}
    for figure in figures:
        if figure.state not in {State.RECORDED, State.PROVISIONAL}:
            continue
        if figure.unit is Unit.WORDS or figure.kpi.startswith(("stated.", "context.")):
            continue
        other = known.setdefault((figure.kpi, figure.unit), figure)
        if other.decimals != figure.decimals and not figure.against:
            yield Finding(
                "E5",
                Kind.BLOCKS,
                f"'{figure.key}'",
                f"{figure.title} is printed as {figure.display} and elsewhere as {other.display}: "
                "two precisions of one measure.",
                printed=figure.display,
                counted=other.display,
                cause="A precision was given by hand.",
            )
            return
