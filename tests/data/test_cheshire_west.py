"""Cheshire West's workbooks, counted without a line of the product, are what it published."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml

from tasks.extract import extract
from tasks.settings import settings
from tasks.state import State
from tasks.validate import validate

ROOT = Path(__file__).parents[2]
INBOX = ROOT / "data/exports/cheshire_west"
PUBLISHED = json.loads((ROOT / "data/published/cheshire_west.json").read_text(encoding="utf-8"))
CANARIES = json.loads((Path(__file__).parent / "canaries.json").read_text(encoding="utf-8"))
FILES = ("complaints", "compliments", "learning", "ombudsman", "representations")
YEARS = ("2018-19", "2019-20", "2020-21", "2021-22", "2022-23")
YEAR = YEARS[-1]
BANDS = {"10 working days or less": (0, 10), "20 working days or less": (11, 20),
         "Outside the statutory timescale": (21, 999)}  # fmt: skip
FOUND = ("Upheld", "Partially upheld", "Not upheld")
HOLIDAYS = {
    dt.date.fromisoformat(line.split(",")[0])
    for line in (ROOT / "data/reference/bank_holidays.csv").read_text().splitlines()[1:]
}
CONTRADICTED = {("CWC-13", "in time 2022-23 rate"): (28, 29)}
"""Where the report contradicts itself: as printed, and as its own tables have it."""

Record = dict[str, object]
Found = dict[str, float | str]


def rows_of(name: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(INBOX / f"{name}_20231002.xlsx")
    return list(book.active.iter_rows(values_only=True))


def header_row(rows: list[tuple[object, ...]]) -> int:
    """The upper line of the headings: the first row with more than one cell filled."""
    return next(n for n, row in enumerate(rows) if sum(cell is not None for cell in row) > 1)


def records(name: str) -> list[Record]:
    """The rows that are records, by their headings joined; a row pasted twice counts once."""
    rows = rows_of(name)
    at = header_row(rows)
    over: object = None
    headings = []
    for above, below in zip(rows[at], rows[at + 1], strict=True):
        over = above or over
        headings.append(f"{over} {below}")
    body = [row for row in rows[at + 2 :] if isinstance(row[1], dt.date | int)]
    kept = dict.fromkeys(row for row in body if row[0] != "Total")
    return [dict(zip(headings, map(cell, row), strict=True)) for row in kept]


def cell(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def day(value: object) -> dt.date | None:
    """A spreadsheet's own day, one that lost its format, or one that was typed."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int):
        return dt.date(1899, 12, 30) + dt.timedelta(days=value)
    return dt.datetime.strptime(str(value), "%d/%m/%Y").date() if value else None  # noqa: DTZ007


def year_of(value: object) -> str:
    on = day(value)
    if on is None:
        return ""
    start = on.year - (on.month < 4)
    return f"{start}-{(start + 1) % 100:02d}"


def working_days(start: dt.date, end: dt.date) -> int:
    """Working days after the first day, up to the second."""
    every = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(one.weekday() < 5 and one not in HOLIDAYS for one in every)


def rounded(number: Decimal, places: int = 0) -> float:
    exact = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(exact) if places == 0 else float(exact)


@dataclass(frozen=True)
class Answered:
    """A complaint's stage one in its own words and days."""

    row: Record
    year: str
    took: int


@pytest.fixture(scope="module")
def complaints() -> list[Answered]:
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


@pytest.fixture(scope="module")
def recount(complaints: list[Answered]) -> Found:
    """Every published figure, counted from the workbooks or read from the council's folder."""
    counted = funnel() | stages(complaints) | fates(complaints) | margins(complaints)
    return counted | timeliness(complaints) | beside(complaints) | ombudsman() | thanks()


def disagreements(entries: Iterable[dict], recount: Found) -> dict[tuple[str, str], tuple]:
    return {
        (entry["id"], value["figure"]): (value["value"], recount[value["figure"]])
        for entry in entries
        for value in entry["values"]
        if recount[value["figure"]] != value["value"]
    }


def test_every_published_figure_is_recounted_but_for_the_named_contradiction(
    recount: Found,
) -> None:
    assert disagreements(PUBLISHED["entries"], recount) == CONTRADICTED


def test_what_is_held_instead_is_written_down_for_the_contradiction_and_no_other() -> None:
    held = {
        (entry["id"], value["figure"]): (value["value"], value["held"])
        for entry in PUBLISHED["entries"]
        for value in entry["values"]
        if "held" in value
    }
    assert held == CONTRADICTED


