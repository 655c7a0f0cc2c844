"""Knowsley's exports read and counted with plain pandas: no line of the product is used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
INBOX = DATA / "exports" / "knowsley"
PUBLISHED = json.loads((DATA / "published" / "knowsley.json").read_text(encoding="utf-8"))

# 19 September 2022 and 8 May 2023 were holidays for one year only.
HOLIDAYS = """
2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28 2022-01-03 2022-04-15
2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27 2023-01-02
2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26 2024-01-01
2024-03-29 2024-04-01 2024-05-06 2024-05-27
"""
LIMITS = {
    ("corporate", 1): 15,
    ("adults", 1): 15,
    ("childrens", 1): 10,
    ("corporate", 2): 20,
    ("adults", 2): 20,
    ("childrens", 2): 25,
    ("childrens", 3): 30,
}
PROCEDURES = {
    "corporate complaint": "corporate",
    "corporate": "corporate",
    "adult social care": "adults",
    "asc": "adults",
    "children's social care": "childrens",
    "childrens social care": "childrens",
    "csc": "childrens",
}
STAGES = {
    "stage 1": 1, "stage one": 1, "s1": 1, "stage 2": 2, "stage two": 2, "s2": 2,
    "stage 3": 3, "review panel": 3,
}  # fmt: skip
SPELT = {
    "waste mgmt": "waste management",
    "childrens services and education": "children's services and education",
    "children's services & education": "children's services and education",
    "revenues & benefits": "revenue and benefits",
    "rev & bens": "revenue and benefits",
    "streetscene": "street scene",
    "env sustainability, parks & green spaces": (
        "environmental sustainability, parks and green spaces"
    ),
    "planning / building control": "planning/building control",
    "env health": "environmental health",
    "property and development": "property & development",
    "hr": "human resources",
    "scrutiny and partnership": "scrutiny & partnership",
    "registrars": "registration services",
    "legal svcs": "legal services",
}
DAYS = {
    "Date Received": "received",
    "Date Statement Agreed": "statement",
    "Extended To": "extended_to",
    "Date Response Sent": "responded",
}
YEARS = ("2021-22", "2022-23", "2023-24")


def read_text(path: Path) -> pd.DataFrame:
    cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return cells.apply(lambda column: column.map(lambda cell: " ".join(cell.split())))


def year_of(days: pd.Series) -> pd.Series:
    start = days.dt.year - (days.dt.month < 4)
    return start.map(lambda year: f"{int(year)}-{(int(year) + 1) % 100:02d}", na_action="ignore")


def newest_rows() -> pd.DataFrame:
    """The newest row of every case and stage that can be read, extract after extract."""
    by_day = sorted(INBOX.glob("complaints_*.csv"), key=lambda path: path.stem[-8:])
    rows = pd.concat([read_text(path) for path in by_day], ignore_index=True)
    for header, name in DAYS.items():
        rows[name] = pd.to_datetime(rows[header], format="%d/%m/%Y", errors="coerce")
    unreadable = np.logical_or.reduce(
        [rows[name].isna() & ~rows[header].isin(["", "-"]) for header, name in DAYS.items()]
    )
    rows["stage"] = rows["Stage"].str.casefold().map(STAGES)
    rows["procedure"] = rows["Complaint Type"].str.casefold().map(PROCEDURES)
    complete = rows["Case Reference"].str.startswith("KC-") & rows["procedure"].notna()
    return rows[complete & ~unreadable].drop_duplicates(["Case Reference", "stage"], keep="last")


def with_timeliness(steps: pd.DataFrame) -> pd.DataFrame:
    """Working days taken: the day after receipt (or after the agreed statement) is day one."""
    from_statement = (steps["procedure"] == "childrens") & (steps["stage"] == 2)
    start = steps["received"].where(~from_statement, steps["statement"])
    answered = start.notna() & steps["responded"].notna()
    day = np.timedelta64(1, "D")
    taken = np.busday_count(
        start[answered].to_numpy("datetime64[D]") + day,
        steps.loc[answered, "responded"].to_numpy("datetime64[D]") + day,
        holidays=np.array(HOLIDAYS.split(), "datetime64[D]"),
    )
    limit = pd.Series(
        list(zip(steps["procedure"], steps["stage"], strict=True)), index=steps.index
    ).map(LIMITS)
    in_time = pd.Series(taken, steps.index[answered]) <= limit[answered]
    extended = in_time | (steps["responded"] <= steps["extended_to"])[answered]
    return steps.assign(in_time=in_time, within_extension=extended)


@pytest.fixture(scope="module")
def steps() -> pd.DataFrame:
    rows = with_timeliness(newest_rows())
    service = rows["Service Area"].str.casefold()
    return rows.assign(
        service=service.replace(SPELT),
        upheld=rows["Outcome"].str.casefold().isin(["upheld", "partially upheld", "part upheld"]),
        year=year_of(rows["received"]),
        year_answered=year_of(rows["responded"]),
    )


def rounded(number: float | Decimal, places: int = 0) -> float:
    exact = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(exact) if places == 0 else float(exact)


def percent(part: int, whole: int, places: int = 0) -> float:
    return rounded(Decimal(100 * int(part)) / Decimal(int(whole)), places)


def timely(steps: pd.DataFrame, procedure: str, stage: int, year: str, reading: str) -> Decimal:
    mine = (steps["procedure"] == procedure) & (steps["stage"] == stage)
    answered = steps.loc[mine & (steps["year_answered"] == year), reading].astype(bool)
    return Decimal(100 * int(answered.sum())) / Decimal(len(answered))


def received(steps: pd.DataFrame) -> dict[str, float | str]:
    first, second = (steps[steps["stage"] == stage] for stage in (1, 2))
    found: dict[str, float | str] = {}
    for scope in ("", " corporate", " adults", " childrens"):
        mine = {
            stage: rows if not scope else rows[rows["procedure"] == scope.strip()]
            for stage, rows in ((1, first), (2, second))
        }
        count = {year: int((mine[1]["year"] == year).sum()) for year in YEARS}
        for year in YEARS:
            escalated = mine[2][mine[2]["year"] == year]
            upheld = mine[1].loc[mine[1]["year"] == year, "upheld"].sum()
            found |= {
                f"received{scope} {year}": count[year],
                f"escalated{scope} {year}": len(escalated),
                f"escalation rate{scope} {year}": percent(len(escalated), count[year]),
                f"resolved at stage one{scope} {year}": percent(
                    count[year] - len(escalated), count[year]
                ),
                f"upheld{scope} stage 1 {year}": int(upheld),
                f"upheld{scope} stage 1 {year} rate": percent(upheld, count[year]),
                f"upheld{scope} stage 2 {year}": int(escalated["upheld"].sum()),
                f"upheld{scope} stage 2 {year} rate": percent(
                    escalated["upheld"].sum(), len(escalated)
                ),
                f"not upheld or undecided{scope} {year}": count[year] - int(upheld),
                f"not upheld or undecided{scope} {year} rate": percent(
                    count[year] - upheld, count[year]
                ),
            }
        change = count["2023-24"] - count["2022-23"]
        found[f"received{scope} change"] = change
        found[f"received{scope} per cent change"] = percent(change, count["2022-23"], 2)
    panels = steps[(steps["stage"] == 3) & (steps["year_answered"] == "2023-24")]
    kept = "completed in full and within agreed timescale"
    return found | {
        "panels 2023-24": len(panels),
        "panels 2023-24 timing": kept if panels["in_time"].all() else "late",
    }


def by_service(steps: pd.DataFrame) -> dict[str, float | str]:
    mine = (steps["stage"] == 1) & (steps["procedure"] == "corporate")
    corporate = steps[mine & (steps["year"] == "2023-24")]
    twice = corporate["service"] == "business support"
    again = twice & (corporate["Directorate"] == "Resources")
    counts = corporate["service"].mask(again, "business support again").value_counts()
    labels = {
        found[1]
        for entry in PUBLISHED["entries"]
        for value in entry["values"]
        if (found := re.fullmatch(r"received corporate ([A-Z].+) 2023-24", value["figure"]))
    }
    found = {f"received corporate {one} 2023-24": int(counts[one.casefold()]) for one in labels}
    for rank, (service, count) in enumerate(counts.drop("").head(4).items(), 1):
        label = next(one for one in labels if one.casefold() == service)
        found[f"rank {rank} corporate {label} 2023-24"] = int(count)
    return found | {"received corporate with no service 2023-24": int(counts[""])}


def timeliness(steps: pd.DataFrame, reading: str) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    stage_two = {}
    for procedure in ("corporate", "adults", "childrens"):
        before, after = (timely(steps, procedure, 1, year, reading) for year in YEARS[1:])
        found[f"timeliness change {procedure} stage one"] = rounded(after - before)
        stage_two[procedure] = [timely(steps, procedure, 2, year, reading) for year in YEARS]
    lower = all(rates[2] < rates[1] for rates in stage_two.values())
    better = stage_two["corporate"][2] > stage_two["corporate"][0]
    same = rounded(stage_two["childrens"][2]) == rounded(stage_two["childrens"][0])
    return found | {
        "timeliness direction stage two since 2022-23": "decrease" if lower else "mixed",
        "timeliness direction corporate stage two since 2021-22": "improved" if better else "worse",
        "timeliness direction childrens stage two since 2021-22": "static" if same else "moved",
    }


@pytest.fixture(scope="module")
def largest_first(steps: pd.DataFrame) -> Callable[[str], list[str]]:
    """A procedure's themes in 2023-24, largest first."""
    first = steps[(steps["stage"] == 1) & (steps["year"] == "2023-24")]
    theme = (
        first["Category"]
        .str.casefold()
        .replace(
            {
                "comms -": "communication",
                "contact arrangements": "contact",
                "assessment & care plan": "assessments and care plan",
            }
        )
    )
    return lambda procedure: list(theme[first["procedure"] == procedure].value_counts().index)


