"""Ten managers, their directors and the public: all that each is given, looked through whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.distribute import distribute
from tasks.mail_sink import sink
from tests.audiences.conftest import PEOPLE, Cases
from tests.audiences.opening import REFERENCE, references_in, texts_of
from tests.audiences.test_own_cases import CORPORATE, DIRECTORS, MANAGERS
from tests.conftest import RELEASED_AT, settings_at

if TYPE_CHECKING:
    from tests.conftest import House, Made


@dataclass(frozen=True)
class GivenOut:
    """Where mails and folders were put."""

    mails: Path
    portal: Path

    def to(self, reader: str) -> Mapping[str, bytes]:
        """Every file that reached a reader: by mail, and in the folder that is theirs."""
        address = PEOPLE[reader.partition("-")[0]]["email"]
        found = [*self.mails.glob(f"{address}*.eml")]
        found += [p for p in (self.portal / "managers" / reader).rglob("*") if p.is_file()]
        return {str(path): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def given_out(
    house: House,
    pack: Made,
    bulletin: Made,
    report: Made,
    tmp_path_factory: pytest.TempPathFactory,
) -> GivenOut:
    """Northmere's releases distributed to a real mail server and a portal, in a home of its own."""
    home = tmp_path_factory.mktemp("given") / "var"
    shutil.copytree(house.settings.home, home)
    mails = home.parent / "mails"
    with sink(mails) as address:
        at = replace(settings_at(home), smtp=address)
        for made in (pack, bulletin, report):
            distribute(at, made.release, now=RELEASED_AT)
    return GivenOut(mails, home / "portal/northmere")


@pytest.mark.parametrize("reader", [*MANAGERS, *DIRECTORS, CORPORATE])
def test_a_reader_is_given_no_case_of_anybody_else(
    reader: str, given_out: GivenOut, cases: Cases
) -> None:
    """Mails with their attachments unpacked, the case list, and every page and file of a folder."""
    given = given_out.to(reader)
    assert [name for name in given if name.endswith(".eml")]
    assert [name for name in given if name.endswith("index.html")]
    assert [name for name in given if "case-list" in name]
    own = {row["Ref"] for row in cases.of(reader)}
    told = {name: references_in(content) for name, content in given.items()}
    assert not {name: found - own for name, found in told.items() if found - own}
    assert own & set().union(*told.values()) or reader in {"p_ashdown", "p_ellery"}


def test_no_folder_is_anybody_elses(given_out: GivenOut) -> None:
    """There is a folder for each reader and each audience, and nothing beside them."""
    readers = {path.name for path in (given_out.portal / "managers").iterdir()}
    assert readers == {*MANAGERS, *DIRECTORS, CORPORATE}


def test_the_public_folder_names_no_case_and_no_officer(given_out: GivenOut) -> None:
    """The page, the report in every form, the ledger and the manifest, if it is there."""
    files = [path for path in (given_out.portal / "public").rglob("*") if path.is_file()]
    assert {".html", ".pdf", ".docx", ".xlsx"} <= {path.suffix for path in files}
    for path in files:
        said = texts_of(path.read_bytes())
        assert not REFERENCE.findall(said), path.name
        assert "Official-Sensitive" not in said, path.name
        assert not [p for p in PEOPLE.values() if p["name"] in said], path.name
        assert not [p for p in PEOPLE.values() if p.get("email", "no@body") in said], path.name
