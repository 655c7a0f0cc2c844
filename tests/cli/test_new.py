"""A folder is drafted from exports: it can be read, drops what is personal and replaces nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from candour.council import read_council
from candour.declarations import read_declaration
from candour.taxonomy import Services
from tasks.cli.drafting.merging import merged
from tasks.cli.drafting.naming import frame_of, named

from .conftest import PROJECT, Answer, Dunmere, Typist

INBOX = PROJECT / "data/exports/northmere"
FILES = (
    "complaints_full_20240304.csv", "complaints_changes_20240311.csv", "contacts_full_20240408.csv",
    "compliments_20240408.csv", "ombudsman_20240408.csv", "learning_20240408.xlsx",
)  # fmt: skip


@pytest.fixture(scope="module")
def into(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("councils")


@pytest.fixture(scope="module")
def drafted(into: Path, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    typist = Typist(tmp_path_factory.mktemp("home"))
    files = [str(INBOX / name) for name in FILES]
    return typist("new", "newmere", *files, "--into", str(into))


@pytest.fixture(scope="module")
def texts(drafted: Answer, into: Path) -> dict[str, str]:
    assert drafted.code == 0, drafted.err
    return {path.name: path.read_text("utf-8") for path in (into / "newmere").iterdir()}


def test_the_folder_can_be_read_as_it_stands(texts: dict[str, str]) -> None:
    council = read_council("newmere", texts)
    assert {name: export.fills for name, export in council.exports.items()} == {
        "complaints": "steps",
        "contacts": "contacts",
        "compliments": "compliments",
        "ombudsman": "decisions",
        "learning": "learning",
    }
    assert council.name == "Newmere Council"
    assert {n for p in council.procedures.values() for n in p.stages} == {1, 2, 3}


def test_files_with_the_same_headings_are_one_export(texts: dict[str, str]) -> None:
    export = read_council("newmere", texts).exports["complaints"]
    assert [(file.name, file.holds.value) for file in export.files] == [
        ("complaints_full_{date}.csv", "everything"),
        ("complaints_changes_{date}.csv", "changes"),
    ]


def test_columns_that_look_personal_are_dropped_and_said_to_be(
    texts: dict[str, str], drafted: Answer
) -> None:
    export = read_council("newmere", texts).exports["complaints"]
    assert set(export.personal) == {
        "Customer Name", "Customer Address", "Customer Email", "Customer Phone", "DOB",
        "Details of Complaint",
    }  # fmt: skip
    assert any(line.startswith("Personal, never read: Customer Name") for line in drafted.lines)
    everything = "".join(texts.values()) + drafted.out + drafted.err
    for person in ("Haythorn", "Birtwistle", "mail.invalid", "Bramble Way"):
        assert person not in everything


def test_history_begins_with_the_first_whole_month(texts: dict[str, str]) -> None:
    # The earliest case came on Monday 22 November 2021; older ones are in another system's file.
    assert read_council("newmere", texts).profile.history_from == dt.date(2021, 12, 1)


def test_every_report_it_proposes_is_one_there_is(texts: dict[str, str]) -> None:
    for report, choice in read_council("newmere", texts).profile.reports.items():
        assert (PROJECT / f"templates/reports/{choice.form or report}.yaml").exists()


def test_history_begins_a_month_later_where_a_month_may_be_cut(dunmere: Dunmere) -> None:
    path = dunmere.export([{"Ref": "A", "Received": "2024-03-05", "Answered": "2024-03-20"}])
    answer = dunmere.candour("new", "other", str(path), "--into", str(dunmere.root / "councils"))
    assert answer.code == 0, answer.err
    text = (dunmere.root / "councils/other/council.yaml").read_text("utf-8")
    assert "history_from: 2024-04-01" in text


def test_it_says_what_to_do_next(drafted: Answer, into: Path) -> None:
    assert "5. candour check newmere, until nothing needs attention." in drafted.lines
    assert f"Candour finds it once CANDOUR_COUNCILS names {into}." in drafted.lines


def test_the_inbox_is_where_the_files_are(texts: dict[str, str]) -> None:
    assert read_council("newmere", texts).profile.inbox.url == "data/exports/northmere"


def test_the_draft_checks_its_own_files(drafted: Answer, into: Path, dunmere: Dunmere) -> None:
    path = dunmere.export([
        {"Ref": f"A{n}", "Received": f"2024-03-0{n}", "Answered": f"2024-03-2{n}",
         "Outcome": "Upheld", "Acknowledged": f"2024-03-0{n}"}
        for n in (1, 4, 5)
    ])  # fmt: skip
    councils = str(dunmere.root / "councils")
    assert dunmere.candour("new", "other", str(path), "--into", councils).code == 0
    answer = dunmere.candour("check", "other", "--json")
    assert answer.json["critical"] == []
    assert [(f["loaded"], f["quarantined"]) for f in answer.json["files"]] == [(3, 0)]


def test_a_folder_that_is_there_is_left_as_it_is(texts: dict[str, str], into: Path) -> None:
    typist = Typist(into / "home")
    again = typist("new", "newmere", str(INBOX / FILES[0]), "--into", str(into))
    assert again.code == 2
    assert "is there already and is left as it is." in again.err
    sample = typist("new", "northmere", str(INBOX / FILES[0]))
    assert sample.code == 2
    assert {p.name: p.read_text("utf-8") for p in (into / "newmere").iterdir()} == texts


@pytest.mark.parametrize("name", ["North Shire", "1shire", "../shire", "Shire"])
def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    answer = Typist(tmp_path)("new", name, str(INBOX / FILES[0]), "--into", str(tmp_path))
    assert answer.code == 2
    assert "such as north_shire" in answer.err
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    letter = tmp_path / "complaints.pdf"
    letter.write_bytes(b"%PDF-1.7")
    answer = Typist(tmp_path / "home")("new", "shire", str(letter), "--into", str(tmp_path))
    assert answer.code == 3
    assert answer.err.startswith("complaints.pdf: ")
    assert not (tmp_path / "shire").exists()


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    answer = Typist(tmp_path)("new", "shire", str(tmp_path / "nothing.csv"))
    assert answer.code == 2
    assert "does not exist" in answer.err


@pytest.mark.parametrize(
    ("file", "pattern", "form", "holds"),
    [
        ("complaints_full_20240304.csv", "complaints_full_{date}.csv", "%Y%m%d", "everything"),
        ("Changes 2024-03-04.xlsx", "Changes {date}.xlsx", "%Y-%m-%d", "changes"),
        ("cwynion_02-04-2024.csv", "cwynion_{date}.csv", "%d-%m-%Y", "everything"),
        ("cases 04032024.csv", "cases {date}.csv", "%d%m%Y", "everything"),
        ("case 20249999.csv", "case 20249999.csv", None, "everything"),
        ("export.csv", "export.csv", None, "everything"),
    ],
)
def test_the_day_in_a_file_name_is_found(
    file: str, pattern: str, form: str | None, holds: str
) -> None:
    found = named(file)
    assert (found.pattern, found.date_in_name, found.holds) == (pattern, form, holds)


@pytest.mark.parametrize(
    ("file", "frame"),
    [
        ("Complaints Q4.csv", "steps"),
        ("compliments.csv", "compliments"),
        ("cwynion.xlsx", "steps"),
        ("LGSCO decisions.csv", "decisions"),
        ("lessons learnt.xlsx", "learning"),
        ("enquiries.csv", "contacts"),
        ("export 7.csv", None),
    ],
)
def test_a_file_name_may_say_what_it_holds(file: str, frame: str | None) -> None:
    assert frame_of(file) == frame


def _services(text: str) -> Services:
    return read_declaration(Services, text, "services.yaml")


def test_services_of_several_files_are_listed_once() -> None:
    complaints = _services("""
