"""The Ombudsman's tables, improvements, quotations and learning are taken in as they stand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import yaml

from candour.frames import PUBLISHED
from tasks.extract import Intake, extract
from tasks.history import combined
from tasks.settings import Settings, settings

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "data/exports"
COUNCILS = ("knowsley", "northmere")
LAST_CASES = "2024-05-27"
Frames = dict[str, dict[str, pd.DataFrame]]

# Read off the letter of 2020, the report on 2023-24 and the page of 2024-25, one by one.
KNOWSLEY = {
    "2020-03-31": {
        "upheld": 9,
        "not_upheld": 12 - 9,
        "satisfactory_remedies": 3,
        "compliance_outcomes": 4,
        "complied": 4,
    },
    "2024-03-31": {"upheld": 6, "not_upheld": 9 - 6},
    "2025-03-31": {
        "not_for_us": 12,
        "assessed_and_closed": 19,
        "upheld": 4,
        "not_upheld": 0,
        "satisfactory_remedies": 0,
        "compliance_outcomes": 4,
        "complied": 4,
        "public_reports": 2,
        "residents": 159_000,
    },
}
IMPROVED = {
    "23 008 737": ("Adult care services", "Assessment and care plan", 2),
    "23 005 717": ("Adult care services", "Charging", 1),
    "22 017 318": ("Adult care services", "Assessment and care plan", 1),
    "22 014 796": ("Children's care services", "Looked after children", 2),
    "22 011 836": ("Adult care services", "Residential care", 2),
    "21 013 145": ("Education", "Special educational needs", 1),
    "21 001 821": ("Adult care services", "Domiciliary care", 1),
    "20 009 055": ("Children's care services", "Child protection", 1),
    "20 003 378": ("Adult care services", "Other", 1),
    "19 018 438": ("Children's care services", "Friends and family carers", 1),
}
KINDS = {"County Council", "District Council", "London Borough Council",
         "Metropolitan Borough Council", "Unitary Council"}  # fmt: skip


def table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The lines of title of a file, and its rows below the headings."""
    text = path.read_bytes().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    top = next(n for n, line in enumerate(lines) if sum(map(bool, line)) > 1)
    header, *rows = lines[top:]
    return [line[0] for line in lines[:top]], [dict(zip(header, row, strict=True)) for row in rows]


