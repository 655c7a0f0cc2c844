"""Figures: one measure with its definition and, when asked, the cases it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from candour.errors import ConfigurationError
from tasks.cli import arguments, screen
from tasks.settings import settings

if TYPE_CHECKING:
    from tasks.cli.measuring import Definition, Measured

Kpi = Annotated[
    str, typer.Argument(metavar="KPI", help="Its id in kpis/, such as responded_in_time.")
]
By = Annotated[
    str | None,
    typer.Option(metavar="DIMENSION", help="A figure for each value of it: procedure, service…"),
]
Where = Annotated[
    list[str] | None,
    typer.Option(metavar="DIMENSION=VALUE", help="Only these cases: stage=1. May be repeated."),
]
WithCases = Annotated[bool, typer.Option("--cases", help="List the cases it was counted from.")]


def figures(
    council: arguments.Council,
    kpi: Kpi,
    period: arguments.Period = None,
    *,
    by: By = None,
    where: Where = None,
    cases: WithCases = False,
    as_json: arguments.Json = False,
) -> None:
    """Answer one question with a figure: its definition, its count and base, its cases."""
    from tasks.cli.measuring import measure  # noqa: PLC0415  - a verb pays for its own imports

    about = dict(_pair(written) for written in where or ())
    with screen.Working("Counting"):
        measured = measure(settings(), council, kpi, period, by=by, about=about, cases=cases)
    if as_json:
        screen.say_json(measured)
    else:
        _tell(measured)


def _pair(written: str) -> tuple[str, str]:
    dimension, equals, value = written.partition("=")
    if not (dimension and equals and value):
        raise ConfigurationError(
            f"--where {written}: write a breakdown and one of its values, stage=1."
        )
    return dimension, value


def _tell(measured: Measured) -> None:
    definition = measured.definition
    screen.say(definition.title, definition.question, "")
    screen.show_table(
        (measured.period, "Figure", "Count", "Of"),
        (
            (
                figure.about,
                figure.display,
                "" if figure.count is None else f"{figure.count:,}",
                "" if figure.base is None else f"{figure.base:,}",
            )
            for figure in measured.figures
        ),
        right=3,
    )
    screen.say(*(f"{mark}." for mark in measured.marks), "")
    screen.say(*_lines(definition), measured.known)
    if measured.cases is not None:
        _list("Taken away" if definition.complement else "Counted", measured.cases.counted)
        if definition.out_of:
            _list("Of", measured.cases.base)


def _lines(definition: Definition) -> list[str]:
    told = {
        "Counted": definition.counted,
        "Of": definition.out_of,
        "Among": definition.population,
        "By": definition.clock,
        "Read with care": definition.caveat,
        "Source": definition.source,
        "Owner": definition.owner,
    }
    return [f"{label + ':':16}{words}" for label, words in told.items() if words]


def _list(heading: str, references: tuple[str, ...]) -> None:
    screen.say("", f"{heading} ({len(references):,}):", *(f"  {r}" for r in references))
