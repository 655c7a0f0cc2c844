"""Northmere's bulletins recounted from the raw exports with plain pandas, reader by reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import yaml

from tasks.store import Store

if TYPE_CHECKING:
    from tests.conftest import House, Made

ROOT = Path(__file__).parents[2]
COUNCIL = ROOT / "councils/northmere"
MORNING, BEFORE, NEXT = map(pd.Timestamp, ("2024-04-02", "2024-03-25", "2024-04-08"))
"""Easter Monday was 1 April 2024, so that the bulletin came on the Tuesday."""
FIFTH_DAY = pd.Timestamp("2024-04-08")
HOLIDAYS = [
    line.split(",")[0]
    for line in (ROOT / "data/reference/bank_holidays.csv").read_text().splitlines()[1:]
] + ["2022-12-29", "2023-12-28", "2024-12-27"]
# Working days to acknowledge, to answer and at the longest, read off procedures.yaml by eye.
LIMITS = {
    ("corp", 1): (5, 10, 20), ("corp", 2): (5, 20, 40), ("hous", 1): (5, 10, 20),
    ("hous", 2): (5, 20, 40), ("adul", 1): (3, 20, 65), ("chil", 1): (3, 10, 20),
    ("chil", 2): (3, 25, 65), ("chil", 3): (None, 30, None),
}  # fmt: skip
KINDS = {"cor": "corp", "hou": "hous", "lan": "hous", "adu": "adul", "asc": "adul", "chi": "chil"}
DAYS = {
    "received": "Received", "acknowledged": "Acknowledgement Sent", "responded": "Response Sent",
    "agreed": "Complaint Definition Agreed", "extended": "Revised Due Date",
    "withdrawn": "Withdrawn/Refused On", "closed": "Record Closed", "reopened": "Re-opened On",
}  # fmt: skip


def read(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    rows = rows.apply(lambda column: column.str.replace("\xa0", " ").str.strip())
    rows["kind"] = rows["Procedure"].str.lower().str[:3].map(KINDS)
    words = {"one": 1, "two": 2, "three": 3, "panel": 3, "1": 1, "2": 2, "3": 3}
    found = rows["Complaint Stage"].str.lower().str.extract(r"(one|two|three|panel|[123])")[0]
    rows["stage"] = found.map(words)
    for name, header in DAYS.items():
        written = rows[header].mask(rows[header].str.startswith("01/01/1900"), "")
        rows[name] = pd.to_datetime(written.str[:10], format="%d/%m/%Y", errors="coerce")
        rows = rows[rows[name].notna() | written.isin(["", "N/A", "-", "TBC"])]
    return rows[(rows["Ref"] != "") & rows["kind"].notna() & rows["stage"].notna()]


def after(start: pd.Series, days: list[int | None]) -> pd.Series:
    """The n-th working day after each day, which itself is not counted."""
    reached = [
        np.datetime64("NaT") if pd.isna(day) or n is None
        else np.busday_offset(np.datetime64(day, "D"), n, roll="preceding", holidays=HOLIDAYS)
        for day, n in zip(start, days, strict=True)
    ]  # fmt: skip
    return pd.Series(pd.to_datetime(np.array(reached, dtype="M8[D]")), index=start.index)


def spellings(units: dict[str, dict[str, Any]], entry: str = "") -> dict[str, str]:
    """The id, or an entry, of every unit by every label exports give it."""
    return {
        label.lower(): unit.get(entry, "not_recorded") if entry else id_
        for id_, unit in units.items()
        for label in (unit["name"], *unit.get("also", ()))
    }


def answered_for(rows: pd.DataFrame) -> pd.DataFrame:
    """The manager and the directorate of each row, by the labels in services.yaml."""
    declared = yaml.safe_load((COUNCIL / "services.yaml").read_text("utf-8"))["directorates"]
    services = {i: service for held in declared.values() for i, service in held["services"].items()}
    return rows.assign(
        manager=rows["Service"].str.lower().map(spellings(services, "manager")),
        directorate=rows["Department"].str.lower().map(spellings(declared)),
    )


@pytest.fixture(scope="module")
def steps() -> pd.DataFrame:
    """Every case at a stage as the newest export by the morning tells it."""
    paths = sorted((ROOT / "data/exports/northmere").glob("complaints_*.csv"))
    known = [path for path in paths if path.stem[-8:] <= "20240402"]
    known.sort(key=lambda path: (path.stem[-8:], "changes" in path.stem))
    rows = pd.concat([read(path) for path in known], ignore_index=True)
    rows = rows.drop_duplicates(["Ref", "stage"], keep="last").reset_index(drop=True)
    limits = [LIMITS[kind, stage] for kind, stage in zip(rows["kind"], rows["stage"], strict=True)]
    acknowledge_by = after(rows["received"], [limit[0] for limit in limits])
    by_code = rows["kind"].isin(["corp", "hous"])
    started = rows["received"].mask(by_code, rows["acknowledged"].fillna(acknowledge_by))
    started = started.mask((rows["kind"] == "chil") & (rows["stage"] == 2), rows["agreed"])
    due = after(started, [limit[1] for limit in limits])
    longest = after(started, [limit[2] for limit in limits])
    agreed = rows["extended"].mask(rows["extended"] > longest, longest)
    final = due.mask(agreed > due, agreed)
    plain = rows["closed"].mask(~(rows["reopened"].isna() | (rows["closed"] < rows["reopened"])))
    left = rows["responded"].fillna(rows["withdrawn"]).fillna(plain)
    back = rows["reopened"].where(rows["reopened"] >= left)
    again = rows["closed"].where(rows["closed"] >= back)
    return answered_for(rows).assign(
        acknowledge_by=acknowledge_by, due=due, final=final, left=left, back=back, again=again
    )


def recount(steps: pd.DataFrame) -> dict[str, int]:
    """Everything the bulletin counts, of these cases."""

    def is_open(day: pd.Timestamp) -> pd.Series:
        first = (steps["received"] < day) & ~(steps["left"] < day)
        return first | ((steps["back"] < day) & ~(steps["again"] < day))

    def moved(days: pd.Series) -> pd.Series:
        return (days >= BEFORE) & (days < MORNING)

    first = (steps["received"] < MORNING) & ~(steps["left"] < MORNING)
    overdue = first & (steps["final"] < MORNING)
    ahead = first & ~overdue
    silent = first & steps["acknowledge_by"].notna() & ~(steps["acknowledged"] < MORNING)
    given_up = steps["responded"].isna() & steps["left"].notna()
    counted = {
        "open_steps": is_open(MORNING),
        "overdue_steps": overdue,
        "due_next_five_days": ahead & (steps["final"] <= FIFTH_DAY),
        "due_before_next": ahead & (steps["final"] < NEXT),
        "unacknowledged": silent,
        "acknowledgement_overdue": silent & (steps["acknowledge_by"] < MORNING),
        "extension_lapses_soon": ahead
        & (steps["final"] <= FIFTH_DAY)
        & (steps["final"] > steps["due"]),
        "open_at_later_stages": is_open(MORNING) & (steps["stage"] > 1),
        "brought_forward": is_open(BEFORE),
        "still_open": is_open(BEFORE) & is_open(MORNING),
        "arrived_since_last": moved(steps["received"]),
        "reopened_since_last": moved(steps["back"]),
        "withdrawn_since_last": moved(steps["left"]) & given_up,
    }
    numbers = {kpi: int(held.sum()) for kpi, held in counted.items()}
    answered = moved(steps["left"]) & ~given_up
    return numbers | {"closed_since_last": int(answered.sum() + moved(steps["again"]).sum())}


@pytest.fixture(scope="module")
def told(house: House, bulletin: Made) -> dict[tuple[str, str, str], int]:
    """What the ledger says, by KPI, manager and directorate, of whole readers' slices."""
    text = Store(house.settings.home).read(f"{bulletin.release.folder}/ledger.csv").decode()
    other = ("procedure", "stage", "service", "team", "officer")
    return {
        (row["kpi"], row["manager"], row["directorate"]): int(row["count"])
        for row in csv.DictReader(io.StringIO(text))
        if row["unit"] == "count" and not any(row[name] for name in other)
    }


def test_every_count_of_the_council_is_that_of_the_raw_rows(
    steps: pd.DataFrame, told: dict[tuple[str, str, str], int]
) -> None:
    counted = recount(steps)
    assert counted["open_steps"] > 100
    assert {kpi: told[kpi, "", ""] for kpi in counted if (kpi, "", "") in told} == {
        kpi: number for kpi, number in counted.items() if (kpi, "", "") in told
    }


@pytest.mark.parametrize("by", ["manager", "directorate"])
def test_every_count_of_every_reader_is_that_of_the_raw_rows(
    steps: pd.DataFrame, told: dict[tuple[str, str, str], int], by: str
) -> None:
    readers = set(steps[by].dropna())
    assert len(readers) == {"manager": 12, "directorate": 5}[by]
    for reader in readers:
        counted = recount(steps[steps[by] == reader])
        place = (reader, "") if by == "manager" else ("", reader)
        said = {kpi: told[kpi, *place] for kpi in counted if (kpi, *place) in told}
        assert said == {kpi: counted[kpi] for kpi in said}, reader
        assert "open_steps" in said or not counted["open_steps"]
