"""Declared schedules: what a council's folder says decides, and a mistake leaves the usual day."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from airflow.sdk import PartitionedAssetTimetable, PartitionedAtRuntime

from candour.council import read_council
from candour.errors import ConfigurationError
from candour.period import Period, PeriodKind
from tasks import airflow_schedules
from tasks.airflow_schedules import by_period, when_complete
from tasks.airflow_timetables import PeriodTimetable
from tasks.declared import council_texts
from tasks.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

COUNCILS = Path(__file__).parents[2] / "councils"
PACK = "monthly_pack: {audience: managers, approval: person, mail_to: [managers, directors]}"
BULLETIN = "weekly_bulletin: {audience: managers}"
YEAR = "annual_report: {audience: public, form: annual_public, approval: person}"


@pytest.fixture
def northmere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Changes words of a copy of Northmere's ``council.yaml``."""
    folder = shutil.copytree(COUNCILS / "northmere", tmp_path / "council" / "northborough")
    here = settings({"CANDOUR_COUNCILS": str(tmp_path / "council")})
    monkeypatch.setattr(airflow_schedules, "settings", lambda: here)

    def change(old: str, new: str) -> None:
        file = folder / "council.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


def _due(report: str, kind: PeriodKind, period: str) -> str:
    timetable = by_period("northborough", report, kind)
    assert isinstance(timetable, PeriodTimetable)
    cadence = timetable.cadence
    day = cadence.due_on(Period.parse(period), timetable.days)
    return f"{day} {cadence.at:%H:%M}"


@pytest.mark.usefixtures("northmere")
def test_without_a_schedule_the_usual_day_and_hour_hold() -> None:
    # Northmere's offices were closed on 28 December 2023 and 27 December 2024.
    assert _due("monthly_pack", PeriodKind.MONTH, "2024-03") == "2024-04-08 07:00"
    assert _due("weekly_bulletin", PeriodKind.WEEK, "2024-W14") == "2024-04-02 08:00"


def test_a_council_names_another_day_and_hour(northmere: Callable[[str, str], None]) -> None:
    northmere(PACK, PACK.replace("}", ', schedule: {working_day: 3, at: "09:30"}}'))
    northmere(BULLETIN, BULLETIN.replace("}", ', schedule: {at: "07:15"}}'))
    northmere("bulletins: {day: Monday", "bulletins: {day: Thursday")
    assert _due("monthly_pack", PeriodKind.MONTH, "2024-03") == "2024-04-04 09:30"
    # 28 December 2023 was a Thursday, and the offices were closed: Friday.
    assert _due("weekly_bulletin", PeriodKind.WEEK, "2023-W52") == "2023-12-29 07:15"


def test_a_closure_moves_the_day(northmere: Callable[[str, str], None]) -> None:
    northmere("closures:\n", "closures:\n  - {on: 2024-04-03, why: Moving house}\n")
    assert _due("monthly_pack", PeriodKind.MONTH, "2024-03") == "2024-04-09 07:00"


def test_by_hand_is_by_hand(northmere: Callable[[str, str], None]) -> None:
    northmere(PACK, PACK.replace("}", ", schedule: {by_hand: true}}"))
    assert isinstance(
        by_period("northborough", "monthly_pack", PeriodKind.MONTH), PartitionedAtRuntime
    )


def test_a_year_waits_for_its_months_unless_a_day_is_named_or_there_are_none(
    northmere: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("northborough", "annual_report", PeriodKind.REPORTING_YEAR)
    assert isinstance(when_complete(*asked), PartitionedAssetTimetable)
    by_command = settings(
        {
            "CANDOUR_COUNCILS": str(airflow_schedules.settings().council_folders[-1]),
            "CANDOUR_APPROVAL": "command",
        }
    )
    with monkeypatch.context() as commanded:
        commanded.setattr(airflow_schedules, "settings", lambda: by_command)
        assert isinstance(when_complete(*asked), PeriodTimetable)
    northmere(YEAR, YEAR.replace("}", ", schedule: {working_day: 12}}"))
    named = when_complete(*asked)
    assert isinstance(named, PeriodTimetable)
    assert named.cadence.working_day == 12


def test_stockports_year_waits_for_its_schools() -> None:
    timetable = when_complete("stockport", "annual_report", PeriodKind.REPORTING_YEAR)
    assert isinstance(timetable, PeriodTimetable)
    # Its schools' year is September to July: the tenth working day of August 2024.
    due = timetable.cadence.due_on(Period.parse("2023-24"), timetable.days)
    assert due == dt.date(2024, 8, 14)


@pytest.mark.parametrize(
    "schedule",
    [
        "nonsense",
        "[1]",
        "{working_day: five}",
        "{working_day: 0}",
        '{at: "25:00"}',
        "{days: 5}",
        "7",
    ],
)
def test_a_mistake_leaves_the_usual_day(
    northmere: Callable[[str, str], None], schedule: str
) -> None:
    northmere(PACK, PACK.replace("}", f", schedule: {schedule}}}"))
    assert _due("monthly_pack", PeriodKind.MONTH, "2024-03") == "2024-04-08 07:00"


@pytest.mark.parametrize(
    ("old", "schedule", "sentence"),
    [
        (PACK, "{working_day: 16}", "schedule → working_day: found 16; expected less than"),
        (PACK, "{working_day: 0}", "schedule → working_day: found 0; expected greater than"),
        (PACK, "{at: half past}", "reports → monthly_pack → schedule → at"),
        (PACK, "{by_hand: true, working_day: 3}", "has neither 'working_day' nor 'at'"),
        (PACK, "{on: Monday}", "'on'"),
        (BULLETIN, "{working_day: 2}", "'day' under 'bulletins:'"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(old: str, schedule: str, sentence: str) -> None:
    files = council_texts(settings({}), "northmere")
    files["council.yaml"] = files["council.yaml"].replace(
        old, old.replace("}", f", schedule: {schedule}}}")
    )
    with pytest.raises(ConfigurationError) as refused:
        read_council("northmere", files)
    assert sentence in str(refused.value)
    assert "councils/northmere/council.yaml" in str(refused.value)
