"""Who may let a draft go out, that it is written down once, and what it takes."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from candour.errors import CandourError, ConfigurationError
from tasks.approve import Standing, approve, approve_when_clean, reject, standing
from tasks.build import Draft
from tasks.publish import publish
from tasks.settings import Settings
from tests.approval.conftest import BROKEN
from tests.conftest import RELEASED_AT

WHY = "The export lost two rows; the vendor sends them in May"


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Makes the council's rule for its packs another one."""

    def make(approval: str) -> None:
        monkeypatch.setattr("tasks.approve._rule", lambda *_: approval)

    return make


def say_yes(at: Settings, draft: Draft, login: str = "bronwen.hale", **given: object) -> object:
    return approve(at, draft, login, how="command", at=RELEASED_AT, **given)  # type: ignore[arg-type]


def say_no(at: Settings, draft: Draft, login: str = "bronwen.hale", reason: str = "") -> object:
    return reject(at, draft, login, how="page", at=RELEASED_AT, reason=reason)


def test_a_draft_waits_until_somebody_named_approves_it(at: Settings, draft: Draft) -> None:
    assert standing(at, draft) is Standing.WAITING
    with pytest.raises(CandourError, match="waits for approval; the last release stands"):
        publish(at, draft, released_at=RELEASED_AT)
    say_yes(at, draft)
    assert standing(at, draft) is Standing.APPROVED
    release = publish(at, draft, released_at=RELEASED_AT)
    assert release.version == 1
    manifest = json.loads((Path(at.home) / release.folder / "manifest.json").read_text())
    assert manifest["approver"] == {
        "name": "Bronwen Hale", "role": "Complaints manager", "how": "command"
    }  # fmt: skip
    assert standing(at, draft) is Standing.UNCHANGED


def test_an_approval_is_of_these_bytes_and_no_others(at: Settings, draft: Draft) -> None:
    say_yes(at, draft)
    assert standing(at, replace(draft, digest="0" * 64)) is Standing.WAITING


def test_who_is_not_named_may_not_decide(at: Settings, draft: Draft) -> None:
    for decide in (say_yes, say_no):
        with pytest.raises(ConfigurationError, match=r"approver 'adjoa.osei' is not known"):
            decide(at, draft, "adjoa.osei")
    assert standing(at, draft) is Standing.WAITING


def test_the_first_approval_stands_whoever_comes_after(at: Settings, draft: Draft) -> None:
    first = say_yes(at, draft)
    second = approve(at, draft, "judith.marlowe", how="page", at=RELEASED_AT, reason="Mine too")
    assert second == first
    assert second.name == "Bronwen Hale"


def test_a_rejection_says_why_and_keeps_the_last_release(at: Settings, draft: Draft) -> None:
    with pytest.raises(CandourError, match="rejected with a reason"):
        say_no(at, draft, reason="  ")
    say_no(at, draft, reason="Highways is missing two cases")
    assert standing(at, draft) is Standing.REJECTED
    with pytest.raises(CandourError, match="the last release stands"):
        publish(at, draft, released_at=RELEASED_AT)
    say_yes(at, draft, "judith.marlowe")
    assert standing(at, draft) is Standing.APPROVED


def test_what_was_approved_cannot_be_rejected(at: Settings, draft: Draft) -> None:
    say_yes(at, draft)
    with pytest.raises(CandourError, match="approved by Bronwen Hale already"):
        say_no(at, draft, reason="Second thoughts")


def test_a_finding_that_blocks_goes_out_only_by_name_and_with_a_reason(
    at: Settings, draft: Draft
) -> None:
    broken = replace(draft, broken=(BROKEN,), clean=False)
    for given in ({}, {"exceptions": {"E1": " "}}, {"exceptions": {"E3": WHY}}):
        with pytest.raises(CandourError, match=r"does not hold: E1: Received.*only if E1 is acc"):
            say_yes(at, broken, **given)
    with pytest.raises(ConfigurationError, match="E3 stops nothing here"):
        say_yes(at, broken, exceptions={"E1": WHY, "E3": WHY})
    decision = say_yes(at, broken, exceptions={"E1": WHY})
    assert [(e.code, e.what, e.why) for e in decision.exceptions] == [("E1", BROKEN.what, WHY)]


def test_a_clean_draft_needs_nobody_where_the_council_says_so(
    at: Settings, draft: Draft, rule: Callable[[str], None]
) -> None:
    assert draft.clean
    assert approve_when_clean(at, draft, RELEASED_AT) is Standing.WAITING
    rule("when_clean")
    for needs_somebody in (replace(draft, clean=False), replace(draft, corrects=1)):
        assert approve_when_clean(at, needs_somebody, RELEASED_AT) is Standing.WAITING
    assert approve_when_clean(at, draft, RELEASED_AT) is Standing.APPROVED


def test_a_report_nobody_has_to_approve_is_free_to_go(
    at: Settings, draft: Draft, rule: Callable[[str], None]
) -> None:
    rule("none")
    assert approve_when_clean(at, draft, RELEASED_AT) is Standing.FREE


def test_a_draft_for_another_audience_than_is_declared_is_refused(
    at: Settings, draft: Draft
) -> None:
    say_yes(at, draft)
    with pytest.raises(ConfigurationError, match="what its readers may see has changed"):
        publish(at, replace(draft, profile=draft.profile | {"sees": "cases"}),
                released_at=RELEASED_AT)  # fmt: skip


@pytest.mark.timeout(120)
def test_an_exception_stands_on_the_cover_with_who_accepted_it_and_why(
    at: Settings, draft: Draft
) -> None:
    broken = replace(draft, broken=(BROKEN,), clean=False)
    say_yes(at, broken, exceptions={"E1": WHY})
    release = publish(at, broken, released_at=RELEASED_AT)
    folder = Path(at.home) / release.folder
    said = f"{BROKEN.what} Accepted by Bronwen Hale, Complaints manager: {WHY}"
    page = next(folder.glob("*narrative*.html")).read_text()
    _, _, rest = page.partition("</h1>")
    assert said in re.sub(r"\s+", " ", rest.partition('class="lede"')[0])
    assert json.loads((folder / "manifest.json").read_text())["exceptions"] == [
        {"code": "E1", "what": BROKEN.what, "why": WHY}
    ]
    summary = openpyxl.load_workbook(next(folder.glob("*monthly-pack*.xlsx")))["Summary"]
    words = " ".join(str(cell.value) for row in summary.iter_rows() for cell in row if cell.value)
    assert said in words