def others() -> dict[str, float | str]:
    decisions = read_text(INBOX / "ombudsman_20240527.csv")
    decided = pd.to_datetime(decisions["Date Decided"], format="%d/%m/%Y")
    of_year = decisions[year_of(decided) == "2023-24"]
    upheld = of_year[of_year["Decision"] == "Upheld"]
    investigated = int((of_year["Investigated"] == "Y").sum())
    complied = pd.to_datetime(decisions["Date Complied"], format="%d/%m/%Y", errors="coerce")
    outcomes = decisions.loc[year_of(complied) == "2023-24", "Compliance"]
    compliments = read_text(INBOX / "compliments_20240527.csv")
    day = pd.to_datetime(compliments["Date Received"], format="%d/%m/%Y")
    department = compliments.loc[year_of(day) == "2023-24", "Department"]
    department = department.str.replace(" and ", " & ").replace(
        "Childrens Services", "Children's Services"
    )
    return {
        "ombudsman investigated 2023-24": investigated,
        "ombudsman upheld 2023-24": len(upheld),
        "ombudsman upheld rate 2023-24": percent(len(upheld), investigated),
        "ombudsman compliance 2023-24": percent((outcomes == "Satisfied").sum(), len(outcomes)),
        "compliments 2023-24": len(department),
        **{f"ombudsman upheld {name} 2023-24": int(n)
           for name, n in upheld["LGSCO Category"].value_counts().items()},
        **{f"compliments {name} 2023-24": int(n) for name, n in department.value_counts().items()},
    }  # fmt: skip


@pytest.fixture(scope="module", params=["in_time", "within_extension"])
def recount(
    steps: pd.DataFrame,
    largest_first: Callable[[str], list[str]],
    request: pytest.FixtureRequest,
) -> dict[str, float | str]:
    """Every figure, with timeliness in the original limit and with agreed extensions counted."""
    largest = {
        f"largest theme {procedure} 2023-24": largest_first(procedure)[0]
        for procedure in ("adults", "childrens")
    }
    counted = received(steps) | by_service(steps) | timeliness(steps, request.param)
    return counted | largest | others()
