"""The demonstration's own pack passes, and the same pack with one thing wrong does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from candour.gate import examine, told
from tasks.examining import draft_of
from tasks.press import Press

if TYPE_CHECKING:
    from candour.gate import Draft
    from tests.conftest import House


@pytest.fixture(scope="session")
def real(house: House) -> Draft:
    """Northmere's monthly pack for March 2024 with all its files."""
    desk = house.desk("northmere", "monthly_pack", "2024-03")
    report = desk.report()
    return draft_of(desk, report, Press(desk, report).files())


def test_nothing_is_said_of_the_demonstrations_pack(real: Draft) -> None:
    assert told(examine(real)) == (
        "Nothing was found: everything that must hold of this draft holds."
    )


def test_a_number_changed_in_its_page_is_found(real: Draft) -> None:
    name = next(name for name in real.files if name.endswith(".html"))
    figure = next(f for f in real.ledger if f.key == "complaints_received|2024-03")
    page = real.files[name].decode()
    mark = f'data-figure="{figure.key}">{figure.display}</data>'
    assert mark in page
    changed = page.replace(mark, mark.replace(f">{figure.display}<", ">999<"), 1)
    found = examine(replace(real, files={name: changed.encode()}))
    assert {(f.code, f.printed, f.counted) for f in found} == {("G01", "999", figure.display)}
