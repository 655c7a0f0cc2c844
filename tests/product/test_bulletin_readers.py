"""Each reader of Northmere's bulletins gets their own cases, every one of them and no other."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from candour.kpi import Fact
from candour.readership import Reader, ScopeKind, readers_of
from tasks.bulletins import bulletin_files, readers_of_files
from tasks.desk import Desk
from tasks.store import Store

if TYPE_CHECKING:
    from tests.conftest import House, Made

REFERENCE = re.compile(rb"NM/20\d\d/\d{5}")


@pytest.fixture(scope="module")
def desk(house: House, bulletin: Made) -> Desk:
    return Desk(house.settings, bulletin.computed)


@pytest.fixture(scope="module")
def files(house: House, bulletin: Made) -> dict[str, bytes]:
    store, folder = Store(house.settings.home), bulletin.release.folder
    return {name.rpartition("/")[2]: store.read(name) for name in store.names(folder)}


def every_byte(name: str, content: bytes) -> bytes:
    """A file opened down to its parts: a mail's, and a workbook's within it."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"".join(package.read(part) for part in package.namelist())
    if name.endswith(".eml"):
        parts = message_from_bytes(content, policy=default).walk()
        leaves = [part for part in parts if not part.is_multipart()]
        return b"".join(
            every_byte(part.get_filename() or "", part.get_payload(decode=True)) for part in leaves
        )
    return content


def own(desk: Desk, reader: Reader) -> tuple[set[bytes], set[bytes]]:
    """The references of what a reader's services have open, and of what moved there."""
    found = []
    for fact, column in ((Fact.OUTSTANDING, "on"), (Fact.MOVEMENTS, "seen_on")):
        rows = desk.facts[fact]
        here = rows[column] == pd.Timestamp("2024-04-02")
        if reader.scope.kind is not ScopeKind.COUNCIL:
            here &= rows[reader.scope.kind.value] == reader.scope.value
        found.append({reference.encode() for reference in rows.loc[here, "case_ref"]})
    return found[0], found[1]


def test_managers_directors_and_the_complaints_manager_get_one_each(desk: Desk) -> None:
    kinds = [reader.scope.kind.value for reader in readers_of(desk.council)]
    assert kinds == ["manager"] * 12 + ["directorate"] * 5 + ["council"]


def test_no_byte_of_a_readers_files_names_a_case_that_is_not_theirs(
    desk: Desk, files: dict[str, bytes]
) -> None:
    whose = readers_of_files(desk)
    for reader in readers_of(desk.council):
        outstanding, moved = own(desk, reader)
        named = {
            name: set(REFERENCE.findall(every_byte(name, content)))
            for name, content in files.items()
            if whose.get(name) == reader.key
        }
        assert len(named) == (4 if outstanding else 3)
        for name, references in named.items():
            assert references <= outstanding | moved, name
        if outstanding:
            assert named[f"bulletin-{reader.key}.xlsx"] == outstanding | moved
            assert named[f"bulletin-{reader.key}.eml"] == outstanding | moved


def test_a_manager_finds_every_open_case_in_page_and_text(
    desk: Desk, files: dict[str, bytes]
) -> None:
    for reader in readers_of(desk.council):
        if reader.scope.kind is ScopeKind.MANAGER:
            outstanding, _ = own(desk, reader)
            for kind in ("html", "txt"):
                named = REFERENCE.findall(files[f"bulletin-{reader.key}.{kind}"])
                assert set(named) == outstanding


def test_every_file_but_the_ledger_is_somebodys(desk: Desk, files: dict[str, bytes]) -> None:
    whose = readers_of_files(desk)
    bulletins = {name for name in files if name.startswith("bulletin-")}
    assert bulletins <= set(whose)
    assert {whose[name] for name in bulletins} == {r.key for r in readers_of(desk.council)}


def test_nobody_who_complains_and_nothing_they_wrote_is_in_a_bulletin(
    files: dict[str, bytes],
) -> None:
    for name, content in files.items():
        whole = every_byte(name, content)
        assert b"@mail.invalid" not in whole, name
        assert b"Northmere, ZZ99" not in whole, name
        assert b"0151 496" not in whole, name


def test_a_reader_with_nothing_is_not_mailed_where_the_council_says_so(desk: Desk) -> None:
    profile = desk.council.profile
    skipping = profile.bulletins.model_copy(update={"when_nothing": "skipped"})
    quiet = Desk(desk.settings, desk.computed)
    profile = profile.model_copy(update={"bulletins": skipping})
    quiet.council = replace(quiet.council, profile=profile)
    made = bulletin_files(quiet)
    assert "bulletin-p_ashdown.eml" not in made
    assert "bulletin-p_ashdown.html" in made
    assert "bulletin-p_osei.eml" in made
