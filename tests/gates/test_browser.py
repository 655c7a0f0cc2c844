"""The pages in a real browser: they fit, they ask for nothing, and everybody can read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.gates.conftest import program, released

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import House, Made

pytestmark = pytest.mark.gate

WIDE, NARROW = 1280, 320
"""A desk's screen; and the width at which WCAG 2.2 (1.4.10) asks that nothing scrolls sideways."""

PAGES = (
    "narrative",
    "busy bulletin",
    "empty bulletin",
    "director's bulletin",
    "council's bulletin",
    "northmere annual_report",
    "stockport annual_report",
    "cheshire_west annual_report",
    "knowsley ombudsman_review",
)
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


@dataclass(frozen=True)
class Opened:
    """A page as it was opened, with what it complained about and what it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; Playwright only drives it."""
    chromium = program("chromium", "chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(house: House, pack: Made, bulletin: Made, yearly: tuple[Made, ...]) -> dict[str, Path]:
    """The pages, by what they are."""
    bulletins = released(house, bulletin)
    return {
        **{
            f"{made.release.council} {made.release.report}": next(
                released(house, made).glob("*.html")
            )
            for made in yearly
        },
        "narrative": next(released(house, pack).glob("*-narrative-*.html")),
        "busy bulletin": bulletins / "bulletin-p_singh.html",
        "empty bulletin": bulletins / "bulletin-p_ashdown.html",
        "director's bulletin": bulletins / "bulletin-p_amadi-place_and_environment.html",
        "council's bulletin": bulletins / "bulletin-p_hale-council.html",
    }


@pytest.fixture(params=PAGES)
def file(request: pytest.FixtureRequest, files: dict[str, Path]) -> Path:
    """Each page in turn."""
    return files[request.param]


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def opened(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Opened]:
    """Each page at each width."""
    with browser.new_context(viewport={"width": request.param, "height": 800}) as context:
        watched = Opened(context.new_page())
        watched.page.on(
            "console",
            lambda said: (
                watched.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.goto(file.as_uri(), wait_until="networkidle")
        yield watched


def test_one_bulletin_is_busy_and_one_is_empty(files: dict[str, Path]) -> None:
    assert files["busy bulletin"].read_text("utf-8").count("<tr") > 20
    assert "You have no outstanding complaints." in files["empty bulletin"].read_text("utf-8")


def test_the_browser_complains_about_nothing(opened: Opened) -> None:
    assert opened.complaints == []


def test_a_page_asks_for_nothing_but_itself(opened: Opened, file: Path) -> None:
    asked = [address for address in opened.requests if not address.startswith("data:")]
    assert asked == [file.as_uri()]


def test_a_page_does_not_scroll_sideways(opened: Opened) -> None:
    widths = opened.page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]


def test_headings_begin_at_one_and_skip_no_level(opened: Opened) -> None:
    levels = opened.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(found => +found.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_is_told_in_words(opened: Opened) -> None:
    tree = opened.page.context.new_cdp_session(opened.page).send("Accessibility.getFullAXTree")
    told = [
        node["name"]["value"]
        for node in tree["nodes"]
        if not node["ignored"] and node["role"]["value"] in {"image", "img", "SvgRoot"}
    ]
    assert len(told) == opened.page.locator("svg, img").count()
    assert all(len(words.split()) >= 5 for words in told), told


def test_the_narrative_has_pictures(files: dict[str, Path]) -> None:
    assert files["narrative"].read_text("utf-8").count("<svg") >= 3


def test_no_rule_of_wcag_a_or_aa_is_broken(opened: Opened) -> None:
    found = Axe().run(opened.page, options={"runOnly": WCAG_AA}).response
    broken = {
        rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in found["violations"]
    }
    assert broken == {}
    assert len(found["passes"]) >= 5


def test_a_page_reads_the_same_with_scripts_switched_off(browser: Browser, file: Path) -> None:
    texts = []
    for switched_on in (True, False):
        with browser.new_context(java_script_enabled=switched_on) as context:
            page = context.new_page()
            page.goto(file.as_uri())
            texts.append(page.inner_text("body"))
            assert page.locator("script").count() == 0
    assert texts[0] == texts[1]
    assert "Council" in texts[0]
