"""Drafts: approvers are asked and reminded, the team hears of a no; each once, from a draft."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tasks.alerts import asked, expired, rejected, remind, reminded, run_failed
from tasks.approve import approve, reject
from tasks.build import last_draft
from tests.alerts.conftest import AT, FINDING, HEADLINE, ended, made_draft, text_of

if TYPE_CHECKING:
    from tasks.build import Draft
    from tests.alerts.conftest import Post

RUN = "scheduled__2024-04-08T06:00:00+00:00"
LINK = "http://airflow.invalid/required_actions"
APPROVERS = {"bronwen.hale@northmere.invalid", "judith.marlowe@northmere.invalid"}
"""Who may approve in councils/northmere/council.yaml."""


def _missed(run: str = RUN) -> dict[str, Any]:
    return {
        "dag_run": {"dag_id": "northmere__monthly_pack", "dag_run_id": run},
        "deadline": {"id": "1", "deadline_time": "2024-06-04T06:30:00Z"},
    }


@pytest.fixture
def draft(post: Post) -> Draft:
    made = made_draft(post.settings)
    assert last_draft(post.settings, made.place) == made
    return made


def _told(post: Post) -> list[str]:
    return [str(mail["Subject"]).strip() for mail in post.mails]


def test_everybody_who_may_approve_is_asked_once_a_run(post: Post, draft: Draft) -> None:
    for _ in range(2):
        asked(post.settings, draft, at=AT, run=RUN, link=LINK)
    assert {mail["To"].addresses[0].addr_spec for mail in post.mails} == APPROVERS
    assert set(_told(post)) == {
        "Northmere Council: the monthly pack for March 2024 waits for approval"
    }
    told = " ".join(text_of(post.mails[0]).split())
    for words in (
        f"KEY FIGURES - {HEADLINE}",
        FINDING,
        "UNTIL THEN Nothing of it is released or sent, and the last release stands.",
        LINK,
        "candour approve northmere monthly_pack 2024-03",
    ):
        assert words in told


def test_another_run_asks_again(post: Post, draft: Draft) -> None:
    for run in (RUN, "manual__2"):
        asked(post.settings, draft, at=AT, run=run)
    assert len(post.mails) == 2 * len(APPROVERS)


def test_a_draft_that_still_waits_is_reminded_of_once(post: Post, draft: Draft) -> None:
    asked(post.settings, draft, at=AT, run=RUN, link=LINK)
    for _ in range(2):
        remind(context=_missed())
    reminders = [mail for mail in post.mails if "still waits" in mail["Subject"]]
    assert len(reminders) == len(APPROVERS)
    told = text_of(reminders[0])
    assert "ready since Monday 3 June 2024" in told
    assert LINK in told


@pytest.mark.parametrize("decided", ["approved", "rejected"])
def test_a_draft_that_was_decided_about_is_not(post: Post, draft: Draft, decided: str) -> None:
    asked(post.settings, draft, at=AT, run=RUN)
    given = {"how": "command", "at": AT, "reason": "Read."}
    decide = approve if decided == "approved" else reject
    decide(post.settings, draft, "bronwen.hale", **given)  # type: ignore[operator]
    remind(context=_missed())
    assert len(post.mails) == len(APPROVERS)


def test_a_run_that_never_asked_or_was_overtaken_reminds_nobody(post: Post, draft: Draft) -> None:
    asked(post.settings, draft, at=AT, run=RUN)
    remind(context=_missed("another_run"))
    made_draft(post.settings, folder="drafts/northmere/two", digest="d2")
    remind(context=_missed())
    assert len(post.mails) == len(APPROVERS)


def test_a_rejection_is_told_the_team_with_its_reason(post: Post, draft: Draft) -> None:
    why = "Last month's overdue cases: the export came too early."
    decision = reject(post.settings, draft, "judith.marlowe", how="page", at=AT, reason=why)
    for _ in range(2):
        rejected(post.settings, draft, decision, at=AT)
    assert post.mail["To"].addresses[0].addr_spec == "feedback@northmere.invalid"
    told = text_of(post.mail)
    for words in (
        "Judith Marlowe (Director of Resources) rejected the monthly pack for March 2024.",
        why,
        "the last release stands",
    ):
        assert words in told


def test_no_answer_is_told_the_team(post: Post, draft: Draft) -> None:
    expired(post.settings, draft, at=AT + dt.timedelta(days=5), run=RUN)
    assert _told(post) == [
        "Northmere Council: the monthly pack for March 2024 was not approved in time"
    ]


def test_the_run_that_nobody_answered_is_told_of_no_further(post: Post, draft: Draft) -> None:
    expired(post.settings, draft, at=AT, run=RUN)
    run_failed(ended(None, "approve", "northmere__monthly_pack", RUN))
    assert len(post.mails) == 1


def test_a_correction_says_what_it_corrects_before_anything_else(post: Post, draft: Draft) -> None:
    corrects = replace(draft, corrects=1, reason="Two cases were logged late.")
    reminded(post.settings, corrects, at=AT)
    told = text_of(post.mails[0])
    assert "It corrects version 1: Two cases were logged late." in told
    assert told.index("It corrects") < told.index(FINDING)
