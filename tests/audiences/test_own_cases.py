"""Each reader is given the cases they answer for, and not one reference of anybody else's."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.audiences.conftest import PEOPLE, Cases
from tests.audiences.opening import REFERENCE, references_in, texts_of

if TYPE_CHECKING:
    from tests.conftest import House, Made

TEAM = "complaints_team"
MANAGERS = (
    "p_osei", "p_lindqvist", "p_whitlock", "p_farouk", "p_delacroix", "p_ashdown", "p_mbeki",
    "p_kavanagh", "p_okafor", "p_singh", "p_tremaine", "p_ellery",
)  # fmt: skip
DIRECTORS = (
    "p_amadi-place_and_environment", "p_lyle-homes_and_communities", "p_kader-adults_and_health",
    "p_wrona-children_and_families", "p_marlowe-resources",
)  # fmt: skip
CORPORATE = "p_hale-council"
MARCH = (dt.date(2024, 3, 1), dt.date(2024, 3, 31))

Given = Mapping[str, Mapping[str, bytes]]
Files = Callable[[str], Mapping[str, bytes]]


def _given(house: House, made: Made) -> Given:
    """The files of a release by whose they are; those of the whole audience under nobody."""
    folder = Path(house.settings.home) / made.release.folder
    found: dict[str, dict[str, bytes]] = {}
    for file in made.draft.files:
        found.setdefault(file.reader, {})[file.name] = (folder / file.name).read_bytes()
    return found


@pytest.fixture(scope="module")
def of_pack(house: House, pack: Made) -> Given:
    return _given(house, pack)


def _listed(content: bytes, sheet: str) -> list[str]:
    """The references of a sheet, in order, as whoever filters it finds them."""
    rows = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [str(row[0]) for row in rows if REFERENCE.fullmatch(str(row[0]))]


def _answered(row: Mapping[str, str]) -> bool:
    day = row["Response Sent"][:10]
    if len(day) != len("31/03/2024"):
        return False
    try:
        sent = dt.datetime.strptime(day, "%d/%m/%Y").date()  # noqa: DTZ007  - a day has no zone
    except ValueError:
        return False
    return MARCH[0] <= sent <= MARCH[1]


def test_every_reader_has_a_list_of_their_own(of_pack: Given) -> None:
    assert set(of_pack) == {"", *MANAGERS, *DIRECTORS, CORPORATE, TEAM}
    for reader in set(of_pack) - {""}:
        assert len(of_pack[reader]) == 1


def test_what_all_managers_are_given_names_no_case(of_pack: Given, cases: Cases) -> None:
    """The workbook with all its parts, the page, the PDF and the ledger."""
    assert {name.rpartition(".")[2] for name in of_pack[""]} == {"csv", "html", "pdf", "xlsx"}
    for name, content in of_pack[""].items():
        said = texts_of(content)
        assert not REFERENCE.findall(said), name
        assert "NM/20" not in said, name


@pytest.mark.parametrize("reader", [*MANAGERS, *DIRECTORS, CORPORATE])
def test_a_case_list_is_of_the_readers_cases_alone(
    reader: str, of_pack: Given, pack_cases: Cases
) -> None:
    own = pack_cases.of(reader)
    (content,) = of_pack[reader].values()
    assert references_in(content) <= {row["Ref"] for row in own}
    answered = sorted(row["Ref"] for row in own if _answered(row))
    assert sorted(_listed(content, "Cases answered")) == answered


def test_the_managers_between_them_miss_no_case(of_pack: Given, cases: Cases) -> None:
    """What the team sees and no manager does belongs to no service that has a manager."""
    (whole,) = of_pack[TEAM].values()
    (corporate,) = of_pack[CORPORATE].values()
    for sheet in ("Outstanding cases", "Cases answered"):
        assert _listed(whole, sheet) == _listed(corporate, sheet)
        told = {
            reference
            for manager in MANAGERS
            for reference in _listed(next(iter(of_pack[manager].values())), sheet)
        }
        missed = set(_listed(whole, sheet)) - told
        managed = {row["Ref"] for manager in MANAGERS for row in cases.of(manager)}
        assert not missed & managed


def test_only_the_team_is_told_which_cases_break_a_rule(of_pack: Given) -> None:
    (content,) = of_pack[TEAM].values()
    sheets = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert {"Quality findings", "Quality rows set aside", "Quality vanished cases"} <= set(sheets)
    assert _listed(content, "Quality vanished cases")
    for reader in {*MANAGERS, *DIRECTORS, CORPORATE}:
        (own,) = of_pack[reader].values()
        assert not [s for s in openpyxl.load_workbook(io.BytesIO(own)).sheetnames if "Quality" in s]


def test_nobody_elses_name_is_on_a_list(of_pack: Given) -> None:
    """A list says whose it is; a manager's names no other manager."""
    for manager in MANAGERS:
        said = texts_of(next(iter(of_pack[manager].values())))
        assert PEOPLE[manager]["name"] in said
        assert not [m for m in MANAGERS if m != manager and PEOPLE[m]["name"] in said]


@pytest.mark.parametrize("manager", MANAGERS)
def test_a_bulletin_tells_of_no_case_of_anybody_else(
    manager: str, house: House, bulletin: Made, cases: Cases
) -> None:
    """Mail, page, text and workbook, attachments unpacked."""
    folder = Path(house.settings.home) / bulletin.release.folder
    own = {row["Ref"] for row in cases.of(manager)}
    files = [p for p in folder.iterdir() if p.name.split(".")[0] == f"bulletin-{manager}"]
    assert {path.suffix for path in files} >= {".eml", ".html", ".txt"}
    for path in files:
        assert references_in(path.read_bytes()) <= own, path.name
