"""A file is enough to begin with: its draft reads it, and asks what only a person knows."""

import datetime as dt

import pytest

from candour.conform import conform
from candour.conform.drafting import Draft, draft_export
from candour.exports import match, read_exports
from candour.reading.raw import RawTable
from candour.taxonomy import read_taxonomy

from .conftest import COMPLAINT, LONG_HEADERS, raw_table
from .test_cases import JADU_CASE, JADU_HEADERS


def complaints() -> RawTable:
    rows = [
        COMPLAINT | {"Case Reference": str(n), "Stage": stage, "Outcome": outcome, **more}
        for n, (stage, outcome, more) in enumerate(
            [
                ("Stage 1", "Upheld", {"Responded": "28/03/2024", "In Target": "Met"}),
                ("Stage One", "Part upheld", {"Responded": "02/04/2024", "In Target": "Missed"}),
                ("S2", "Not upheld", {"Service": "Business Support", "Team": "Duty team"}),
                ("Review Panel", "Withdrawn", {"Directorate": "Children's Services"}),
                ("Stage 1", "", {"Complaint Type": "Adults", "Received": "01/01/1900"}),
                ("Stage 1", "Gone fishing", {"Redress": "£50"}),
            ]
        )
    ]
    return raw_table(LONG_HEADERS, rows)


def drafted(raw: RawTable, file: str = "complaints_20240402.csv") -> Draft:
    return draft_export(raw, "complaints", "steps", file)


def test_the_draft_of_a_file_reads_the_file() -> None:
    raw, file = complaints(), "complaints_20240402.csv"
    draft = drafted(raw)
    taxonomy = read_taxonomy(draft.services, None, "")
    exports = read_exports(draft.exports, "exports.yaml", taxonomy, frozenset(draft.procedures))
    matched = match(exports, file)
    assert matched is not None
    assert matched.extracted_on == dt.date(2024, 4, 2)
    conformed = conform(raw, matched.export, matched.extracted_on, taxonomy, "5ha", file=file)
    steps = conformed.frames["steps"]
    assert steps["stage"].tolist() == [1, 1, 2, 3, 1]
    assert steps["outcome"].dropna().tolist() == ["upheld", "partially_upheld", "not_upheld"]
    assert steps["disposition"].dropna().tolist() == ["withdrawn"]
    assert steps["vendor_in_time"].dropna().tolist() == [True, False]
    assert steps["service"].notna().all()
    assert conformed.quarantine["reason"].tolist() == ["“Received” is blank."]
    assert [u.label for u in conformed.unknown] == ["Gone fishing"]
    assert conformed.unmapped == ()


def test_the_draft_asks_what_only_a_person_knows() -> None:
    draft = drafted(complaints())
    assert "“Outcome”: say under 'values' what these mean: Gone fishing." in draft.questions
    assert draft.exports.startswith("# ")
    assert draft.procedures == ("adults", "corporate")


def test_personal_columns_are_named_and_never_read() -> None:
    draft = drafted(complaints())
    assert "personal: [Complainant Name, Summary]" in draft.exports
    assert "canary" not in (draft.exports + draft.services).casefold()


def test_a_block_of_columns_a_stage_is_recognised() -> None:
    second = {"Stage 2 SLA start date": "2024-02-01", "Stage 2 Decision Date": "2024-02-20"}
    raw = raw_table(JADU_HEADERS, [JADU_CASE, JADU_CASE | second | {"Reference": "COR000124"}])
    draft = drafted(raw, "cxm.csv")
    taxonomy = read_taxonomy(draft.services, None, "")
    exports = read_exports(draft.exports, "exports.yaml", taxonomy, frozenset(draft.procedures))
    export = exports["complaints"]
    assert export.dates == ("%Y-%m-%d",)
    assert export.stages[2]["responded_on"].column == "Stage 2 Decision Date"
    conformed = conform(raw, export, dt.date(2024, 4, 2), taxonomy, "5ha", file="cxm.csv")
    assert conformed.frames["steps"]["stage"].tolist() == [1, 1, 2]
    assert conformed.frames["steps"]["redress_pence"].dropna().tolist() == [5000, 5000]


def test_a_receipt_without_a_stage_is_that_of_stage_one() -> None:
    row = {"Ref": "1", "Date Received": "2021-02-15", "CaseStageStage1.DateCompleted": "2021-03-08"}
    draft = drafted(raw_table(list(row), [row]), "getcases.csv")
    taxonomy = read_taxonomy(draft.services, None, "")
    exports = read_exports(draft.exports, "exports.yaml", taxonomy, frozenset(draft.procedures))
    block = exports["complaints"].stages[1]
    assert block["received_on"].column == "Date Received"
    assert block["responded_on"].column == "CaseStageStage1.DateCompleted"


def test_what_is_missing_is_asked_for() -> None:
    draft = drafted(raw_table(["Ref", "Colour"], [{"Ref": "1", "Colour": "red"}]))
    assert any("received_on" in question for question in draft.questions)
    assert "No column looks like procedure; 'corporate' is put for every row." in draft.questions
    assert "ignored: [Colour]" in draft.exports


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("28/03/2024", "%d/%m/%Y"),
        ("05/03/2024", "%d/%m/%Y"),
        ("03/28/2024", "%m/%d/%Y"),
        ("28.03.2024", "%d.%m.%Y"),
        ("28 Mar 2024", "%d %b %Y"),
        ("2024-03-28T09:00:00", "%Y-%m-%dT%H:%M:%S"),
        ("45379", "excel"),
    ],
)
def test_the_form_of_days_is_found_by_trying(written: str, form: str) -> None:
    raw = raw_table(["Ref", "Date Received"], [{"Ref": "1", "Date Received": written}] * 3)
    assert f"'{form}'" in drafted(raw).exports.replace("[excel]", "'excel'")
