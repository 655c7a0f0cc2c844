"""What is written by hand leads somewhere, stays short, and names what there is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.main import get_command

from tasks.cli import app
from tasks.documentation.markdown import anchor
from tests.docs.conftest import ROOT

PAGES = sorted(
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout.split()
)  # fmt: skip
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
README = (ROOT / "README.md").read_text("utf-8")
ASKED_FOR = (
    "Airflow scheduled reporting pipeline",
    *("apache-airflow", "pandas", "great-expectations", "openpyxl", "jinja2", "pytest"),
    *("dags/", "tasks/", "expectations/", "templates/", "data/", "tests/", "docker-compose.yml"),
    *("monthly reporting", "weekly bulletins", "annual report"),
)
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


def _prose(page: Path) -> str:
    return FENCED.sub("", page.read_text("utf-8"))


def _anchors(page: Path) -> list[str]:
    return [anchor(line.lstrip("# ")) for line in _prose(page).splitlines() if line[:1] == "#"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(_prose(page)):
        path, _, heading = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the repository"
        assert not heading or heading in _anchors(target), f"{link}: no such heading"


def test_headings_of_the_methodology_are_unlike_each_other() -> None:
    found = _anchors(ROOT / "docs/methodology.md")
    assert len(found) == len(set(found))


def test_the_readme_is_short_and_begins_with_the_subtitle() -> None:
    assert len(README.splitlines()) <= 150
    assert README.startswith("# Candour, complaints reporting for councils\n")


def test_the_readme_shows_the_pack_before_it_explains() -> None:
    first_screen = README.split("\n## ")[0]
    assert "](docs/sample/pictures/summary.png)" in first_screen
    assert "make run" in first_screen
    assert "make test" in first_screen


def test_the_readme_says_whose_cases_these_are() -> None:
    said = " ".join(README.split())
    assert "synthetic" in said
    assert "Northmere is a fictional council" in said
    assert "not a publication of that council" in said


def test_everything_asked_for_has_its_place_in_the_readme() -> None:
    table = README.split("## From what was asked for")[1].split("\n## ")[0]
    everything = table + README.split("## The house")[1].split("\n## ")[0]
    assert [word for word in ASKED_FOR if word not in everything] == []
    assert LINK.findall(table)


def test_every_folder_of_the_readme_s_tree_exists() -> None:
    tree = README.split("## The house")[1].split("```")[1]
    folders = re.findall(r"^([a-z]+)/", tree, re.MULTILINE)
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_glossary_is_short_and_explains_each_term_once() -> None:
    glossary = README.split("## Glossary")[1]
    rows = [
        line.split(" | ", 1)
        for line in glossary.splitlines()
        if line[:2] == "| " and "---" not in line
    ][1:]
    assert 15 <= len(rows) <= 25
    assert len({term for term, _ in rows}) == len(rows)
    assert [meaning for _, meaning in rows if ". " in meaning.removesuffix(" |")] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_command_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)):
        assert f"\n{target}:" in makefile, f"make {target}"
    verbs = set(re.findall(r"(?:^|`)candour ([a-z]+)", text, re.MULTILINE))
    assert verbs <= set(get_command(app).commands), verbs  # type: ignore[attr-defined]


def test_the_changelog_says_which_definitions_changed() -> None:
    releases = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1:]
    assert releases
    assert all("\n### Definitions changed\n" in release for release in releases)


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_short_and_says_why(page: Path) -> None:
    text = page.read_text("utf-8")
    headings = [part.splitlines()[0] for part in text.split("\n## ")[1:]]
    assert text.startswith(f"# {int(page.stem[:4])}. ")
    assert headings[0] == "Context"
    assert {"Decision", "Consequences"} <= set(headings)


def test_decisions_are_numbered_apart() -> None:
    numbers = [page.stem[:4] for page in DECISIONS]
    assert len(numbers) == len(set(numbers))
