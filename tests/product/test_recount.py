"""Northmere's pack recounted from the raw exports with plain pandas, cell by cell of its ledger."""

from __future__ import annotations

import csv
import io
import math
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tasks.store import Store

if TYPE_CHECKING:
    from tests.product.conftest import House, Made

ROOT = Path(__file__).parents[2]
INBOX = ROOT / "data/exports/northmere"
HOLIDAYS = [
    line.split(",")[0]
    for line in (ROOT / "data/reference/bank_holidays.csv").read_text().splitlines()[1:]
] + ["2022-12-29", "2023-12-28", "2024-12-27"]
"""Bank holidays, and the days council.yaml says the offices were closed."""
DAYS = {
    "received": "Received", "acknowledged": "Acknowledgement Sent", "responded": "Response Sent",
    "agreed": "Complaint Definition Agreed", "extended": "Revised Due Date",
    "withdrawn": "Withdrawn/Refused On", "closed": "Record Closed", "reopened": "Re-opened On",
}  # fmt: skip
LIMITS = {
    ("corporate", 1): (10, 5), ("corporate", 2): (20, 5), ("housing", 1): (10, 5),
    ("housing", 2): (20, 5), ("adults", 1): (20, 3), ("childrens", 1): (10, 3),
    ("childrens", 2): (25, 3), ("childrens", 3): (30, None),
}  # fmt: skip
"""Working days to answer and to acknowledge, read off procedures.yaml by eye."""


@pytest.fixture(scope="module")
def recounted() -> pd.DataFrame:
    """The newest row of every case and stage, with its own clock."""
    files = sorted(INBOX.glob("complaints_*.csv"), key=lambda p: (p.stem[-8:], "changes" in p.stem))
    rows = pd.concat([_read(path) for path in files], ignore_index=True)
    steps = rows.drop_duplicates(["Ref", "stage"], keep="last").reset_index(drop=True)
    return _clocked(steps)


