"""One manager's open steps on Monday 8 April 2024, beside another manager's."""

import datetime as dt
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from candour.bulletin import Bulletin, Edition, Morning, compose, morning_of
from candour.clock import Calendar
from candour.figures import Better, Figure, State, Unit
from candour.ledger import Ledger
from candour.period import Period, week_of
from candour.readership import Reader, Scope, ScopeKind
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
    ("NM-2024-0140", 1, "repairs", "avery", "osei", "2024-03-20", "2024-04-04", "2024-04-08",
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
# What else is known, case by case: the cases a flag holds for, the rest is no.
FLAGGED = {
    "due_before_next": ("0140", "0144"),
    "unacknowledged": ("0151", "0152"),
    "acknowledgement_overdue": ("0151",),
    "extension_lapses_soon": ("0140",),
    "at_later_stage": ("0144", "0152"),
    "milestone_soon": ("0144",),
    "open_before": ("0107", "0131", "0140", "0144"),
}
ACKNOWLEDGE_BY = {"0151": "2024-04-05", "0152": "2024-04-10"}
MILESTONES = {"0144": ("Answer due", "2024-04-12"), "0152": ("Statement to be agreed", None)}
AGES = {"0107": 32, "0131": 15, "0140": 11, "0144": 9, "0151": 1, "0152": 0, "0149": 3}
# reference, stage, service, officer, manager, what happened, when
MOVES = (
    ("NM-2024-0090", 1, "repairs", "avery", "osei", "closed", "2024-04-03"),
    ("NM-2024-0151", 1, "waste", "blake", "osei", "arrived", "2024-04-04"),
    ("NM-2024-0152", 2, "repairs", "avery", "osei", "arrived", "2024-04-05"),
    ("NM-2024-0149", 1, "libraries", "casey", "reid", "arrived", "2024-04-02"),
)
# Counted by hand from the lists above.
TALLY = {
    "open_steps": 6, "overdue_steps": 2, "due_next_five_days": 2, "due_before_next": 2,
    "unacknowledged": 2, "acknowledgement_overdue": 1, "extension_lapses_soon": 1,
    "open_at_later_stages": 2, "milestones_soon": 1, "oldest_open_days": 32,
    "brought_forward": 5, "arrived_since_last": 2, "reopened_since_last": 0,
    "closed_since_last": 1, "withdrawn_since_last": 0, "still_open": 4,
}  # fmt: skip
PARTS = {
    # open, overdue, due soon, due before the next, oldest
    "repairs": (3, 1, 1, 1, 32), "waste": (3, 1, 1, 1, 15),
    "avery": (3, 1, 1, 1, 32), "blake": (2, 1, 0, 0, 15), "not_recorded": (1, 0, 1, 1, 9),
}  # fmt: skip
OF_A_PART = ("open_steps", "overdue_steps", "due_next_five_days", "due_before_next",
             "oldest_open_days")  # fmt: skip
NAMES = {
    ("stage", "1"): "Stage one",
    ("stage", "2"): "Stage two",
    ("procedure", "corporate"): "Corporate complaints",
    ("manager", "osei"): "Sam Osei",
    ("manager", "reid"): "Ray Reid",
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


class Counted:
    """Answers what a bulletin asks: the numbers of OSEI, changed where a test says so, or none."""

    def __init__(self, **changes: int) -> None:
        self.numbers = TALLY | changes

    def __call__(self, kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
        parts = [str(value) for name, value in about.items() if name not in {"manager"}]
        if about["manager"] != "osei":
            number = 0
        elif parts:
            number = PARTS[parts[0]][OF_A_PART.index(kpi_id)]
        else:
            number = self.numbers[kpi_id]
        slice_ = tuple((name, str(value)) for name, value in about.items())
        if kpi_id == "oldest_open_days" and not number:
            return Figure(kpi_id, kpi_id, WEEK, slice_, Unit.WORKING_DAYS, state=State.NO_BASE)
        unit = Unit.WORKING_DAYS if kpi_id == "oldest_open_days" else Unit.COUNT
        return Figure(kpi_id, kpi_id, WEEK, slice_, unit, count=number, value=Fraction(number),
                      better=Better.LOWER)  # fmt: skip


def edition(**changes: object) -> Edition:
    said = {
        "council_id": "northmere",
        "council": "Northmere Council",
        "report": "weekly_bulletin",
        "period": WEEK,
        "as_of": MORNING,
        "before": dt.date(2024, 4, 2),
        "after": dt.date(2024, 4, 15),
        "team": "Complaints team",
        "team_email": "complaints@northmere.invalid",
        "marking": "Official-Sensitive",
        "notice": "Demonstration: this council is fictional and its cases are synthetic.",
    }
    return Edition(**(said | changes))


def manager(id_: str, name: str) -> Reader:
    email = f"{name.lower().replace(' ', '.')}@northmere.invalid"
    return Reader(id_, name, email, Scope(ScopeKind.MANAGER, id_))


OSEI, NOBODY = manager("osei", "Sam Osei"), manager("quinn", "Jo Quinn")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.read(HOLIDAYS)


@pytest.fixture
def outstanding() -> pd.DataFrame:
    frame = pd.DataFrame(STEPS, columns=list(COLUMNS))
    short = frame["case_ref"].str[-4:]
    frame = frame.assign(
        on=pd.Timestamp(MORNING),
        procedure="corporate",
        age_days=short.map(AGES),
        acknowledge_by_on=short.map(ACKNOWLEDGE_BY),
        milestone=short.map(lambda n: MILESTONES.get(n, (None, None))[0]),
        milestone_on=short.map(lambda n: MILESTONES.get(n, (None, None))[1]),
        **{flag: short.isin(held) for flag, held in FLAGGED.items()},
    )
    days = ["received_on", "due_on", "final_due_on", "on", "acknowledge_by_on", "milestone_on"]
    for column in days:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame.astype(
        {"manager": "category", "service": "category", "officer": "category",
         "days_overdue": "Int64", "milestone": "string"}
    )  # fmt: skip


@pytest.fixture
def movements() -> pd.DataFrame:
    columns = ["case_ref", "stage_number", "service", "officer", "manager", "what", "moved_on"]
    frame = pd.DataFrame(MOVES, columns=columns)
    flags = {flag: frame["what"] == flag for flag in ("arrived", "reopened", "closed", "withdrawn")}
    return frame.assign(
        moved_on=pd.to_datetime(frame["moved_on"]).astype("datetime64[s]"),
        seen_on=pd.Timestamp(MORNING),
        **flags,
    )


@pytest.fixture
def morning(outstanding: pd.DataFrame, movements: pd.DataFrame, calendar: Calendar) -> Morning:
    return morning_of(outstanding, movements, calendar, edition(), named)


@pytest.fixture
def bulletin(morning: Morning) -> Bulletin:
    return compose(morning, OSEI, Counted(), named)


@pytest.fixture
def nothing(morning: Morning) -> Bulletin:
    return compose(morning, NOBODY, Counted(), named)


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
