"""The demonstration's own pack passes, and the same pack with one thing wrong does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from candour.gate import Draft, Policy, examine, told

if TYPE_CHECKING:
    from tests.conftest import House


@pytest.fixture(scope="session")
def real(house: House) -> Draft:
    """Northmere's monthly pack for March 2024 with all its files."""
    desk = house.desk("northmere", "monthly_pack", "2024-03")
    report = desk.report()
    files, _ = desk.files(report)
    written = f"councils/northmere/commentary/{report.period.key}"
    return Draft(
        report=report,
        ledger=desk.ledger,
        kpis=desk.kpis,
        files=files,
        commentary={
            f"{written}/{path.rpartition('/')[2]}": words
            for path, words in desk.council.commentary.items()
        },
        templates={
            path: words
            for path, words in desk.templates.items()
            if path.startswith(("narrative/monthly", "narrative/sentences", "narrative/parts"))
        },
        procedures=desk.council.procedures,
        policy=Policy(sees_cases=True),
        measures=desk.measures,
        slices=tuple(desk.slices()),
        facts=desk.facts,
    )


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
