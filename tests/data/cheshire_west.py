"""Cheshire West's published figures, counted with no line of the product."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import yaml

from tests.data.cheshire_west_sheets import ROOT, Record, day, records, working_days, year_of

PUBLISHED = json.loads((ROOT / "data/published/cheshire_west.json").read_text(encoding="utf-8"))
YEARS = ("2018-19", "2019-20", "2020-21", "2021-22", "2022-23")
YEAR = YEARS[-1]
BANDS = {"10 working days or less": (0, 10), "20 working days or less": (11, 20),
         "Outside the statutory timescale": (21, 999)}  # fmt: skip
FOUND = ("Upheld", "Partially upheld", "Not upheld")
Found = dict[str, float | str]


def rounded(number: Decimal, places: int = 0) -> float:
    exact = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(exact) if places == 0 else float(exact)


@dataclass(frozen=True)
class Answered:
    """A complaint's stage one in its own words and days."""

    row: Record
    year: str
    took: int


def answered() -> list[Answered]:
    """Every complaint with the year it came in and the working days its answer took."""
    made = []
    for row in records("complaints"):
        received, sent = day(row["Complaint Received"]), day(row["Stage 1 Responded"])
        assert received is not None
        assert sent is not None, "every published complaint was answered"
        made.append(Answered(row, year_of(received), working_days(received, sent)))
    return made


def service_there() -> Callable[[str, str], bool]:
    """Whether there was such a service, or team of it, in a year, by services.yaml."""
    text = (ROOT / "councils/cheshire_west/services.yaml").read_text(encoding="utf-8")
    (directorate,) = yaml.safe_load(text)["directorates"].values()
    units: dict[str, dict] = {}
    for service in directorate["services"].values():
        units[service["name"]] = service
        for team in service.get("teams", {}).values():
            units[f"{service['name']} / {team['name']}"] = team

    def there(label: str, year: str) -> bool:
        unit = units[label]
        began = unit.get("from", dt.date.min) <= dt.date(int(year[:4]) + 1, 3, 31)
        return began and unit.get("until", dt.date.max) >= dt.date(int(year[:4]), 4, 1)

    return there


def labelled(kind: str) -> set[str]:
    """The labels the published figures of a kind are told by."""
    figures = (v["figure"] for entry in PUBLISHED["entries"] for v in entry["values"])
    found = (re.fullmatch(rf"{kind} (.+) \d{{4}}-\d\d", figure) for figure in figures)
    return {one[1] for one in found if one}


def funnel() -> Found:
    rows = records("representations")
    found: Found = {}
    for year in YEARS[1:]:
        results = Counter(
            row["Decision Result"]
            for row in rows
            if year_of(row["Representation Received"]) == year
        )
        valid, ineligible = results["Valid complaint"], results["Not eligible"]
        found |= {
            f"representations {year}": results.total(),
            f"valid {year}": valid,
            f"ineligible {year}": ineligible,
            f"another way {year}": results.total() - valid - ineligible,
            f"not complaints {year}": results.total() - valid,
        }
    return found


def stages(complaints: list[Answered]) -> Found:
    found: Found = {}
    for year in YEARS[1:]:
        for stage in (1, 2, 3):
            asked = "Complaint Received" if stage == 1 else f"Stage {stage} Requested"
            ends = Counter(
                str(one.row[f"Stage {stage} Outcome"] or "")
                for one in complaints
                if year_of(one.row[asked]) == year
            )
            found |= {f"stage {stage} {end.lower()} {year}": ends[end] for end in FOUND}
            found[f"stage {stage} open {year}"] = ends[""]
            found[f"stage {stage} all {year}"] = ends.total()
            found[f"stage {stage} withdrawn {year}"] = (
                ends.total() - ends[""] - sum(ends[end] for end in FOUND)
            )
    return found


def fates(complaints: list[Answered]) -> Found:
    """What became of the stage two requests of the year's own complaints."""
    ends = Counter(
        one.row["Stage 2 Outcome"]
        for one in complaints
        if one.year == YEAR and one.row["Stage 2 Requested"]
    )
    later = ends["Resolved informally, then withdrawn"]
    panels = sum(
        bool(one.row["Stage 3 Requested"]) and one.row["Stage 2 Outcome"] in FOUND
        for one in complaints
        if one.year == YEAR
    )
    return {
        f"requested stage 2 {YEAR}": ends.total(),
        f"stage 2 not agreed {YEAR}": ends["Complaint not agreed"],
        f"stage 2 resolved informally {YEAR}": ends["Resolved informally"] + later,
        f"stage 2 resolved informally, then withdrawn {YEAR}": later,
        f"stage 2 investigated, then stage 3 {YEAR}": panels,
    }


