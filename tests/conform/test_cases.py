"""One row a case with a block of columns a stage, as Jadu and iCasework export it."""

from collections.abc import Callable

import pandas as pd
import pytest

from candour.conform import Accounts

from .conftest import Clerk

ClerkOf = Callable[..., Clerk]

JADU = """
cxm:
  fills: steps
  files: [{name: "cxm-{date}.csv", holds: everything}]
  one_row: case
  dates: ["%Y-%m-%d"]
  columns:
    case_ref: Reference
    procedure: {always: corporate}
    service: {column: Service, within: Directorate}
    channel: {column: Channel, values: {web: [WEB], phone: [CSO]}}
  stages:
    1:
      received_on: Stage 1 SLA start date
      vendor_due_on: Stage 1 SLA date
      responded_on: {column: Stage 1 Decision Date, when_filled: outcome}
      withdrawn_on: {column: Stage 1 Decision Date, when_filled: disposition}
      outcome:
        column: Stage 1 Decision
        values:
          upheld: ["Stage 1 Closed - response upheld"]
          partially_upheld: ["Stage 1 Closed - response partially upheld"]
          not_upheld: ["Stage 1 Closed - response not upheld"]
      disposition:
        column: Stage 1 Decision
        values:
          withdrawn: [Withdrawn]
          refused: ["Closed - service request not a complaint"]
      redress_pence: {column: Stage 1 Financial Redress Amount, money: pounds}
      vendor_in_time: {column: SLA Stage 1, values: {yes: [Met], no: [Missed]}}
    2:
      received_on: Stage 2 SLA start date
      responded_on: Stage 2 Decision Date
      outcome:
        column: Stage 2 Decision
        values: {upheld: ["Stage 2 Closed - response upheld"]}
  personal: [Description, Staff Name]
  ignored: [Stage 1 Outcome Action]
"""

JADU_HEADERS = (
    "Reference", "Service", "Directorate", "Channel", "Description", "Staff Name",
    "Stage 1 SLA start date", "Stage 1 SLA date", "SLA Stage 1", "Stage 1 Decision",
    "Stage 1 Decision Date", "Stage 1 Outcome Action", "Stage 1 Financial Redress Amount",
    "Stage 2 SLA start date", "Stage 2 Decision Date", "Stage 2 Decision",
)  # fmt: skip

JADU_CASE = {
    "Reference": "COR000123",
    "Service": "Legal Services",
    "Directorate": "Resources",
    "Channel": "CSO",
    "Stage 1 SLA start date": "2024-01-08",
    "Stage 1 SLA date": "2024-01-29",
    "SLA Stage 1": "Met",
    "Stage 1 Decision": "Stage 1 Closed - response partially upheld",
    "Stage 1 Decision Date": "2024-01-22",
    "Stage 1 Financial Redress Amount": "£50",
    "Staff Name": "Zebedee Canary",
}


@pytest.fixture
def jadu(clerk_of: ClerkOf) -> Clerk:
    return clerk_of(JADU, JADU_HEADERS, JADU_CASE)


def test_a_case_at_stage_one_is_one_step(jadu: Clerk) -> None:
    (step,) = jadu.steps({}).to_dict("records")
    assert (step["case_ref"], step["stage"], step["procedure"]) == ("COR000123", 1, "corporate")
    assert (step["directorate"], step["service"], step["channel"]) == (
        "resources",
        "legal",
        "phone",
    )
    assert step["received_on"] == pd.Timestamp("2024-01-08")
    assert step["vendor_due_on"] == pd.Timestamp("2024-01-29")
    assert step["responded_on"] == pd.Timestamp("2024-01-22")
    assert pd.isna(step["withdrawn_on"])
    assert (step["outcome"], step["redress_pence"]) == ("partially_upheld", 5000)
    assert step["vendor_in_time"]


def test_a_case_at_two_stages_is_two_steps_of_one_row(jadu: Clerk) -> None:
    conformed = jadu.conform(
        {
            "Stage 2 SLA start date": "2024-02-01",
            "Stage 2 Decision": "Stage 2 closed – response upheld",
            "Stage 2 Decision Date": "2024-02-20",
        },
        {"Reference": "COR000124"},
    )
    steps = conformed.frames["steps"]
    assert steps[["case_ref", "stage"]].to_numpy().tolist() == [
        ["COR000123", 1],
        ["COR000123", 2],
        ["COR000124", 1],
    ]
    assert steps["outcome"].tolist() == ["partially_upheld", "upheld", "partially_upheld"]
    assert steps["service"].tolist() == ["legal"] * 3
    assert steps["row_number"].tolist() == [2, 2, 3]
    assert conformed.accounts == Accounts(rows_in_file=2, loaded=2, quarantined=0, noise=0)


def test_one_decision_column_tells_answers_from_withdrawals(jadu: Clerk) -> None:
    conformed = jadu.conform(
        {"Stage 1 Decision": "Withdrawn"},
        {"Reference": "2", "Stage 1 Decision": "Closed - service request not a complaint"},
        {"Reference": "3", "Stage 1 Decision": "Closed - no response to clarification"},
    )
    steps = conformed.frames["steps"]
    assert steps["responded_on"].isna().all()
    assert steps["withdrawn_on"].notna().tolist() == [True, False, True]
    assert steps["disposition"].dropna().tolist() == ["refused", "withdrawn"]
    assert [u.label for u in conformed.unknown] == ["Closed - no response to clarification"]


