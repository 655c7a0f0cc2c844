"""Recounts: what happened to each complaint, read off the raw exports with pandas and nothing else.

Each gives a row a case and stage: ``case``, ``stage``, ``received``, ``started`` (the day the clock
counts from), ``responded``, ``left``, ``outcome``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[2]
HOLIDAYS = pd.read_csv(ROOT / "data/reference/bank_holidays.csv").iloc[:, 0].tolist()
LIMITS = {1: 10, 2: 20}
"""Working days to answer, read off the four procedures.yaml by eye."""
FOUND = {
    "Upheld": "upheld", "Partly Upheld": "partially_upheld", "Not Upheld": "not_upheld",
    "Partly-Upheld": "partially_upheld",
    "response upheld": "upheld", "response partially upheld": "partially_upheld",
    "response not upheld": "not_upheld",
    "Substantiated": "upheld", "PartiallySubstantiated": "partially_upheld",
    "NotSubstantiated": "not_upheld",
}  # fmt: skip
COLUMNS = ["case", "stage", "received", "started", "responded", "left", "outcome"]


def due(steps: pd.DataFrame) -> pd.Series:
    """The last working day to answer on, the day after the clock starts being day one."""
    limits = steps["stage"].map(LIMITS).to_numpy()
    starts = steps["started"].to_numpy("datetime64[D]")
    holidays = np.array(HOLIDAYS, "datetime64[D]")
    days = np.busday_offset(starts, limits, roll="preceding", holidays=holidays)
    return pd.Series(days, index=steps.index).astype("datetime64[s]")


def icasework(inbox: Path) -> pd.DataFrame:
    """One row a case; each stage has its own group of fields."""
    rows = _read(inbox.glob("*.csv"))
    parts = []
    for stage in (1, 2):
        group = f"CaseStageStage{stage}"
        began = "CaseStatusReceipt" if stage == 1 else group
        ended = pd.to_datetime(rows[f"{group}.DateCompleted"], errors="coerce")
        outcome = rows[f"{group}.Outcome"].map(FOUND)
        part = pd.DataFrame({"case": rows["CaseDetails.CaseId"], "stage": stage})
        part["received"] = pd.to_datetime(rows[f"{began}.DateReceived"], errors="coerce")
        part["responded"] = ended.where(outcome.notna())
        parts.append(part.assign(started=part["received"], left=ended, outcome=outcome))
    return _begun(parts)


def jadu(inbox: Path) -> pd.DataFrame:
    """One row a case; a decision says either what was found or why there was nothing to find."""
    rows = _read(inbox.glob("*.csv"))
    parts = []
    for stage in (1, 2):
        decision = rows[f"Stage {stage} Decision"]
        ended = pd.to_datetime(rows[f"Stage {stage} Decision Date"], format="%d/%m/%Y")
        outcome = decision.str.split(" Closed - ").str[-1].map(FOUND)
        part = pd.DataFrame({"case": rows["Reference"], "stage": stage})
        began = rows[f"Stage {stage} SLA Start Date"]
        part["received"] = pd.to_datetime(began, format="%d/%m/%Y")
        part["responded"] = ended.where(outcome.notna())
        parts.append(part.assign(started=part["received"], left=ended, outcome=outcome))
    return _begun(parts)


def hocs(inbox: Path) -> pd.DataFrame:
    """Many rows a case; the last row that says a thing says what holds."""
    parts = []
    for stage, kind, key in ((1, "COMP", "reference"), (2, "COMP2", "PreviousCaseReference")):
        events = _read(inbox.glob(f"CASE_DATA_{kind}_*.csv"))
        at = pd.to_datetime(events["timestamp"], format="%Y-%m-%dT%H:%M:%S.%f", utc=True)
        events["day"] = at.dt.tz_convert("Europe/London").dt.tz_localize(None).dt.normalize()
        events = events.assign(at=at).sort_values("at", kind="stable").replace("", None)
        cases = events.groupby(key)
        created = events[events["event"] == "CASE_CREATED"].set_index(key)["day"]
        withdrawn = events[events["Withdrawn"] == "Yes"].groupby(key)["day"].first()
        last = cases[["DateReceived", "DateResponded", "CctCaseOutcome"]].last()
        part = pd.DataFrame({"stage": stage, "received": pd.to_datetime(last["DateReceived"])})
        part["started"] = created.groupby(level=0).first()
        part["responded"] = pd.to_datetime(last["DateResponded"])
        part["left"] = part["responded"].fillna(withdrawn.reindex(part.index))
        part["outcome"] = last["CctCaseOutcome"].map(FOUND)
        parts.append(part.rename_axis("case").reset_index())
    return _begun(parts)


def salesforce(inbox: Path) -> pd.DataFrame:
    """A row a milestone says when; the newest report that shows a case at a stage says what."""
    lines = _read(inbox.glob("complaint_milestones_*.csv"))
    lines = lines[lines["milestone"] != ""]
    done = lines.pivot_table("completion_date", "case_number", "milestone", aggfunc="first")
    days = done.apply(lambda column: pd.to_datetime(column.str[:10], format="%d/%m/%Y"))
    opened = lines.drop_duplicates("case_number").set_index("case_number")["date_time_opened"]
    days["Stage 1 Requested"] = pd.to_datetime(opened.str[:10], format="%d/%m/%Y")
    cases = _read(sorted(inbox.glob("complaint_cases_*.csv")))
    cases = cases[cases["type"] != ""].drop_duplicates(["case_number", "type"], keep="last")
    parts = []
    for stage in (1, 2):
        found = cases[cases["type"] == f"Stage {stage}"].set_index("case_number")
        part = days[[f"Stage {stage} {word}" for word in ("Requested", "Response", "Withdrawn")]]
        part = part.set_axis(["received", "responded", "withdrawn"], axis="columns").assign(
            stage=stage, outcome=found["complaint_status"].reindex(part.index).map(FOUND)
        )
        part["started"] = part["received"]
        part["left"] = part["responded"].fillna(part["withdrawn"])
        parts.append(part.rename_axis("case").reset_index())
    return _begun(parts)


def _read(paths: object) -> pd.DataFrame:
    """Every cell as text, blanks of any kind at its ends taken off; lines below a report blank."""
    tables = [
        pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", na_values=[])
        for path in paths  # type: ignore[attr-defined]
    ]
    rows = pd.concat(tables, ignore_index=True).fillna("")
    return rows.apply(lambda column: column.str.replace("\xa0", " ").str.strip())


def _begun(parts: list[pd.DataFrame]) -> pd.DataFrame:
    steps = pd.concat([part[COLUMNS] for part in parts], ignore_index=True)
    steps = steps[steps["received"].notna()].reset_index(drop=True)
    return steps.assign(due=due(steps))
