"""Stockport's exports taken in and counted by the product are the figures Stockport published."""

from __future__ import annotations

import datetime as dt
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from candour.figures import rounded
from candour.period import Period
from tasks.compute_kpis import compute_kpis
from tasks.desk import Desk
from tasks.extract import extract
from tasks.validate import validate
from tests.conftest import settings_at

if TYPE_CHECKING:
    from candour.figures import Figure
    from tasks.settings import Settings

PUBLISHED = json.loads((Path(__file__).parents[2] / "data/published/stockport.json").read_text())
CANARIES = json.loads((Path(__file__).parents[1] / "data/canaries.json").read_text("utf-8"))
LANDED_ON = dt.date(2024, 10, 14)
YEARS = {
    "2023-24": "this",
    "2022-23": "previous",
    "2021-22": "two_years_before",
    "2020-21": "three_years_before",
}
NAMES = {
    "within longest": "responded_within_longest",
    "in time": "responded_in_time",
    "upheld": "upheld_or_partially",
    "partially upheld": "partially_upheld",
    "answered": "responses_sent",
    "withdrawn": "withdrawn_or_refused",
    "brought forward": "brought_forward",
    "carried forward": "open_steps",
    "taken outside": "taken_outside",
    "received": "received_at_stage",
}
"""What the publication's data call it, and the KPI that counts it."""
OMBUDSMAN = {
    "received": "ombudsman_received",
    "decided": "ombudsman_decided",
    "investigated": "ombudsman_investigated",
    "upheld": "ombudsman_upheld",
    "not upheld": "ombudsman_not_upheld",
    "recommended": "ombudsman_with_recommendations",
    "complied": "ombudsman_complied",
}
CASES = [
    pytest.param(value, id=f"{entry['id']} {value['figure']}")
    for entry in PUBLISHED["entries"]
    for value in entry["values"]
    if isinstance(value["value"], int)
]


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_at(tmp_path_factory.mktemp("stockport"))


@pytest.fixture(scope="module")
def desk(taken_in: Settings) -> Desk:
    intake = extract(taken_in, "stockport", LANDED_ON)
    validate(taken_in, "stockport", intake.id)
    computed = compute_kpis(taken_in, "stockport", "annual_report", Period.parse("2023-24"))
    return Desk(taken_in, computed)


def test_every_row_of_every_file_is_accounted_for(taken_in: Settings) -> None:
    intake = extract(taken_in, "stockport", LANDED_ON)
    assert len(intake.snapshots) == 8
    for snapshot in intake.snapshots:
        assert snapshot.loaded + snapshot.quarantined + snapshot.noise == snapshot.rows_in_file
    assert sum(snapshot.quarantined for snapshot in intake.snapshots) == 6


def test_every_heading_is_mapped_and_every_label_known_but_those_planted(
    taken_in: Settings,
) -> None:
    intake = extract(taken_in, "stockport", LANDED_ON)
    assert not intake.ignored
    assert not [name for snapshot in intake.snapshots for name in snapshot.unknown_columns]
    unknown = {label[:2] for snapshot in intake.snapshots for label in snapshot.unknown}
    assert unknown == {("case_type", "Licensing Act review"), ("service", "Bereavement Services")}


def test_no_planted_person_is_in_what_was_taken_in(taken_in: Settings, desk: Desk) -> None:
    home = Path(str(taken_in.home))
    raw = b"".join(path.read_bytes() for path in (home / "raw").rglob("*") if path.is_file())
    assert all(one.encode() in raw for one in CANARIES["strings"])
    frames = sorted(home.rglob("*.parquet"))
    assert len(frames) > len(desk.council.exports)
    for path in frames:
        told = pd.read_parquet(path).to_csv()
        assert [one for one in CANARIES["fragments"] if one in told] == [], path.name


def test_nothing_critical_stands_against_the_exports(taken_in: Settings) -> None:
    intake = extract(taken_in, "stockport", LANDED_ON)
    judged = validate(taken_in, "stockport", intake.id)
    assert not judged.critical
    told = " ".join(finding.sentence for finding in judged.findings)
    assert "answered before being received" in told
    assert "whose stage before is not in the exports" in told


@pytest.mark.parametrize("value", CASES)
def test_a_published_figure_is_counted(desk: Desk, value: dict[str, object]) -> None:
    wanted = value.get("held", value["value"])
    assert rounded(_value(desk, str(value["figure"])), 0) == Fraction(str(wanted))


def _value(desk: Desk, name: str) -> Fraction:
    year = next((YEARS[y] for y in YEARS if y in name), "this")
    words = re.sub(r" ?\d{4}-\d{2}", "", name)
    if words.endswith("per cent change"):
        words = words.removesuffix(" per cent change")
        return _told(_figure(desk, words).per_cent_change(_figure(desk, words, "previous")))
    if words == "escalation rate change":
        now, before = (desk.measures.figure("escalated_with_own_years", y) for y in _TWO)
        return _told(now.change(before))
    figure = _figure(desk, words.removesuffix(" rate"), year)
    if words.endswith(" rate") or words.startswith("escalation rate"):
        return _told(figure)
    assert figure.count is not None
    return Fraction(figure.count)


_TWO = ("this", "previous")


def _figure(desk: Desk, words: str, year: str = "this") -> Figure:
    """The product's figure for a figure called as the publication's data call it."""
    ask = desk.measures.figure
    if by_stage := re.fullmatch(r"([a-z ]+?) (\w+) stage (\d)", words):
        kpi, about = NAMES[by_stage[1]], {"procedure": by_stage[2], "stage": by_stage[3]}
        return ask(kpi, year, **about)
    if words.startswith("received "):
        return _received(desk, words.removeprefix("received "), year)
    if words.startswith("escalation rate "):
        return ask("escalated_in_period", year, procedure=words.rpartition(" ")[2])
    if words.startswith("ombudsman "):
        return _of_the_ombudsman(desk, words.removeprefix("ombudsman "), year)
    if words == "resolved early adults":
        return ask("contacts_resolved_early", year, procedure="adults")
    if words == "public reports":
        return ask("lgsco_public_reports", year)
    raise AssertionError(f"No measure is named for '{words}'.")


def _received(desk: Desk, words: str, year: str) -> Figure:
    ask = desk.measures.figure
    if words == "all stages":
        return ask("received_with_own_years", year)
    if words.startswith("stage "):
        return ask("received_with_own_years", year, stage=words[-1])
    if words == "locality":
        return ask("complaints_received", year, team="locality_social_care")
    if words == "headteacher":
        about = {"procedure": "schools", "stage": "1", "subcategory": "headteacher"}
        return ask("received_at_stage", year, **about)
    return ask("complaints_received", year, service=words)


def _of_the_ombudsman(desk: Desk, words: str, year: str) -> Figure:
    ask = desk.measures.figure
    if words in OMBUDSMAN:
        return ask(OMBUDSMAN[words], year)
    subject = words.removeprefix("upheld ")
    for dimension in ("ombudsman_subcategory", "ombudsman_category"):
        for id_ in desk.council.taxonomy.ids(dimension):
            if desk.council.taxonomy.name(dimension, id_) == subject:
                return ask("ombudsman_upheld", year, **{dimension: id_})
    raise AssertionError(f"The Ombudsman's lists have no '{subject}'.")


def _told(figure: Figure) -> Fraction:
    assert figure.value is not None
    return figure.value
