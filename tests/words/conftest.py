"""Figures by hand, and a speaker that asks a small table for them."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from candour.errors import ConfigurationError
from candour.figures import Figure, State, Unit
from candour.ledger import Ledger
from candour.period import Period, month
from candour.words import Speaker

TEMPLATES = Path(__file__).parents[2] / "templates"
MARCH, FEBRUARY = month("2024-03"), month("2024-02")


def made(
    value: int | Fraction | tuple[int, int] | None,
    unit: Unit = Unit.COUNT,
    *,
    kpi: str = "complaints_received",
    period: Period = MARCH,
    **rest: object,
) -> Figure:
    """A figure from a whole number, an exact value, or a share as (count, base)."""
    if isinstance(value, tuple):
        count, base = value
        rest |= {"count": count, "base": base}
        value, unit = Fraction(100 * count, base), Unit.PERCENT
    elif isinstance(value, int):
        rest["count"] = value
    elif value is None:
        rest.setdefault("state", State.NOT_RECORDED)
    about = rest.pop("about", ())
    exact = None if value is None else Fraction(value)
    return Figure(kpi, kpi, period, about, unit, value=exact, **rest)


@pytest.fixture(scope="session")
def figure() -> Callable[..., Figure]:
    return made


@pytest.fixture(scope="session")
def earlier() -> Callable[..., Figure]:
    def february(*given: object, **rest: object) -> Figure:
        return made(*given, period=FEBRUARY, **rest)

    return february


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


KNOWN: dict[str, Figure] = {
    "complaints_received": made(1019),
    "responded_in_time": made((4, 14), kpi="responded_in_time"),
    "one": made(1, kpi="one"),
}


def ask(kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
    if kpi_id not in KNOWN:
        raise ConfigurationError(f"KPI '{kpi_id}' is not known.")
    return KNOWN[kpi_id]


@pytest.fixture
def speaking(ledger: Ledger) -> Callable[..., Speaker]:
    """A speaker of the shipped sentences and any further templates given by name."""

    def speaker(**templates: str) -> Speaker:
        named = {f"{name}.j2": text for name, text in templates.items()}
        sentences = (TEMPLATES / "narrative/sentences.j2").read_text("utf-8")
        return Speaker({**named, "narrative/sentences.j2": sentences}, ledger, ask, MARCH)

    return speaker