@pytest.mark.parametrize("entry", PUBLISHED["entries"], ids=lambda entry: entry["id"])
def test_the_recount_notices_when_any_published_number_is_one_more(
    entry: dict, recount: Found
) -> None:
    for value in entry["values"]:
        other = value["value"] + 1 if isinstance(value["value"], int | float) else 0
        if other == value.get("held"):
            continue
        assert disagreements([{**entry, "values": [{**value, "value": other}]}], recount)


def test_parts_make_the_whole_in_every_year(recount: Found) -> None:
    for year in YEARS[1:]:
        for kind in ("point", "complainant", "band"):
            parts = [recount[f"{kind} {label} {year}"] for label in labelled(kind) - {"Total"}]
            assert sum(map(int, parts)) == recount[f"received {year}"]
    for year in YEARS:
        parts = [recount[f"service {label} {year}"] for label in labelled("service")]
        assert sum(int(part) for part in parts if part != "N/A") == recount[f"received {year}"]


def test_a_complaint_is_answered_in_the_year_it_came_in(complaints: list[Answered]) -> None:
    """So that the published tables read the same counted by receipt and by answer."""
    assert all(year_of(one.row["Stage 1 Responded"]) == one.year for one in complaints)


def test_the_open_stage_two_of_2020_is_open_still(complaints: list[Answered]) -> None:
    still_open = [
        one
        for one in complaints
        if one.row["Stage 2 Requested"]
        and not (one.row["Stage 2 Responded"] or one.row["Stage 2 Ended"])
    ]
    assert [year_of(one.row["Stage 2 Requested"]) for one in still_open] == ["2020-21"]


def test_every_valid_complaint_since_2019_has_one_representation(
    complaints: list[Answered],
) -> None:
    named = Counter(row["Decision Complaint ref"] for row in records("representations"))
    named.pop(None, None)
    assert named == Counter(one.row["Complaint Ref"] for one in complaints if one.year > "2018-19")


@pytest.mark.parametrize("name", FILES)
def test_titles_stand_above_a_header_of_two_lines_and_totals_below(name: str) -> None:
    rows = rows_of(name)
    at = header_row(rows)
    assert at >= 3
    assert "not a publication of this council" in str(rows[1][0])
    assert sum(cell is not None for cell in rows[at]) < len(rows[at])
    assert all(rows[at + 1])
    first = [str(row[0] or "").strip() for row in rows]
    total, footer = (
        first.index("Total"),
        first.index("Confidential: children's social care. Do not forward."),
    )
    assert at < total < footer < len(rows) - 1
    assert not any(first[footer + 1 :])


def test_the_sheet_is_as_untidy_as_such_sheets_are() -> None:
    rows = rows_of("complaints")
    cells = [one for row in rows for one in row]
    assert "Ellesmere Port " in cells
    bare = [one for row in rows if str(row[0]).startswith("CSC/") for one in row]
    assert sum(isinstance(one, int) for one in bare) == 3, "three days lost their format"
    assert sum(bool(re.fullmatch(r"\d\d/\d\d/\d{4}", str(one))) for one in cells) == 2
    pasted = [row for row in rows_of("representations") if str(row[0]).startswith("R")]
    assert max(Counter(pasted).values()) == 2


def test_canaries_stand_in_the_columns_that_are_personal() -> None:
    text = {name: str(rows_of(name)) for name in FILES}
    assert all(name in text["complaints"] for name in ("Quillfeather", "Ostrichduster"))
    assert CANARIES["strings"][-1] in text["complaints"]
    assert "Quillfeather" in text["compliments"]
    assert "Ostrichduster" in text["learning"]


def test_addresses_reach_nobody_and_every_quotation_says_that_it_is_invented() -> None:
    text = " ".join(str(rows_of(name)) for name in FILES)
    assert set(re.findall(r"@[\w.]+", text)) <= {"@mail.invalid", "@canary.invalid"}
    quoted = [row for row in records("compliments") if row["For publication Cleared"] == "Yes"]
    assert all(str(row["For publication Extract"]).endswith("(invented)") for row in quoted)


def test_the_product_takes_in_every_row_and_no_critical_rule_fails(tmp_path: Path) -> None:
    home = settings({"CANDOUR_HOME": str(tmp_path)})
    intake = extract(home, "cheshire_west", dt.date(2023, 10, 3))
    assert {one.name.rpartition("_")[0] for one in intake.snapshots} == set(FILES)
    for one in intake.snapshots:
        assert one.loaded + one.quarantined + one.noise == one.rows_in_file
        assert one.quarantined == 0
        assert one.loaded == len(records(one.name.rpartition("_")[0]))
    validate(home, "cheshire_west", intake.id)
    assert State(home.database).last_good_intake("cheshire_west") == intake.id
