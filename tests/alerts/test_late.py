"""A late export: the complaints team is told once, of a scheduled run on a day it was due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tasks.alerts import late
from tasks.state import Landing, State
from tests.alerts.conftest import DAG, text_of

if TYPE_CHECKING:
    from tests.alerts.conftest import Post


def _missed(day: str = "2024-06-03", kind: str = "scheduled") -> dict[str, Any]:
    """What Airflow hands over of a deadline that was missed: words, as it comes over the wire."""
    return {
        "dag_run": {
            "dag_id": DAG,
            "dag_run_id": f"{kind}__{day}",
            "run_type": kind,
            "logical_date": f"{day}T05:00:00Z",
        },
        "deadline": {"id": "1", "deadline_time": f"{day}T06:30:00+00:00"},
    }


def test_an_export_that_has_not_come_is_told_once(post: Post) -> None:
    late(context=_missed(), council="northmere")
    late(context=_missed(), council="northmere")
    assert post.mail["To"] == "Complaints and feedback team <feedback@northmere.invalid>"
    assert post.mail["Subject"] == (
        "Northmere Council: no new export by 07:30 on Monday 3 June 2024"
    )
    told = text_of(post.mail)
    assert "none has come to data/exports/northmere" in told
    assert "The newest that has is of 27 May 2024." in told


@pytest.mark.parametrize(("day", "kind"), [("2024-06-04", "scheduled"), ("2024-06-03", "manual")])
def test_on_another_day_or_by_hand_nothing_is_late(post: Post, day: str, kind: str) -> None:
    late(context=_missed(day, kind), council="northmere")
    assert post.mails == []


def test_what_has_come_meanwhile_is_not_late(post: Post) -> None:
    landing = Landing("0" * 64, "complaints_full_20240602.csv", 1, "2024-06-03")
    State(post.settings.database).land("northmere", landing)
    late(context=_missed(), council="northmere")
    assert post.mails == []