def _read(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    for name in rows:
        rows[name] = rows[name].str.replace("\xa0", " ").str.strip()
    rows["stage"] = rows["Complaint Stage"].map(_stage)
    procedures = {"corp": "corporate", "adult": "adults", "asc": "adults", "child": "childrens",
                  "hous": "housing", "land": "housing"}  # fmt: skip
    rows["procedure"] = (
        rows["Procedure"]
        .str.lower()
        .map(lambda label: next((p for s, p in procedures.items() if label.startswith(s)), None))
    )
    for name, header in DAYS.items():
        rows[name] = pd.to_datetime(rows[header].str[:10], format="%d/%m/%Y", errors="coerce")
        rows.loc[rows[name].dt.year < 1990, name] = pd.NaT
        blank = rows[header].isin(["", "N/A", "-", "TBC"]) | rows[header].str.startswith(
            "01/01/1900"
        )
        rows = rows[rows[name].notna() | blank]
    return rows[(rows["Ref"] != "") & rows["procedure"].notna() & rows["stage"].notna()]


def _stage(label: str) -> int | None:
    words = {"1": 1, "one": 1, "2": 2, "two": 2, "3": 3, "three": 3, "panel": 3}
    found = re.search(r"one|two|three|panel|[123]", label.lower())
    return words[found.group()] if found else None


def _working(start: object, days: int) -> object:
    if pd.isna(start):
        return pd.NaT
    return pd.Timestamp(
        np.busday_offset(np.datetime64(start, "D"), days, roll="preceding", holidays=HOLIDAYS)
    )


def _clocked(steps: pd.DataFrame) -> pd.DataFrame:
    started, due = [], []
    for row in steps.itertuples():
        answer, acknowledge = LIMITS[row.procedure, row.stage]
        start = row.received
        if row.procedure in {"corporate", "housing"}:
            start = row.acknowledged
            if pd.isna(start):
                start = _working(row.received, acknowledge)
        elif (row.procedure, row.stage) == ("childrens", 2):
            start = row.agreed
        started.append(start)
        due.append(_working(start, answer))
    steps = steps.assign(started=started, due=due)
    left = steps["responded"].fillna(steps["withdrawn"])
    plain = steps["closed"].where(steps["reopened"].isna() | (steps["closed"] < steps["reopened"]))
    return steps.assign(left=left.fillna(plain))


@pytest.fixture(scope="module")
def ledger(house: House, pack: Made) -> list[dict[str, str]]:
    text = Store(house.settings.home).read(f"{pack.release.folder}/ledger.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def _months(key: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    if key.startswith("12m-to-"):
        end = pd.Timestamp(key.removeprefix("12m-to-")) + pd.DateOffset(months=1)
        return end - pd.DateOffset(months=12), end
    if "-to-" in key:
        return pd.Timestamp(f"{key[:4]}-04-01"), pd.Timestamp(key[11:]) + pd.DateOffset(months=1)
    if "-Q" in key:
        start = pd.Timestamp(f"{key[:4]}-04-01") + pd.DateOffset(months=3 * (int(key[-1]) - 1))
        return start, start + pd.DateOffset(months=3)
    return pd.Timestamp(key), pd.Timestamp(key) + pd.DateOffset(months=1)


def _rows(ledger: list[dict[str, str]], *kpis: str) -> list[dict[str, str]]:
    """Ledger rows of KPIs whose slice this recount can follow: procedure and stage."""
    others = [c for c in ledger[0] if c in {"directorate", "service", "category", "age"}]
    rows = [r for r in ledger if r["kpi"] in kpis and r["value"] and not any(r[c] for c in others)]
    assert len(rows) >= 5, "the pack prints fewer of these than a recount is worth"
    return rows


def _of(steps: pd.DataFrame, row: dict[str, str]) -> pd.DataFrame:
    if row["procedure"]:
        steps = steps[steps["procedure"] == row["procedure"]]
    if row["stage"]:
        steps = steps[steps["stage"] == int(row["stage"])]
    return steps


def test_complaints_received_are_those_of_the_exports(
    recounted: pd.DataFrame, ledger: list[dict[str, str]]
) -> None:
    for row in _rows(ledger, "complaints_received"):
        first, end = _months(row["period"])
        mine = _of(recounted[recounted["stage"] == 1], row)
        assert int(row["count"]) == ((mine["received"] >= first) & (mine["received"] < end)).sum()


def test_responses_in_time_are_those_of_the_dates(
    recounted: pd.DataFrame, ledger: list[dict[str, str]]
) -> None:
    for row in _rows(ledger, "responded_in_time"):
        first, end = _months(row["period"])
        mine = _of(recounted, row)
        sent = mine[(mine["responded"] >= first) & (mine["responded"] < end)]
        assert (int(row["count"]), int(row["base"])) == (
            (sent["responded"] <= sent["due"]).sum(),
            len(sent),
        ), row["figure"]


def test_open_cases_are_those_not_answered_at_the_end(
    recounted: pd.DataFrame, ledger: list[dict[str, str]]
) -> None:
    for row in _rows(ledger, "open_steps"):
        _, end = _months(row["period"])
        mine = _of(recounted, row)
        there = (mine["received"] < end) & ~(mine["left"] < end)
        back = (mine["reopened"] < end) & (mine["reopened"] >= mine["left"])
        back &= ~((mine["closed"] >= mine["reopened"]) & (mine["closed"] < end))
        assert int(row["count"]) == (there | back).sum(), row["figure"]


def test_days_taken_are_those_numpy_counts(
    recounted: pd.DataFrame, ledger: list[dict[str, str]]
) -> None:
    quantiles = {"days_taken_median": 0.5, "days_taken_p90": 0.9, "days_taken_longest": 1.0}
    for row in _rows(ledger, *quantiles):
        first, end = _months(row["period"])
        mine = _of(recounted, row)
        sent = mine[(mine["responded"] >= first) & (mine["responded"] < end)].dropna(
            subset="started"
        )
        days = np.busday_count(
            (sent["started"] + pd.Timedelta(days=1)).to_numpy().astype("datetime64[D]"),
            _onto_working(sent["responded"]) + 1,
            holidays=HOLIDAYS,
        ).clip(min=0)
        wanted = float(np.quantile(days, quantiles[row["kpi"]]))
        assert math.isclose(float(Fraction(row["value"])), wanted, abs_tol=1e-9), row["figure"]


def _onto_working(days: pd.Series) -> np.ndarray:
    plain = days.to_numpy().astype("datetime64[D]")
    return np.busday_offset(plain, 0, roll="forward", holidays=HOLIDAYS)


def test_every_number_in_the_pack_is_in_the_ledger(ledger: list[dict[str, str]]) -> None:
    assert len(ledger) > 1000
    assert len({row["figure"] for row in ledger}) == len(ledger)
    assert all(row["printed_in"] for row in ledger)
