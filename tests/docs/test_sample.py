"""docs/sample holds what the reports of the demonstration say now: figures and words, not bytes."""

from __future__ import annotations

import hashlib
import io
import json
import re
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from candour.document import controls_of, text_outside_controls
from tasks.documentation.pictures import PICTURES
from tasks.documentation.sample import PORTAL, SHOWN, chosen
from tests.docs.conftest import ROOT, STALE

if TYPE_CHECKING:
    from tests.conftest import House, Made

SAMPLE = ROOT / "docs/sample"
STANDING = sorted(
    str(path.relative_to(SAMPLE))
    for path in SAMPLE.glob("*/*/*")
    if path.is_file() and path.suffix != ".pdf"
)


@pytest.fixture(scope="session")
def shown(pack: Made, bulletin: Made, yearly: tuple[Made, ...]) -> tuple[Made, ...]:
    """The reports the sample is of."""
    wanted = {(shown.council, shown.report, shown.period) for shown in SHOWN}
    return tuple(made for made in (pack, bulletin, *yearly) if _named(made) in wanted)


def _named(made: Made) -> tuple[str, str, str]:
    return made.release.council, made.release.report, made.release.period


@pytest.fixture(scope="session")
def fresh(house: House, shown: tuple[Made, ...]) -> dict[str, bytes]:
    """The sample as it is made now."""
    return {
        path: content
        for made in shown
        for path, content in chosen(house.settings, made.release).items()
        if not path.endswith(".pdf")
    }


def test_the_sample_is_of_the_reports_the_tests_make(shown: tuple[Made, ...]) -> None:
    wanted = {(report.council, report.report, report.period) for report in SHOWN}
    assert {_named(made) for made in shown} == wanted


def test_the_sample_has_every_file_it_should_have(fresh: dict[str, bytes]) -> None:
    assert sorted(fresh) == STANDING, STALE.format("docs/sample")


@pytest.mark.parametrize("path", STANDING)
def test_a_file_of_the_sample_says_what_it_would_say_now(
    fresh: dict[str, bytes], path: str
) -> None:
    now, then = fresh[path], (SAMPLE / path).read_bytes()
    assert _said(path, now) == _said(path, then), STALE.format(f"docs/sample/{path}")


def test_the_manifest_of_the_sample_lists_the_files_beside_it() -> None:
    folder = SAMPLE / "northmere/monthly_pack"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    beside = {path.name for path in folder.iterdir()} - {"manifest.json"}
    assert beside <= set(listed)
    assert any("case-list-complaints-team" in name for name in beside)
    for name in beside:
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert found == listed[name], STALE.format(f"docs/sample: {name}")


@pytest.mark.parametrize("folder", PORTAL)
def test_the_portal_of_the_sample_leads_to_what_was_released(folder: str) -> None:
    root = SAMPLE / "northmere/portal" / folder
    page = (root / "index.html").read_text("utf-8")
    links = [unquote(link) for link in re.findall(r'href="([^"#]+)"', page)]
    copies = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert copies
    for copy in copies:
        released = SAMPLE / "northmere" / copy.split("/")[0] / copy.rpartition("/")[2]
        assert (root / copy).read_bytes() == released.read_bytes(), STALE.format(copy)


def test_a_manager_and_a_director_have_much_and_another_manager_nothing() -> None:
    folder = SAMPLE / "northmere/weekly_bulletin"
    texts = [path.read_text("utf-8") for path in folder.glob("*.txt")]
    assert sorted("no outstanding complaints" in text for text in texts) == [False, False, True]


@pytest.mark.parametrize(
    "picture", [*(name.removesuffix(".png") for name in PICTURES), "airflow-graph", "approval"]
)
def test_a_picture_is_there_and_small_enough_to_load(picture: str) -> None:
    content = (SAMPLE / f"pictures/{picture}.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 400_000


def _said(path: str, content: bytes) -> object:
    """What a reader learns from a file, whatever fonts and compression made of it."""
    match path.rpartition(".")[2]:
        case "xlsx":
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
            return {
                name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names
            }
        case "html":
            return _words(content.decode())
        case "docx":
            return controls_of(content), list(text_outside_controls(content))
        case "eml":
            mail = message_from_bytes(content, policy=default)
            body = mail.get_body(("plain",))
            return mail["Subject"], mail["To"], body and body.get_content().splitlines()
        case "json":
            manifest = json.loads(content)
            return {name: manifest[name] for name in ("inputs", "as_of", "known_on", "calendar")}
        case _:
            return content.decode().splitlines()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in {"style", "script"}
        self.said += [str(value) for name, value in attrs if name == "value"]

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said += data.split()


def _words(page: str) -> list[str]:
    parser = _Words()
    parser.feed(page)
    return parser.said
