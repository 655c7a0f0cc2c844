"""The judge: Great Expectations asked natively, its answers told without a value or a call home."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from candour.errors import CandourError
from candour.frames import SCHEMAS
from candour.verdict import Severity, Unjudged, Verdict
from tasks.expectations import read_suites

if TYPE_CHECKING:
    from tests.expectations.conftest import Scene

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "expectations"
CANARY = "QUAGGA"


def late(scene: Scene, *rows: int) -> Scene:
    """The scene with an answer before receipt in those steps."""
    steps = scene.frames["steps"].copy()
    at = list(rows)
    steps.loc[at, "responded_on"] = steps.loc[at, "received_on"] - pd.Timedelta(days=1)
    return scene.having("steps", steps)


def test_a_finding_says_what_where_and_what_to_do(scene: Scene) -> None:
    [finding] = late(scene, 0).judge().findings

    assert finding.code == "S11"
    assert finding.severity is Severity.WARNING
    assert finding.sentence == "1 step was answered before being received."
    assert (finding.frame, finding.rows) == ("steps", 1)
    assert finding.key_columns == ("case_ref", "stage")
    assert finding.keys == (("A-1", 1),)
    assert finding.what_to_do.startswith("Correct the day of receipt")
    assert finding.owner == "Complaints team"


def test_several_rows_are_told_in_the_plural_and_only_the_first_are_named(scene: Scene) -> None:
    findings = late(scene, 0, 1).judge(keys_kept=1).findings

    [finding] = [finding for finding in findings if finding.code == "S11"]
    assert finding.sentence == "2 steps were answered before being received."
    assert (finding.rows, finding.keys) == (2, (("A-1", 1),))


def test_a_landing_is_told_export_by_export(scene: Scene) -> None:
    old = scene.having("intake", scene.intake.assign(days_since_last_extract=[12, 30, 1]))

    assert [(finding.sentence, finding.keys) for finding in old.judge().findings] == [
        ("complaints: the newest extract is 12 days old, more than 10.", (("complaints",),)),
        ("compliments: the newest extract is 30 days old, more than 10.", (("compliments",),)),
    ]


def test_limits_are_printed_as_the_council_set_them(scene: Scene) -> None:
    poorer = scene.changed("steps", 0, {"redress_pence": 250_100, "service": None})
    own = poorer.ruled({"S52": {"max_value": 250_000}, "S50": {"mostly": 0.8}})

    assert [finding.sentence for finding in own.judge().findings] == [
        "1 of 4 steps have no service recorded, more than 20 per cent.",
        "1 step has redress below nothing or above £2,500.",
    ]


def test_the_gravest_comes_first_and_stops_the_run(scene: Scene) -> None:
    verdict = late(scene, 0).changed("steps", 2, {"procedure": None}).judge()

    assert [finding.code for finding in verdict.critical] == ["S03"]
    assert [finding.code for finding in verdict.findings] == ["S03", "S11"]
    assert verdict.stops
    assert not late(scene, 0).judge().stops


def test_a_council_s_own_severity_decides_whether_the_run_stops(scene: Scene) -> None:
    assert late(scene, 0).ruled({"S11": {"severity": "critical"}}).judge().stops


def test_a_rule_switched_off_is_listed_with_its_reason(scene: Scene) -> None:
    off = late(scene, 0).ruled({"S11": {"off": "Dates are corrected in May."}})

    verdict = off.judge()

    assert verdict.findings == ()
    assert verdict.unjudged == (Unjudged("S11", "Dates are corrected in May."),)
    assert "S11" not in verdict.held


def test_a_suite_may_be_switched_off_altogether(scene: Scene) -> None:
    codes = [rule.code for rule in scene.suites["compliments"].expectations]

    verdict = scene.ruled({code: {"off": "We keep none."} for code in codes}).judge()

    assert [rule.code for rule in verdict.unjudged] == ["M01", "M02", "M03", "M10"]


def test_a_frame_no_export_fills_is_not_judged(scene: Scene) -> None:
    without = {name: frame for name, frame in scene.frames.items() if name != "learning"}

    verdict = replace(scene, frames=without).judge()

    assert {rule.reason for rule in verdict.unjudged} == {"No export fills learning."}
    assert len(verdict.unjudged) == len(scene.suites["learning"].expectations)


def test_empty_frames_other_than_steps_keep_their_rules(scene: Scene) -> None:
    empty = {name: SCHEMAS[name].empty() for name in scene.frames}

    verdict = replace(scene, frames=empty | {"steps": scene.frames["steps"]}).judge()

    assert verdict.findings == ()


def test_a_rule_added_as_data_alone_is_judged(tmp_path: Path, scene: Scene) -> None:
    folder = tmp_path / "expectations"
    shutil.copytree(FOLDER, folder)
    with (folder / "compliments.yaml").open("a", encoding="utf-8") as suite:
        suite.write(
            "  - type: expect_column_values_to_not_be_null\n"
            "    kwargs: {column: channel}\n"
            "    severity: info\n"
            "    meta:\n"
            "      code: M77\n"
            '      sentence: "{rows:compliment has|compliments have} no channel recorded."\n'
            "      what_to_do: Record how it arrived.\n"
            "      owner: Complaints team\n"
        )

    [finding] = replace(scene, suites=read_suites(folder)).judge().findings

    assert finding.sentence == "2 compliments have no channel recorded."
    assert finding.keys == (("T-1",), ("T-2",))


def test_rows_are_named_by_place_whatever_the_index(scene: Scene) -> None:
    steps = late(scene, 2).frames["steps"].set_axis([7, 7, 3, 3])

    findings = replace(scene, frames={**scene.frames, "steps": steps}).judge().findings

    assert [f.keys for f in findings if f.code == "S11"] == [(("B-1", 1),)]


def test_frames_are_left_as_they_were(scene: Scene) -> None:
    before = {name: frame.copy() for name, frame in scene.frames.items()}

    scene.judge()

    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, scene.frames[name])


def test_the_same_frames_give_the_same_text(scene: Scene) -> None:
    backwards = replace(scene, suites=dict(reversed(scene.suites.items())))

    once = late(scene, 0, 1).judge().to_json()

    assert once == late(backwards, 0, 1).judge().to_json()
    assert Verdict.from_json(once).to_json() == once
    json.loads(once)


def test_a_rule_that_cannot_be_asked_is_an_error_without_values(scene: Scene) -> None:
    suite = scene.suites["steps"]
    odd = suite.expectations[-1].model_copy(
        update={
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": "case_ref", "max_value": 3},
        }
    )
    asked = suite.model_copy(update={"expectations": (odd,)})

    with pytest.raises(CandourError, match="Rule S54 could not be asked") as stopped:
        replace(scene, suites={"steps": asked}).judge()

    assert "Error" in str(stopped.value)
    assert "A-1" not in str(stopped.value)


@pytest.fixture
def planted(scene: Scene) -> Scene:
    """Frames whose every word is a canary, and in which many rules are broken."""
    for name, frame in scene.frames.items():
        words = frame.select_dtypes(["string", "category"]).columns
        spoilt = frame.assign(**{word: f"{CANARY} {word}" for word in words})
        if "received_on" in spoilt:
            spoilt = spoilt.assign(received_on=pd.Timestamp("1941-08-19"))
        scene = scene.having(name, spoilt)
    return scene


def test_data_docs_hold_no_value_of_any_row(tmp_path: Path, planted: Scene) -> None:
    verdict = planted.judge(docs_dir=tmp_path)

    assert {"S02", "S05", "S06", "C01"} <= {finding.code for finding in verdict.findings}
    pages = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert len(pages) == 1 + 2 * len(planted.suites)
    for page in pages:
        assert CANARY not in page
        assert "1941" not in page


def test_data_docs_show_what_must_hold_and_what_does(tmp_path: Path, scene: Scene) -> None:
    late(scene, 0).judge(docs_dir=tmp_path)

    [result] = tmp_path.glob("validations/steps/2024-04-02/*/*.html")
    assert result.read_text("utf-8").count("fa-times text-danger") == 2, "the rule and its suite"
    suite = (tmp_path / "expectations" / "steps.html").read_text("utf-8")
    assert "<strong>S11</strong> (Complaints team): Correct the day of receipt" in suite


class _Asked(HTMLParser):
    """What a page asks for: the element, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.targets += [(tag, value) for name, value in attrs if name in {"src", "href"} and value]


def test_data_docs_fetch_nothing_and_every_link_leads_somewhere(
    tmp_path: Path, scene: Scene
) -> None:
    scene.judge(docs_dir=tmp_path)

    for page in tmp_path.rglob("*.html"):
        asked = _Asked()
        asked.feed(page.read_text("utf-8"))
        assert "url(" not in page.read_text("utf-8")
        assert asked.targets
        for tag, target in asked.targets:
            assert tag == "a"
            assert target.startswith("#") or (page.parent / target).resolve().is_file()


def test_nothing_is_sent_printed_or_logged(
    tmp_path: Path,
    planted: Scene,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    caplog.set_level("DEBUG")

    planted.judge(docs_dir=tmp_path)

    printed = capfd.readouterr()
    assert printed.out + printed.err == ""
    assert CANARY not in caplog.text
    assert not [r for r in caplog.records if r.name.startswith("great_expectations")]


def test_the_module_alone_does_not_load_great_expectations() -> None:
    script = "import sys, tasks.expectations; sys.exit('great_expectations' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