def test_a_case_is_held_back_whole_when_one_of_its_stages_cannot_be_read(jadu: Clerk) -> None:
    conformed = jadu.conform(
        {"Stage 2 SLA start date": "2024-02-01", "Stage 2 Decision Date": "soon"}
    )
    assert conformed.frames["steps"].empty
    assert conformed.quarantine["column"].tolist() == ["Stage 2 Decision Date"]


def test_a_case_without_any_stage_is_held_back(jadu: Clerk) -> None:
    conformed = jadu.conform(
        dict.fromkeys([h for h in JADU_HEADERS if h.startswith(("Stage", "SLA"))], "")
    )
    assert conformed.quarantine["code"].tolist() == ["Q08"]
    assert (
        "“Stage 1 SLA start date” and “Stage 2 SLA start date” are blank"
        in (conformed.quarantine["reason"].iloc[0])
    )


def test_an_answer_at_a_stage_nobody_asked_for_is_held_back(jadu: Clerk) -> None:
    conformed = jadu.conform({"Stage 2 Decision Date": "2024-02-20"})
    assert conformed.quarantine["code"].tolist() == ["Q09"]
    assert conformed.quarantine["reason"].tolist() == [
        "“Stage 2 Decision Date” says “2024-02-20”, but the stage has no day it was received."
    ]


def test_a_case_exported_twice_counts_once(jadu: Clerk) -> None:
    second = {"Stage 2 SLA start date": "2024-02-01"}
    conformed = jadu.conform({}, second, second)
    assert conformed.frames["steps"]["row_number"].tolist() == [3, 3]
    assert conformed.quarantine["code"].tolist() == ["Q07"]
    assert conformed.accounts == Accounts(rows_in_file=3, loaded=1, quarantined=1, noise=1)


ICASEWORK = """
icasework:
  fills: steps
  files: [{name: "getcases.csv", holds: changes}]
  one_row: case
  dates: ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
  columns:
    case_ref: CaseDetails.CaseId
    procedure:
      column: CaseDetails.CaseType
      values: {corporate: [Complaint], adults: [Adult social care complaint]}
    directorate: CaseDetails.Directorate
    team: CaseDetails.Team
    officer: CaseDetails.AssignedTo
    logged_on: CaseStatusReceipt.TimeCreated
  stages:
    1: {received_on: CaseStatusReceipt.DateReceived, responded_on: CaseStageStage1.DateCompleted,
        outcome: {column: CaseStageStage1.Outcome,
                  values: {upheld: [Upheld], not_upheld: [Not upheld]}},
        vendor_due_on: CaseStageStage1.DateDue,
        vendor_in_time: {column: CaseStageStage1.ResponseInTarget, values: {yes: [Yes], no: [No]}}}
    2: {received_on: CaseStageStage2.DateReceived, responded_on: CaseStageStage2.DateCompleted,
        outcome: {column: CaseStageStage2.Outcome,
                  values: {upheld: [Upheld], not_upheld: [Not upheld]}}}
  personal: [MainParty.FullName, MainParty.Address, MainParty.Postcode]
"""


def test_the_flat_form_of_icasework_is_read(clerk_of: ClerkOf) -> None:
    row = {
        "CaseDetails.CaseId": "487347",
        "CaseDetails.CaseType": "Complaint",
        "CaseDetails.Directorate": "Corporate Resources",
        "CaseDetails.Team": "Litigation",
        "CaseDetails.AssignedTo": "Sam Lee",
        "CaseStatusReceipt.TimeCreated": "2021-02-15T16:42:19",
        "CaseStatusReceipt.DateReceived": "2021-02-15",
        "CaseStageStage1.DateDue": "2021-03-15",
        "CaseStageStage1.DateCompleted": "2021-03-08",
        "CaseStageStage1.Outcome": "Not upheld",
        "CaseStageStage1.ResponseInTarget": "Yes",
        "CaseStageStage2.DateReceived": "",
        "CaseStageStage2.DateCompleted": "",
        "CaseStageStage2.Outcome": "",
        "MainParty.FullName": "Bloggs, Fred",
        "MainParty.Address": "Flat B",
        "MainParty.Postcode": "NG1 4GR",
    }
    clerk = clerk_of(ICASEWORK, list(row), row)
    one, two = (
        clerk.steps({}, {"CaseDetails.CaseId": "9", "CaseStageStage2.DateReceived": "2021-04-01"})
        .query("case_ref == '9'")
        .to_dict("records")
    )
    assert (one["stage"], two["stage"]) == (1, 2)
    assert one["logged_on"] == two["logged_on"] == pd.Timestamp("2021-02-15")
    assert (one["service"], one["directorate"], one["team"]) == ("legal", "resources", "litigation")
    assert (one["officer"], one["outcome"], one["vendor_in_time"]) == ("p_lee", "not_upheld", True)
    assert pd.isna(two["responded_on"])
