"""The steps along an axis need no figure, and are as far apart as they stand."""

from types import SimpleNamespace

import pytest

from candour.gate.accounted import Accounts
from candour.gate.opened import Drawing
from candour.gate.scales import loose_labels

FIGURE = "20"
"""A number that a figure of the report happens to have."""


def _found(*steps: str) -> list[str]:
    labels = tuple((12.0, 30.0 * place, text) for place, text in enumerate(steps))
    drawing = Drawing("chart 'Received'", "Received", "Received by month.", (), labels)
    report = SimpleNamespace(items=lambda: ())
    accounts = Accounts(inside=(), whole=frozenset({FIGURE}))
    return [f.sentence for f in loose_labels(drawing, report, accounts)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "steps", [("40", FIGURE, "0"), ("60", "40", FIGURE, "0"), ("30", "25", FIGURE, "15")]
)
def test_a_step_that_equals_a_figure_is_a_step(steps: tuple[str, ...]) -> None:
    assert _found(*steps) == []


@pytest.mark.parametrize("steps", [("45", FIGURE, "0"), ("40", "21", "0"), ("40", FIGURE, "10")])
def test_steps_that_stand_elsewhere_than_they_say_are_found(steps: tuple[str, ...]) -> None:
    assert _found(*steps) == [
        f"The steps of a scale are {', '.join(steps)}, which are not as far apart as they stand."
    ]


def test_a_number_that_stands_alone_is_no_step() -> None:
    assert _found("7") == ["'7' stands in the drawing and is no figure of the ledger."]
    assert _found("7", FIGURE) == ["'7' stands in the drawing and is no figure of the ledger."]
    assert _found(FIGURE) == []
