"""Northmere's published report is attacked as it was published; no small number is worked out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tasks.desk import Desk
from tasks.press import Press
from tests.disclosure.reader import HIDDEN, Method, Name, Row, Sums, read

if TYPE_CHECKING:
    from tests.conftest import House, Made

ROOT = Path(__file__).parents[2]
BELOW = 5
SENSITIVE = {"adults", "childrens"}
"""What councils/northmere/audiences.yaml protects, read off by eye: these procedures ..."""
WHO, PLACES = "complainant_type", {"service", "team"}
"""... who complained, and outcomes in a service or team."""


@dataclass(frozen=True)
class Published:
    """What was published, and what is true of it."""

    sums: Sums
    truth: Mapping[Name, int]
    files: Mapping[str, bytes]
    rows: tuple[Row, ...]
    free: tuple[Row, ...] = ()
    """The ledger as it would be with nothing withheld."""


def _rows(text: str) -> tuple[Row, ...]:
    return tuple(csv.DictReader(io.StringIO(text)))


def method() -> Method:
    kpis: dict[str, Mapping[str, object]] = {}
    for path in sorted((ROOT / "kpis").glob("*.yaml")):
        kpis |= yaml.safe_load(path.read_text("utf-8"))["kpis"]
    return Method(kpis)


@pytest.fixture(scope="module")
def published(house: House, report: Made) -> Published:
    """Northmere's annual report for the public, and the same with nothing withheld."""
    folder = Path(house.settings.home) / report.release.folder
    files = {file.name: (folder / file.name).read_bytes() for file in report.draft.files}
    free = Desk(house.settings, report.computed)
    Press(free, free.report()).page()
    everything = _rows(free.ledger.to_csv())
    truth: dict[Name, int] = read(everything, {}, method()).numbers
    rows = _rows(files["ledger.csv"].decode())
    return Published(read(rows, truth, method()), truth, files, rows, everything)


def _protected(name: Name) -> bool:
    *_, about = name
    told = dict(about)  # type: ignore[call-overload]
    return told.get("procedure") in SENSITIVE or WHO in told


def test_there_is_something_to_find(published: Published) -> None:
    hidden = published.sums.hidden
    small = {n for n in hidden if 0 < published.truth.get(n, 0) < BELOW}
    assert len(small) >= BELOW
    assert hidden - small
    assert sum(row["display"] == HIDDEN for row in published.rows) > len(hidden)


def _worked_out(sums: Sums, truth: Mapping[Name, int]) -> list[str]:
    """The hidden small numbers of which some small value can be ruled out."""
    found = []
    for name in sorted(sums.hidden, key=str):
        if 0 < truth.get(name, 0) < BELOW and _protected(name):
            cannot = [value for value in range(1, BELOW) if not sums.can_be(name, value)]
            found += [f"{name} is {truth[name]} and cannot be {cannot}"] if cannot else []
    return found


def test_no_small_number_can_be_told_from_any_other(published: Published) -> None:
    """Of each hidden small number any of one to four must be possible."""
    assert _worked_out(published.sums, published.truth) == []


def test_small_numbers_withheld_alone_are_worked_out(published: Published) -> None:
    """The same reader finds most of them where nothing covers for them, or would prove nothing."""
    of = method()
    naive = [
        {**row, "display": HIDDEN, "count": "", "base": "", "value": ""}
        if any(
            name and 0 < published.truth.get(name, 0) < BELOW and _protected(name)
            for name in (of.counted(row), of.of(row))
        )
        else row
        for row in published.free
    ]
    assert len(_worked_out(read(naive, published.truth, of), published.truth)) > BELOW


def test_no_number_that_covers_for_one_is_known_too_well(published: Published) -> None:
    """What was withheld for another's sake may still be any of four numbers."""
    sums, found = published.sums, []
    for name in sorted(sums.hidden, key=str):
        true = published.truth.get(name)
        if true is None or 0 < true < BELOW:
            continue
        near = range(max(0, true - 3 * BELOW), true + 3 * BELOW)
        values = [v for v in near if sums.can_be(name, v)]
        assert true in values, f"{name}: what was printed contradicts the truth"
        if len(values) < BELOW - 1:
            found.append(f"{name} is {true} and one of {values}")
    assert not found


def test_every_sum_that_was_written_down_is_true(published: Published) -> None:
    """A reader who believed in a sum that does not hold would find nothing out."""
    truth = published.truth | published.sums.numbers
    for terms, low, high in published.sums.rows:
        if all(name in truth for name in terms):
            total = sum(times * truth[name] for name, times in terms.items())
            assert low - 1e-6 <= total <= high + 1e-6, terms


@pytest.mark.gate
def test_asked_again_the_same_is_withheld(house: House, report: Made) -> None:
    """The report's own release is an earlier one by then, and changes nothing of the choice."""
    assert house.make("northmere", "annual_report", "2023-24").release == report.release