directorates:
  place: {name: Place, services: {bins: {name: Bins, teams: {north: {name: North}}}}}
channels: {phone: {name: Telephone}}
""")
    contacts = _services("""
directorates:
  place: {name: Place, services: {bins: {name: BINS, teams: {south: {name: South}}},
                                  roads: {name: Roads}}}
  people: {name: People, services: {bins: {name: Care bins}}}
channels: {telephone: {name: telephone}, web: {name: Web}}
""")
    nothing = _services("directorates: {council: {name: Council, services: {all: {name: All}}}}")
    found = merged([complaints, contacts, nothing])
    place, people = found.directorates["place"], found.directorates["people"]
    assert [*found.directorates] == ["place", "people"]
    assert {i: s.name for i, s in place.services.items()} == {"bins": "Bins", "roads": "Roads"}
    assert [*place.services["bins"].teams] == ["north", "south"]
    assert {i: s.name for i, s in people.services.items()} == {"bins_2": "Care bins"}
    assert {i: t.name for i, t in found.channels.items()} == {"phone": "Telephone", "web": "Web"}


def test_with_nothing_else_to_go_by_the_placeholder_stays() -> None:
    nothing = _services("directorates: {council: {name: Council, services: {all: {name: All}}}}")
    assert [*merged([nothing, nothing]).directorates] == ["council"]
