"""Each group finds what is theirs, every version of it, and nothing of anybody else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from candour.errors import CandourError
from candour.portal import Kept
from tasks.portal import folders_of
from tests.portal.conftest import MANAGERS, Shelved

TEAM = "complaints_team"


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def links(page: str) -> list[str]:
    """Where a page leads, itself left out."""
    return [found for found in _Links(page).found if not found.startswith("#")]


def plain(page: str) -> str:
    """The words of a page on one line."""
    body = page.partition("<body")[2].partition("<script>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_a_reader_is_given_their_own_files_and_the_shared_ones(stocked: Shelved) -> None:
    given = stocked.bytes_of("managers/p_osei")
    assert set(given) == {
        "index.html",
        "weekly_bulletin/2024-W14/v1/bulletin-p_osei.html",
        "weekly_bulletin/2024-W14/v1/bulletin-p_osei.xlsx",
        "monthly_pack/2024-03/v1/northmere-monthly-pack-2024-03.xlsx",
        "monthly_pack/2024-03/v1/northmere-case-list-p_osei.xlsx",
        "monthly_pack/2024-03/v2/northmere-monthly-pack-2024-03.xlsx",
        "monthly_pack/2024-03/v2/northmere-case-list-p_osei.xlsx",
    }
    assert given["monthly_pack/2024-03/v2/northmere-monthly-pack-2024-03.xlsx"] == b"pack two"


def test_nothing_of_anybody_else_is_in_a_readers_folder(stocked: Shelved) -> None:
    """Neither their references and names nor the keys their files are called by."""
    for name, content in stocked.bytes_of("managers/p_osei").items():
        said = f"{name} {content.decode()}"
        assert not set(re.findall(r"NM/\d{4}/\d{5}", said)) - {"NM/2024/00001"}, name
        assert not re.search(r"p_(?!osei)[a-z]+|Singh|71|complaints_team", said), name


def test_the_public_is_given_what_was_made_for_it(stocked: Shelved) -> None:
    assert set(stocked.bytes_of("public")) == {
        "index.html",
        "annual_report/2023-24/v1/northmere-annual-report-2023-24.pdf",
        "annual_report/2023-24/v1/ledger.csv",
    }
    assert not any(b"Hale" in content for content in stocked.bytes_of("public").values())
    page = plain(stocked.page("public"))
    assert "1,378 complaints were received." in page
    assert "Official" not in page
    assert "Bronwen Hale" not in page


def test_the_team_holds_everything(stocked: Shelved) -> None:
    home = Path(stocked.settings.home)
    released = {path.read_bytes() for path in (home / "releases").rglob("*") if path.is_file()}
    assert released <= set(stocked.bytes_of(TEAM).values())


@pytest.mark.parametrize("folder", ["public", "managers/p_osei", "managers/p_hale-council", TEAM])
def test_no_link_is_dead_and_none_leads_outside(stocked: Shelved, folder: str) -> None:
    pages = sorted((stocked.root / folder).rglob("index.html"))
    for page in pages:
        for link in links(page.read_text("utf-8")):
            assert ":" not in link
            assert (page.parent / unquote(link)).is_file(), link
    assert folder != TEAM or len(pages) > 1


def test_every_copy_is_led_to(stocked: Shelved) -> None:
    for folder in ("public", "managers/p_osei", TEAM):
        above, led = stocked.root / folder, set()
        for page in above.rglob("index.html"):
            led |= {(page.parent / unquote(link)).resolve() for link in links(page.read_text())}
        copies = {path.resolve() for path in above.rglob("*") if path.name != "index.html"}
        assert {path for path in copies if path.is_file()} <= led


def test_a_manager_reads_first_what_needs_them(stocked: Shelved) -> None:
    page = plain(stocked.page("managers/p_osei"))
    assert "What needs you now" in page
    assert "on the morning of 1 April 2024" in page
    for words in ("overdue 8", "due in the next five working days 6", "outstanding in all 26"):
        assert words in page
    assert page.index("overdue 8") < page.index("Complaints performance pack")
    assert "Your cases (Excel, 33 KB)" in page


def test_a_manager_with_nothing_outstanding_is_told_so(stocked: Shelved) -> None:
    page = plain(stocked.page("managers/p_ellery"))
    assert "Nothing needs you now" in page
    assert "No complaint of yours was outstanding on the morning of 1 April 2024." in page


def test_a_manager_without_a_bulletin_is_told_nothing_of_one(stocked: Shelved) -> None:
    assert "needs you now" not in stocked.page("managers/p_mbeki")


def test_a_correction_says_why_and_leads_to_what_it_replaces(stocked: Shelved) -> None:
    page = plain(stocked.page("managers/p_osei"))
    assert "Complaints performance pack, March 2024" in page
    assert (
        "Version 2, released on 1 July 2024, approved by Bronwen Hale, Complaints manager" in page
    )
    assert "Why it was corrected: Two cases were logged late" in page
    assert "Superseded by version 2." in page
    assert "monthly_pack/2024-03/v1/" in stocked.page("managers/p_osei")


def test_the_newest_of_each_report_stand_first(stocked: Shelved) -> None:
    pack = {"pack.xlsx": ("", b"pack")}
    stocked.release("monthly_pack", "2024-02", "managers", pack, at="2024-06-29T09:00:00+00:00")
    stocked.publish()
    titles = re.findall(r"<h3>(.*?)</h3>", stocked.page(TEAM))
    assert titles == [
        "Complaints performance pack, March 2024",
        "Complaints, compliments and learning, 2023-24",
        "Bulletin of outstanding complaints, week beginning 1 April 2024",
        "Complaints performance pack, February 2024",
    ]


def test_the_same_releases_make_the_same_bytes_and_write_nothing(stocked: Shelved) -> None:
    def state() -> dict[Path, tuple[int, bytes]]:
        files = [path for path in stocked.root.rglob("*") if path.is_file()]
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    stocked.publish()
    assert state() == before


def test_a_page_is_small(stocked: Shelved) -> None:
    for page in stocked.root.rglob("index.html"):
        assert page.stat().st_size < 40 * 1024, page


def test_what_no_longer_belongs_is_taken_away(stocked: Shelved) -> None:
    stray = stocked.root / "managers/p_left/index.html"
    stray.parent.mkdir()
    stray.write_text("Somebody who left.")
    stocked.publish()
    assert not stray.exists()


def test_a_changed_copy_is_put_right_again(stocked: Shelved) -> None:
    copy = stocked.root / "public/annual_report/2023-24/v1/northmere-annual-report-2023-24.pdf"
    copy.write_bytes(b"%PDF changed")
    stocked.publish()
    assert copy.read_bytes() == b"%PDF"


def test_a_release_that_was_altered_is_not_handed_on(shelved: Shelved) -> None:
    folder = shelved.release("annual_report", "2023-24", "public", {"a.pdf": ("", b"%PDF")})
    (folder / "a.pdf").write_bytes(b"%PDF other")
    with pytest.raises(CandourError, match="is not what was released"):
        shelved.publish()
    assert not shelved.root.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"profile": MANAGERS},
        {"profile": {"name": "The public", "sees": "counts", "marking": "Official-Sensitive"}},
        {"profile": {}},
        {"audience": "managers"},
    ],
)
def test_an_internal_profile_is_refused_to_the_public(
    stocked: Shelved, told: dict[str, object]
) -> None:
    stocked.release("annual_report", "2022-23", "public", {"a.pdf": ("", b"inside")}, **told)
    with pytest.raises(CandourError, match=r"annual_report 2022-23 is not on the page for the pub"):
        stocked.publish()
    assert b"inside" not in stocked.bytes_of("public").values()
    assert "2022-23" not in stocked.page("public")
    assert "2022-23" in stocked.page(TEAM)


def test_a_public_release_with_a_readers_own_file_is_refused(stocked: Shelved) -> None:
    own = {"a.pdf": ("", b"%PDF"), "list.xlsx": ("p_osei", b"NM/2024/00001")}
    stocked.release("annual_report", "2022-23", "public", own)
    with pytest.raises(CandourError, match="made for readers inside the council"):
        stocked.publish()


def test_a_release_made_when_managers_saw_every_case_is_for_the_team_alone(
    stocked: Shelved,
) -> None:
    wide = {**MANAGERS, "sees": "cases"}
    files = {"cases.xlsx": ("", b"NM/2024/00009")}
    stocked.release("monthly_pack", "2024-01", "managers", files, profile=wide)
    stocked.publish()
    assert b"NM/2024/00009" not in stocked.bytes_of("managers/p_osei").values()
    assert "January 2024" in stocked.page(TEAM)


def test_what_was_accepted_is_told_inside_and_by_whom(shelved: Shelved) -> None:
    excepted = [{"code": "C-7", "what": "Parts make 12 of 13.", "why": "Known to be late."}]
    files = {"pack.xlsx": ("", b"pack")}
    shelved.release("monthly_pack", "2024-03", "managers", files, exceptions=excepted)
    shelved.publish()
    page = plain(shelved.page("managers/p_osei"))
    assert (
        "Parts make 12 of 13. Accepted by Bronwen Hale, Complaints manager: Known to be late."
        in page
    )


def test_a_director_is_named_with_what_they_read_of(stocked: Shelved) -> None:
    assert "For Patience Amadi, Place and Environment" in stocked.page(
        "managers/p_amadi-place_and_environment"
    )
    assert "Bronwen Hale, all services" in stocked.page(TEAM)


def test_where_nothing_was_released_nothing_is_made(shelved: Shelved) -> None:
    assert shelved.publish() == []


def test_the_folders_of_an_audience_are_those_its_readers_are_given(stocked: Shelved) -> None:
    assert folders_of(stocked.settings, "northmere", "public") == ["portal/northmere/public"]
    found = folders_of(stocked.settings, "northmere", "managers")
    assert "portal/northmere/managers/p_osei" in found
    assert all(folder.count("/") == 3 for folder in found)
    assert len(found) == 18


@pytest.mark.parametrize(
    ("size", "told"),
    [(1, "1 KB"), (33_800, "33 KB"), (1_047_000, "1022 KB"), (1_048_576, "1.0 MB"),
     (2_500_000, "2.4 MB")],
)  # fmt: skip
def test_a_size_is_told_as_people_read_it(size: int, told: str) -> None:
    assert Kept("a.xlsx", "Tables and charts", "Excel", size).about == f"Excel, {told}"