def margins(complaints: list[Answered]) -> Found:
    there = service_there()
    found: Found = {}
    for year in YEARS:
        mine = [one for one in complaints if one.year == year]
        found[f"received {year}"] = len(mine)
        services = Counter(_path(one, "Service Area", "Service Locality") for one in mine)
        for label in labelled("service"):
            known = there(label, year)
            assert known or not services[label]
            found[f"service {label} {year}"] = services[label] if known else "N/A"
        subjects = Counter(
            label
            for one in mine
            for label in {
                str(one.row["Subject Primary"]),
                _path(one, "Subject Primary", "Subject Detail"),
            }
        )
        found |= {f"subject {one} {year}": subjects[one] for one in labelled("subject")}
        for kind, heading in (
            ("point", "Receipt Point"),
            ("complainant", "Person complaining Relationship"),
        ):
            counts = Counter(one.row[heading] for one in mine)
            found |= {f"{kind} {one} {year}": counts[one] for one in labelled(kind)}
        for band, (first, last) in BANDS.items():
            found[f"band {band} {year}"] = sum(first <= one.took <= last for one in mine)
    return found


def _path(one: Answered, whole: str, part: str) -> str:
    return " / ".join(str(text) for text in (one.row[whole], one.row[part]) if text)


def timeliness(complaints: list[Answered]) -> Found:
    found: Found = {}
    for year in YEARS[-2:]:
        took = [one.took for one in complaints if one.year == year]
        within = sum(days <= 20 for days in took)
        found[f"in time {year} rate"] = rounded(Decimal(100 * within) / len(took))
        found[f"answered within the time limits {year}"] = within
        found[f"answered outside the time limits {year}"] = len(took) - within
    took = sorted(one.took for one in complaints if one.year == YEAR)
    return found | {f"answer {n} {YEAR}": days for n, days in enumerate(took, 1)}


def beside(complaints: list[Answered]) -> Found:
    """The numbers given in council.yaml, and what is worked out from them."""
    text = (ROOT / "councils/cheshire_west/council.yaml").read_text(encoding="utf-8")
    context = yaml.safe_load(text)["context"]
    referrals = context["referrals"]["years"]
    rates = {
        year: rounded(
            Decimal(100 * sum(one.year == year for one in complaints)) / referrals[year], 1
        )
        for year in referrals
    }
    growth = Decimal(100 * (referrals[YEAR] - referrals["2021-22"])) / referrals["2021-22"]
    return {
        f"contacts {YEAR}": context["contacts"]["years"][YEAR],
        f"statutory contacts {YEAR}": context["statutory_contacts"]["years"][YEAR],
        "referrals per cent change": rounded(growth),
        **{f"referrals {year}": number for year, number in referrals.items()},
        **{f"complaints per referral {year}": rate for year, rate in rates.items()},
    }


def ombudsman() -> Found:
    rows = records("ombudsman")
    found: Found = {}
    days = {"received": "Ombudsman Received", "decided": "Ombudsman Decided",
            "upheld": "Ombudsman Decided"}  # fmt: skip
    for role, heading in days.items():
        mine = [row for row in rows if year_of(row[heading]) == YEAR]
        if role == "upheld":
            mine = [row for row in mine if row["Result Decision"] == "Upheld"]
        found[f"ombudsman {role} {YEAR}"] = len(mine)
        about = Counter(row[part] for row in mine for part in ("About Category", "About Part"))
        found |= {
            f"ombudsman {role} {label} {YEAR}": about[label]
            for label in labelled(f"ombudsman {role}")
        }
    return found


def thanks() -> Found:
    rows = records("compliments")
    found: Found = {
        f"compliments {year}": sum(year_of(row["Compliment Received"]) == year for row in rows)
        for year in YEARS[1:]
    }
    cleared = [row for row in rows if row["For publication Cleared"] == "Yes"]
    quoted = sum(year_of(row["Compliment Received"]) == YEAR for row in cleared)
    return found | {f"quotations {YEAR}": quoted}


def everything(complaints: list[Answered]) -> Found:
    """Every published figure, counted from the workbooks or read from the council's folder."""
    counted = funnel() | stages(complaints) | fates(complaints) | margins(complaints)
    return counted | timeliness(complaints) | beside(complaints) | ombudsman() | thanks()
