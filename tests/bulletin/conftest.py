"""One manager's open steps on Monday 8 April 2024, beside another manager's."""

import datetime as dt
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from candour.bulletin import Bulletin, Edition, Recipient, Tally, compose
from candour.clock import Calendar
from candour.figures import Better, Figure, Unit
from candour.ledger import Ledger
from candour.period import Period, week_of
from candour.words import Speaker

TEMPLATES = Path(__file__).parents[2] / "templates"
MORNING = dt.date(2024, 4, 8)
WEEK = week_of(MORNING)

# Easter Monday, 1 April 2024, is the only bank holiday near enough to matter.
HOLIDAYS = "date,title,note\n2023-12-25,Christmas Day,\n2024-04-01,Easter Monday,\n"

# reference, stage, service, officer, manager, received, first due, due, overdue, soon, days over
STEPS = (
    ("NM-2024-0107", 1, "repairs", "avery", "osei", "2024-02-20", "2024-03-05", "2024-04-02",
     True, False, 4),
    ("NM-2024-0131", 1, "waste", "blake", "osei", "2024-03-14", "2024-04-05", "2024-04-05",
     True, False, 1),
    ("NM-2024-0140", 1, "repairs", "avery", "osei", "2024-03-20", "2024-04-08", "2024-04-08",
     False, True, None),
    ("NM-2024-0144", 2, "waste", "not_recorded", "osei", "2024-03-22", "2024-04-12", "2024-04-12",
     False, True, None),
    ("NM-2024-0151", 1, "waste", "blake", "osei", "2024-04-04", "2024-04-25", "2024-04-25",
     False, False, None),
    ("NM-2024-0152", 2, "repairs", "avery", "osei", "2024-04-05", None, None, False, False, None),
    ("NM-2024-0149", 1, "libraries", "casey", "reid", "2024-04-02", "2024-04-16", "2024-04-16",
     False, False, None),
)  # fmt: skip
COLUMNS = ("case_ref", "stage_number", "service", "officer", "manager", "received_on", "due_on",
           "final_due_on", "overdue", "due_next_five_days", "days_overdue")  # fmt: skip
NAMES = {
    ("stage", "1"): "Stage one",
    ("stage", "2"): "Stage two",
    ("service", "repairs"): "Housing repairs & maintenance",
    ("service", "waste"): "Waste and recycling",
    ("service", "libraries"): "Libraries",
    ("officer", "avery"): "Avery Lowe",
    ("officer", "blake"): "Blake <b>Stone</b>",
    ("officer", "casey"): "Casey Moor",
    ("officer", "not_recorded"): "Not recorded",
}


def named(dimension: str, value: str) -> str:
    return NAMES[dimension, value]


def counted(kpi: str, number: int, manager: str = "osei") -> Figure:
    return Figure(kpi, kpi, WEEK, (("manager", manager),), Unit.COUNT, count=number,
                  value=Fraction(number), better=Better.LOWER)  # fmt: skip


def tally(opened: int, overdue: int, soon: int, manager: str = "osei") -> Tally:
    return Tally(
        counted("open_steps", opened, manager),
        counted("overdue_steps", overdue, manager),
        counted("due_next_five_days", soon, manager),
    )


def edition(**changes: object) -> Edition:
    said = {
        "council_id": "northmere",
        "council": "Northmere Council",
        "report": "weekly_bulletin",
        "period": WEEK,
        "as_of": MORNING,
        "team": "Complaints team",
        "team_email": "complaints@northmere.invalid",
        "marking": "Official-Sensitive",
        "notice": "Demonstration: this council is fictional and its cases are synthetic.",
    }
    return Edition(**(said | changes))


OSEI = Recipient("osei", "Sam Osei", "sam.osei@northmere.invalid")
NOBODY = Recipient("quinn", "Jo Quinn", "jo.quinn@northmere.invalid")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.read(HOLIDAYS)


@pytest.fixture
def outstanding() -> pd.DataFrame:
    frame = pd.DataFrame(STEPS, columns=list(COLUMNS)).assign(on=pd.Timestamp(MORNING))
    days = ["received_on", "due_on", "final_due_on", "on"]
    for column in days:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame.astype(
        {"manager": "category", "service": "category", "officer": "category",
         "days_overdue": "Int64"}
    )  # fmt: skip


@pytest.fixture
def bulletin(outstanding: pd.DataFrame, calendar: Calendar) -> Bulletin:
    return compose(outstanding, calendar, OSEI, edition(), tally=tally(6, 2, 2), name=named)


@pytest.fixture
def nothing(outstanding: pd.DataFrame, calendar: Calendar) -> Bulletin:
    return compose(
        outstanding, calendar, NOBODY, edition(), tally=tally(0, 0, 0, "quinn"), name=named
    )


def ask(kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
    raise AssertionError("a bulletin asks for no figure of its own")


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def speaker(ledger: Ledger) -> Speaker:
    templates = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in sorted(TEMPLATES.rglob("*.j2"))
    }
    return Speaker(templates, ledger, ask, WEEK)


@pytest.fixture(scope="session")
def style() -> str:
    return (TEMPLATES / "themes" / "email.css").read_text("utf-8")


@pytest.fixture(scope="session")
def example() -> ModuleType:
    """This module: people, the edition and its counts."""
    return sys.modules[__name__]
