"""The portal in a real browser, opened from a folder: filters, search, and scripts switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.conftest import settings_at
from tests.gates.conftest import program
from tests.portal.conftest import Shelved, ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.gate

WIDE, NARROW = 1280, 320
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
TEAM = "complaints_team"
FOLDERS = ("public", "managers/p_osei", "managers/p_ellery", TEAM)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; Playwright only drives it."""
    chromium = program("chromium", "chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of packs, one of them corrected, bulletins, and a report for the public."""
    shelved = Shelved(settings_at(tmp_path_factory.mktemp("portal")))
    for year, month in ((2023, 3), (2023, 4), (2024, 2), (2024, 3)):
        shelved.release(
            "monthly_pack",
            f"{year}-{month:02}",
            "managers",
            {"pack.xlsx": ("", b"pack"), "narrative.html": ("", b"page")},
            headlines=[f"Received: as many as in any {'spring' if month > 2 else 'winter'}."],
        )
    shelved.release(
        "monthly_pack",
        "2024-03",
        "managers",
        {"pack.xlsx": ("", b"pack two"), "narrative.html": ("", b"page")},
        version=2,
        reason="Two cases were logged late",
    )
    counted = [("overdue_steps", "p_osei", "8"), ("open_steps", "p_osei", "26")]
    shelved.release(
        "weekly_bulletin",
        "2024-W14",
        "managers",
        {
            "ledger.csv": ("", ledger(*counted, ("open_steps", "", "164"))),
            "bulletin-p_osei.html": ("p_osei", b"page"),
            "bulletin-p_osei.xlsx": ("p_osei", b"cases"),
            "bulletin-p_ellery.html": ("p_ellery", b"nothing"),
        },
    )
    shelved.release("annual_report", "2023-24", "public", {"report.pdf": ("", b"%PDF")})
    shelved.publish()
    return shelved.root


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, portal: Path) -> Path:
    """The folder of each group in turn."""
    found: Path = portal / request.param
    return found


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def opened(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Page]:
    """Its page at each width, as a folder opens it; it complains about nothing."""
    complaints: list[str] = []
    requests: list[str] = []
    with browser.new_context(viewport={"width": request.param, "height": 800}) as context:
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((folder / "index.html").as_uri(), wait_until="networkidle")
        yield page
    assert complaints == []
    assert requests == [(folder / "index.html").as_uri()]


def _shown(page: Page) -> list[str]:
    return page.locator(".shelf:visible h3").all_inner_texts()


def test_no_rule_of_accessibility_is_broken(opened: Page) -> None:
    for summary in opened.locator("summary").all():
        summary.click()
    found = Axe().run(opened, options={"runOnly": WCAG_AA, "iframes": False}).response
    broken = {
        rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in found["violations"]
    }
    assert broken == {}
    assert len(found["passes"]) >= 10


def test_a_page_does_not_scroll_sideways(opened: Page) -> None:
    widths = opened.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]


def test_filters_and_search_find_and_say_how_many(browser: Browser, portal: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((portal / "managers/p_osei/index.html").as_uri())
        said = page.get_by_role("status")
        assert len(_shown(page)) == 5
        assert said.inner_text() == "Showing 5 of 5."
        page.get_by_label("Report", exact=True).select_option(label="Complaints performance pack")
        assert len(_shown(page)) == 4
        page.get_by_label("Reporting year").select_option("2023-24")
        assert len(_shown(page)) == 3
        page.get_by_label("Words in").fill("  LATE  logged")
        assert _shown(page) == ["Complaints performance pack, March 2024"]
        assert said.inner_text() == "Showing 1 of 5."
        page.get_by_label("Words in").fill("no such words")
        assert _shown(page) == []
        assert said.inner_text().startswith("No report matches.")


def test_what_was_asked_for_is_in_the_address(browser: Browser, portal: Path) -> None:
    """A link to a filtered page may be sent; hostile and unknown values of it do nothing."""
    with browser.new_context() as context:
        page = context.new_page()
        address = (portal / "managers/p_osei/index.html").as_uri()
        page.goto(address)
        page.get_by_label("Words in").fill("winter & spring #?")
        page.get_by_label("Words in").fill("winter")
        asked = page.evaluate("location.href")
        page.goto("about:blank")
        page.goto(asked)
        assert page.get_by_label("Words in").input_value() == "winter"
        assert _shown(page) == ["Complaints performance pack, February 2024"]
        page.goto("about:blank")
        page.goto(f"{address}#report=<img src=x onerror=alert()>&year=1999")
        assert len(_shown(page)) == 5
        assert page.get_by_label("Reporting year").input_value() == ""


def test_everything_is_reached_by_keyboard(browser: Browser, portal: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((portal / "managers/p_osei/index.html").as_uri())
        reached = []
        for _ in range(80):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 400)"))
        links = page.locator("main a:visible").all()
        assert links
        for link in links:
            assert link.evaluate("found => found.outerHTML")[:400] in reached
        assert any(element.startswith("<select") for element in reached)
        assert any(element.startswith("<input") for element in reached)
        assert any(element.startswith("<summary") for element in reached)


def test_with_scripts_off_every_release_is_there_and_no_filter(
    browser: Browser, folder: Path
) -> None:
    titles = []
    for switched_on in (True, False):
        with browser.new_context(java_script_enabled=switched_on) as context:
            page = context.new_page()
            page.goto((folder / "index.html").as_uri())
            titles.append(_shown(page))
            assert page.locator("#find").is_visible() == (switched_on and len(titles[0]) > 1)
            if page.locator("summary").count():
                page.locator("summary").first.click()
                assert page.get_by_text("Superseded by version 2.").is_visible()
    assert titles[0] == titles[1]


def test_a_foreign_script_or_style_does_not_run(browser: Browser, portal: Path) -> None:
    """Whatever a headline might hold: the page runs its own script and nothing else."""
    page_file = portal / "managers/p_osei/index.html"
    planted = page_file.read_text("utf-8").replace(
        "</main>", "<script>document.title = 'planted'</script></main>"
    )
    copy = portal / "managers/p_osei/planted.html"
    copy.write_text(planted, "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(copy.as_uri())
        assert page.title() == "Complaints reports: Northmere Council"
        assert page.locator("#find").is_visible()
    copy.unlink()