def statistics_of(council: str) -> list[dict[str, str]]:
    files = sorted((EXPORTS / council).glob("ombudsman_statistics_*.csv"))
    return [row for path in files for row in table(path)[1]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings({"CANDOUR_HOME": str(tmp_path_factory.mktemp("yearly"))})


@pytest.fixture(scope="module")
def intakes(home: Settings) -> dict[str, Intake]:
    return {council: extract(home, council, dt.date(2025, 8, 1)) for council in COUNCILS}


@pytest.fixture(scope="module")
def frames(home: Settings, intakes: dict[str, Intake]) -> Frames:
    known_on = dt.date.fromisoformat(LAST_CASES)
    return {c: dict(combined(home, intake, known_on).frames) for c, intake in intakes.items()}


@pytest.mark.parametrize("council", COUNCILS)
def test_every_row_is_accounted_for_and_only_lines_of_title_are_noise(
    council: str, intakes: dict[str, Intake]
) -> None:
    published = [one for one in intakes[council].snapshots if one.fills in PUBLISHED]
    assert {one.fills for one in published} == PUBLISHED
    for one in published:
        above, rows = table(EXPORTS / council / one.name)
        assert (one.loaded, one.quarantined) == (len(rows), 0)
        assert one.noise == len(above)
        assert one.rows_in_file == one.loaded + one.noise


@pytest.mark.parametrize("council", COUNCILS)
def test_what_the_ombudsman_publishes_does_not_decide_how_far_cases_are_known(
    council: str, intakes: dict[str, Intake]
) -> None:
    assert intakes[council].known_on == LAST_CASES
    newest = max(one.extracted_on for one in intakes[council].snapshots)
    assert newest == {"knowsley": "2025-07-14", "northmere": LAST_CASES}[council]


def test_knowsleys_own_rows_hold_what_three_publications_print_and_nothing_else(
    frames: Frames,
) -> None:
    rows = frames["knowsley"]["statistics"]
    assert set(rows["authority"]) == {"Knowsley Metropolitan Borough Council"}
    numbers = rows.drop(columns=["authority", "authority_type", "snapshot", "row_number"])
    told = {
        f"{row.pop('year_ends_on'):%Y-%m-%d}": {k: int(n) for k, n in row.items() if pd.notna(n)}
        for row in numbers.to_dict("records")
    }
    assert told == KNOWSLEY


def test_what_knowsleys_page_of_2024_25_adds_up_to(frames: Frames) -> None:
    last = frames["knowsley"]["statistics"].sort_values("year_ends_on").iloc[-1]
    parts = ["not_for_us", "assessed_and_closed", "upheld", "not_upheld"]
    assert last[parts].sum() == 35
    assert f"{last['upheld'] / last['residents'] * 100_000:.1f}" == "2.5"


def test_knowsleys_improvements_are_the_thirteen_of_ten_cases(frames: Frames) -> None:
    rows = frames["knowsley"]["improvements"]
    assert Counter(rows["decision_ref"]) == {ref: n for ref, (_, _, n) in IMPROVED.items()}
    assert rows["recorded_on"].eq("2025-03-31").all()
    written = table(EXPORTS / "knowsley/ombudsman_improvements_20250714.csv")[1]
    assert {row["Case reference"]: (row["Category"], row["Sub Category"]) for row in written} == {
        ref: about[:2] for ref, about in IMPROVED.items()
    }
    assert rows["category"].notna().all()
    assert rows["improvement"].is_unique


def test_northmeres_tables_say_at_the_top_that_all_is_invented() -> None:
    for path in (EXPORTS / "northmere").glob("ombudsman_[si]*.csv"):
        assert table(path)[0][0].startswith("SYNTHETIC: ")


def test_forty_authorities_of_five_kinds_stand_in_each_of_three_years(frames: Frames) -> None:
    rows = frames["northmere"]["statistics"]
    for _, year in rows.groupby("year_ends_on"):
        assert year["authority"].nunique() == len(year) == 40
        assert set(year["authority_type"]) == KINDS
    assert sorted(rows["year_ends_on"].dt.year.unique()) == [2022, 2023, 2024]
    mine = rows[rows["authority"] == "Northmere Council"]
    assert mine["authority_type"].eq("Unitary Council").all()


def test_every_number_of_northmeres_tables_is_the_one_in_the_file(frames: Frames) -> None:
    rows = frames["northmere"]["statistics"].set_index(["authority", "year_ends_on"])
    headed = {
        "received": "Received", "decided": "Decided", "not_for_us": "Not for us",
        "assessed_and_closed": "Assessed and closed", "upheld": "Upheld",
        "not_upheld": "Not Upheld", "satisfactory_remedies": "Satisfactory remedies",
        "compliance_outcomes": "Compliance outcomes", "complied": "Complied",
        "public_reports": "Public reports", "residents": "Population",
    }  # fmt: skip
    for written in statistics_of("northmere"):
        day, month, year = written["Year ending"].split("/")
        row = rows.loc[(written["Authority Name"], pd.Timestamp(f"{year}-{month}-{day}"))]
        assert {name: str(row[name]) for name in headed} == {
            name: written[header] for name, header in headed.items()
        }


def test_the_parts_of_a_row_of_northmeres_tables_add_up(frames: Frames) -> None:
    rows = frames["northmere"]["statistics"]
    parts = rows[["not_for_us", "assessed_and_closed", "upheld", "not_upheld"]].sum(axis=1)
    assert (parts == rows["decided"]).all()
    assert (rows["satisfactory_remedies"] <= rows["upheld"]).all()
    assert (rows["complied"] <= rows["compliance_outcomes"]).all()


def test_northmeres_peers_are_authorities_of_its_own_kind() -> None:
    council = yaml.safe_load((ROOT / "councils/northmere/council.yaml").read_text("utf-8"))
    chosen = council["ombudsman"]
    kinds = {row["Authority Name"]: row["Authority Type"] for row in statistics_of("northmere")}
    assert {kinds[name] for name in (chosen["authority"], *chosen["peers"])} == {"Unitary Council"}


def test_northmeres_improvements_follow_cases_the_ombudsman_upheld(frames: Frames) -> None:
    known = frames["northmere"]
    upheld = known["decisions"].query("decision == 'upheld'").set_index("decision_ref")["category"]
    rows = known["improvements"]
    assert 4 <= len(rows) <= 8
    assert (upheld.loc[rows["decision_ref"]].astype(str).to_numpy() == rows["category"]).all()


@pytest.mark.parametrize("council", COUNCILS)
def test_ten_quotations_of_the_year_are_cleared_and_name_nobody(
    council: str, frames: Frames
) -> None:
    rows = frames[council]["compliments"]
    year = rows["received_on"].between("2023-04-01", "2024-03-31")
    cleared = rows[rows["publishable"].fillna(value=False)]
    assert len(cleared) == len(cleared[year.loc[cleared.index]]) == 10
    assert cleared["quotation"].is_unique
    held_back = rows[rows["publishable"].notna() & ~rows["publishable"].fillna(value=True)]
    assert len(held_back) == 2
    assert held_back["quotation"].isna().all()  # what nobody has cleared is dropped on reading
    surnames = "Appleyard|Birtwistle|Cobbold|Dunnock|Quillfeather|Ostrichduster|MARZIPAN"
    assert not rows["quotation"].str.contains(surnames, na=False).any()
    assert not rows["quotation"].str.contains(r"\d", na=False).any()


def test_knowsleys_quotations_stand_under_the_headings_of_its_report(frames: Frames) -> None:
    rows = frames["knowsley"]["compliments"]
    assert Counter(rows.loc[rows["publishable"].fillna(value=False), "service"]) == {
        "childrens_social_care": 2, "adult_social_care": 2, "highways": 1, "waste_management": 1,
        "street_scene": 1, "licensing": 1, "registration_services": 1, "contact_centre": 1,
    }  # fmt: skip


def test_knowsley_tells_eight_pairs_of_what_it_learnt_in_2023_24(frames: Frames) -> None:
    rows = frames["knowsley"]["learning"]
    year = rows["recorded_on"].between("2023-04-01", "2024-03-31")
    told = rows[year & rows["publishable"].fillna(value=False)]
    assert len(told) == 8
    assert told[["you_said", "we_did"]].notna().all(axis=None)


def test_some_actions_of_northmere_are_past_their_day_and_each_has_an_owner(
    frames: Frames,
) -> None:
    rows = frames["northmere"]["learning"]
    late = rows[rows["done_on"].isna() & (rows["due_on"] < "2024-03-31")]
    assert sorted(late["learning_ref"]) == ["LA-006", "LA-015", "LA-017"]
    assert rows["owner"].notna().all()
