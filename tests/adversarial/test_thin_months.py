"""A month with next to nothing in it: the pack is made, and its sentences are sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from candour.chart import Chart

if TYPE_CHECKING:
    from candour.report import Report
    from tests.conftest import House


@pytest.fixture(scope="module")
def first_month(house: House) -> Report:
    """Northmere's pack for the first month of its records."""
    return house.desk("northmere", "monthly_pack", "2021-04").report()


def test_the_first_month_has_no_control_limits_and_says_so(first_month: Report) -> None:
    (chart,) = (item for _, item in first_month.items() if item.id == "timeliness_control")
    assert isinstance(chart, Chart)
    assert chart.control is None
    assert chart.reading.startswith("Too few months")


def test_no_sentence_has_two_commas_or_a_missing_number_inside(first_month: Report) -> None:
    said = [*first_month.headlines]
    for section in first_month.sections:
        said += [*section.sentences, *(getattr(item, "reading", "") for item in section.items)]
    assert said
    for sentence in said:
        assert not re.search(r",,|\[[xz]\]|nothing to measure \w", sentence), sentence
