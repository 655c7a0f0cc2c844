"""Frames in which every rule holds, small enough to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from candour.expected import Horizon
from candour.frames import SCHEMAS
from candour.intake import INTAKE
from candour.suite import Overrides, Suite
from candour.verdict import Verdict
from tasks.expectations import judge, read_suites

FOLDER = Path(__file__).parents[2] / "expectations"
LANDED = {"snapshot": "5eed", "row_number": 1}

STEPS = [
    {
        "case_ref": "A-1",
        "stage": 1,
        "procedure": "corporate",
        "service": "waste",
        "team": "collections",
        "officer": "p_khan",
        "category": "missed_bin",
        "channel": "web",
        "complainant_type": "resident",
        "received_on": "2024-02-05",
        "logged_on": "2024-02-05",
        "acknowledged_on": "2024-02-06",
        "responded_on": "2024-02-16",
        "closed_on": "2024-02-16",
        "outcome": "upheld",
        "redress_pence": 5_000,
        "vendor_due_on": "2024-02-26",
    },
    {
        "case_ref": "A-1",
        "stage": 2,
        "procedure": "corporate",
        "service": "waste",
        "category": "missed_bin",
        "channel": "email",
        "received_on": "2024-02-16",
        "responded_on": "2024-03-15",
        "closed_on": "2024-03-18",
        "outcome": "not_upheld",
    },
    {
        "case_ref": "B-1",
        "stage": 1,
        "procedure": "adults",
        "service": "home_care",
        "category": "delay",
        "channel": "phone",
        "received_on": "2024-03-11",
        "acknowledged_on": "2024-03-11",
        "extension_agreed_on": "2024-03-20",
        "extended_to_on": "2024-04-22",
        "vendor_due_on": "2024-04-02",
    },
    {
        "case_ref": "C-1",
        "stage": 1,
        "procedure": "corporate",
        "service": "parking",
        "category": "staff",
        "channel": "letter",
        "received_on": "2024-03-04",
        "withdrawn_on": "2024-03-06",
        "closed_on": "2024-03-06",
        "disposition": "withdrawn",
    },
]
CONTACTS = [
    {
        "contact_ref": "K-1",
        "received_on": "2024-02-01",
        "decided_on": "2024-02-02",
        "disposition": "refused",
        "reason": "service_request",
    },
    {
        "contact_ref": "K-2",
        "received_on": "2024-02-05",
        "decided_on": "2024-02-05",
        "disposition": "became_complaint",
        "case_ref": "A-1",
    },
    {
        "contact_ref": "K-3",
        "received_on": "2024-03-11",
        "disposition": "became_complaint",
        "case_ref": "B-1",
    },
]
COMPLIMENTS = [
    {"compliment_ref": "T-1", "received_on": "2024-03-01", "service": "waste"},
    {"compliment_ref": "T-2", "received_on": "2024-03-02", "service": "parking"},
]
DECISIONS = [
    {
        "decision_ref": "23 001 001",
        "received_on": "2024-01-08",
        "decided_on": "2024-03-01",
        "decision": "upheld",
        "case_ref": "A-1",
    },
    {"decision_ref": "23 001 002", "received_on": "2024-03-20"},
]
LEARNING = [
    {
        "learning_ref": "L-1",
        "recorded_on": "2024-02-20",
        "case_ref": "A-1",
        "you_said": "Our bin was missed twice.",
        "we_did": "We changed the round.",
        "due_on": "2024-03-01",
        "done_on": "2024-03-05",
        "publishable": True,
    },
    {"learning_ref": "L-2", "recorded_on": "2024-03-20", "due_on": "2024-04-02"},
]
IMPROVEMENTS = [
    {
        "improvement_ref": "V-1",
        "decision_ref": "23 001 001",
        "recorded_on": "2024-04-02",
        "category": "environment",
        "improvement": "Crews record each missed street.",
    },
    {
        "improvement_ref": "V-2",
        "decision_ref": "23 001 001",
        "recorded_on": "2024-04-02",
        "improvement": "A supervisor reads the record each week.",
    },
]
STATISTICS = [
    {
        "authority": "Ours",
        "year_ends_on": "2024-03-31",
        "authority_type": "Metropolitan Borough Councils",
        "received": 60,
        "decided": 58,
        "not_for_us": 20,
        "assessed_and_closed": 15,
        "upheld": 9,
        "not_upheld": 4,
        "satisfactory_remedies": 2,
        "compliance_outcomes": 7,
        "complied": 6,
        "public_reports": 0,
        "residents": 200_000,
    },
    {"authority": "Theirs", "year_ends_on": "2024-03-31", "decided": 70, "upheld": 12},
]
ACCOUNTS = [
    {
        "export": "complaints",
        "fills": "steps",
        "holds": "everything",
        "rows_in_file": 104,
        "loaded": 100,
        "quarantined": 1,
        "noise": 3,
        "loaded_before": 99,
        "days_since_last_extract": 1,
        "unknown_labels": 0,
        "unknown_columns": 0,
        "vanished": 0,
        "loose": 0,
    },
    {
        "export": "compliments",
        "fills": "compliments",
        "holds": "everything",
        "rows_in_file": 2,
        "loaded": 2,
        "quarantined": 0,
        "noise": 0,
    },
    {
        "export": "decisions",
        "fills": "decisions",
        "holds": "changes",
        "rows_in_file": 0,
        "loaded": 0,
        "quarantined": 0,
        "noise": 0,
        "loaded_before": 40,
    },
]
ROWS = {
    "steps": STEPS,
    "contacts": CONTACTS,
    "compliments": COMPLIMENTS,
    "decisions": DECISIONS,
    "learning": LEARNING,
    "improvements": IMPROVEMENTS,
    "statistics": STATISTICS,
}


HORIZON = Horizon(
    known_on=date(2024, 4, 2), first_day=date(2017, 1, 1), last_day=date(2025, 12, 31)
)


@dataclass(frozen=True)
class Scene:
    """Frames, their landing and the suites as shipped, ready to be judged or changed."""

    frames: dict[str, pd.DataFrame]
    intake: pd.DataFrame
    suites: dict[str, Suite]

    def judge(self, *, docs_dir: Path | None = None, keys_kept: int = 1_000) -> Verdict:
        return judge(
            self.frames, self.intake, self.suites, HORIZON, docs_dir=docs_dir, keys_kept=keys_kept
        )

    def having(self, name: str, frame: pd.DataFrame) -> Scene:
        """The scene with another frame of that name, typed as declared."""
        if name == INTAKE.name:
            return replace(self, intake=INTAKE.enforce(frame))
        return replace(self, frames={**self.frames, name: SCHEMAS[name].enforce(frame)})

    def changed(self, name: str, row: int, change: Mapping[str, object]) -> Scene:
        """The scene with some values of one row changed."""
        clean = self.intake if name == INTAKE.name else self.frames[name]
        rows = clean.astype(object).to_dict("records")
        rows[row] |= change
        return self.having(name, pd.DataFrame(rows))

    def only(self, *names: str) -> Scene:
        """The scene judged by the suites of those frames alone."""
        return replace(self, suites={name: self.suites[name] for name in names})

    def ruled(self, overrides: Overrides) -> Scene:
        """The scene judged by a council's own rules."""
        return replace(self, suites=read_suites(FOLDER, overrides))


@pytest.fixture(scope="session")
def suites() -> dict[str, Suite]:
    return read_suites(FOLDER)


@pytest.fixture
def scene(suites: dict[str, Suite]) -> Scene:
    return Scene(
        {
            name: SCHEMAS[name].enforce(pd.DataFrame([row | LANDED for row in rows]))
            for name, rows in ROWS.items()
        },
        INTAKE.enforce(pd.DataFrame(ACCOUNTS)),
        suites,
    )
