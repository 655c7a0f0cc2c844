"""One row an event, as a case management system's own log has it (HOCS, FixMyStreet)."""

from collections.abc import Callable

import pandas as pd
import pytest

from candour.conform import Accounts
from candour.reading.raw import Noise

from .conftest import Clerk

ClerkOf = Callable[..., Clerk]

LOG = """
case_data:
  fills: steps
  files: [{name: "case_data_{date}.csv", holds: everything}]
  one_row: event
  dates: ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]
  columns:
    case_ref: reference
    procedure: {column: CompType, values: {corporate: [Service], adults: [Adult care]}}
    directorate: Directorate
    service: BusArea
    channel: {column: Channel, values: {web: [Webform], phone: [Phone]}}
  events:
    column: event
    on: timestamp
    labels:
      CASE_CREATED: {stage: 1, sets: received_on, from: DateReceived}
      CASE_ACKNOWLEDGED: {stage: 1, sets: acknowledged_on}
      STAGE_1_CLOSED:
        - {stage: 1, sets: responded_on}
        - {stage: 1, sets: outcome, from: CctCaseOutcome, values: {upheld: [Yes], not_upheld: [No]}}
      CASE_WITHDRAWN:
        - {stage: 1, sets: withdrawn_on}
        - {stage: 1, sets: disposition, always: withdrawn}
      EXTENDED: {stage: 1, sets: extended_to_on, from: deadline}
      STAGE_2_STARTED: {stage: 2, sets: received_on}
      STAGE_2_CLOSED: {stage: 2, sets: responded_on}
      NOTE_ADDED: ignored
  personal: [CaseSummary, ComplainantDOB]
"""

HEADERS = (
    "timestamp", "event", "userId", "reference", "deadline", "DateReceived", "CompType", "Channel",
    "BusArea", "Directorate", "CctCaseOutcome", "CaseSummary", "ComplainantDOB",
)  # fmt: skip
ROW = {"reference": "COMP/01", "CompType": "Service", "BusArea": "Legal Services"}


def event(name: str, at: str, reference: str = "COMP/01", **cells: str) -> dict[str, str]:
    return {"event": name, "timestamp": at, "reference": reference, **cells}


CREATED = event("CASE_CREATED", "2024-01-09T09:00:00", DateReceived="2024-01-08")
ACKNOWLEDGED = event("CASE_ACKNOWLEDGED", "2024-01-10T10:00:00")
CLOSED = event("STAGE_1_CLOSED", "2024-01-22T16:00:00", CctCaseOutcome="Yes")
ESCALATED = event("STAGE_2_STARTED", "2024-02-01T08:00:00")
NOTE = event("NOTE_ADDED", "2024-02-02T08:00:00", CaseSummary="Zebedee Canary rang")


@pytest.fixture
def log(clerk_of: ClerkOf) -> Clerk:
    return clerk_of(LOG, HEADERS, ROW)


def test_the_events_of_a_case_are_its_steps(log: Clerk) -> None:
    conformed = log.conform(CREATED, ACKNOWLEDGED, CLOSED, ESCALATED, NOTE)
    one, two = conformed.frames["steps"].to_dict("records")
    assert (one["case_ref"], one["stage"], two["stage"]) == ("COMP/01", 1, 2)
    assert one["received_on"] == pd.Timestamp("2024-01-08")
    assert one["acknowledged_on"] == pd.Timestamp("2024-01-10")
    assert one["responded_on"] == pd.Timestamp("2024-01-22")
    assert (one["outcome"], one["procedure"]) == ("upheld", "corporate")
    assert (two["service"], two["directorate"]) == ("legal", "resources")
    assert two["received_on"] == pd.Timestamp("2024-02-01")
    assert pd.isna(two["responded_on"])
    assert (one["row_number"], two["row_number"]) == (2, 5)
    assert conformed.accounts == Accounts(rows_in_file=5, loaded=4, quarantined=0, noise=1)
    assert conformed.noise == (Noise(6, "an event that is not needed"),)


def test_the_order_of_the_rows_makes_no_difference(log: Clerk) -> None:
    events = [CREATED, ACKNOWLEDGED, CLOSED, ESCALATED, NOTE]
    one, other = log.steps(*events), log.steps(*reversed(events))
    pd.testing.assert_frame_equal(one.drop(columns="row_number"), other.drop(columns="row_number"))


def test_what_happens_once_counts_first_and_everything_else_last(log: Clerk) -> None:
    (step,) = log.steps(
        CREATED,
        event("CASE_ACKNOWLEDGED", "2024-01-12"),
        event("CASE_ACKNOWLEDGED", "2024-01-11"),
        event("STAGE_1_CLOSED", "2024-02-05", CctCaseOutcome="No"),
        event("STAGE_1_CLOSED", "2024-01-22", CctCaseOutcome="Yes"),
        event("EXTENDED", "2024-01-15", deadline="2024-02-29"),
    ).to_dict("records")
    assert step["acknowledged_on"] == pd.Timestamp("2024-01-11")
    assert (step["responded_on"], step["outcome"]) == (pd.Timestamp("2024-02-05"), "not_upheld")
    assert step["extended_to_on"] == pd.Timestamp("2024-02-29")


def test_the_last_row_that_says_something_of_a_case_describes_it(log: Clerk) -> None:
    (step,) = log.steps(
        event("CASE_CREATED", "2024-01-09", DateReceived="2024-01-08", BusArea="Housing Benefit"),
        event("CASE_ACKNOWLEDGED", "2024-01-10", BusArea="Legal Services", Channel="Phone"),
        event("STAGE_1_CLOSED", "2024-01-22", BusArea=""),
    ).to_dict("records")
    assert (step["service"], step["channel"]) == ("legal", "phone")


def test_an_event_can_set_a_constant(log: Clerk) -> None:
    (step,) = log.steps(CREATED, event("CASE_WITHDRAWN", "2024-01-12")).to_dict("records")
    assert (step["disposition"], step["withdrawn_on"]) == ("withdrawn", pd.Timestamp("2024-01-12"))


OTHER = event("CASE_CREATED", "2024-01-09", "COMP/02", DateReceived="2024-01-09")


@pytest.mark.parametrize(
    ("bad", "code", "reason"),
    [
        (event("STAGE_1_CLOSED", "soon"), "Q03", "“timestamp” says “soon”"),
        (event("STAGE_1_CLOSED", ""), "Q02", "“timestamp” is blank"),
        (event("EXTENDED", "2024-01-15", deadline="later"), "Q03", "“deadline” says “later”"),
        (event("RE_OPENED", "2024-01-25"), "Q10", "“event” says “RE_OPENED”, an event that"),
        (event("", "2024-01-25"), "Q02", "“event” is blank"),
        (event("STAGE_2_CLOSED", "2024-03-01"), "Q09", "“event” says “STAGE_2_CLOSED”, but the"),
        (event("CASE_ACKNOWLEDGED", "2024-01-10", CompType="Parking"), "Q06", "“CompType” says"),
    ],
)
def test_a_case_is_loaded_whole_or_not_at_all(
    log: Clerk, bad: dict[str, str], code: str, reason: str
) -> None:
    conformed = log.conform(CREATED, OTHER, bad, NOTE)
    assert conformed.frames["steps"]["case_ref"].tolist() == ["COMP/02"]
    assert conformed.quarantine["row_number"].tolist() == [2, 4]
    assert conformed.quarantine["code"].tolist() == ["Q11", code]
    assert conformed.quarantine["reason"].iloc[1].startswith(reason)
    assert conformed.accounts == Accounts(rows_in_file=4, loaded=1, quarantined=2, noise=1)


def test_a_case_that_never_says_its_procedure_is_held_back(log: Clerk) -> None:
    silent = {"CompType": ""}
    conformed = log.conform(CREATED | silent, ACKNOWLEDGED | silent, OTHER)
    assert conformed.frames["steps"]["case_ref"].tolist() == ["COMP/02"]
    assert conformed.quarantine["reason"].tolist() == ["“CompType” is blank."] * 2


def test_an_event_without_a_case_is_held_back_alone(log: Clerk) -> None:
    conformed = log.conform(CREATED, event("STAGE_1_CLOSED", "2024-01-22", ""))
    assert conformed.accounts == Accounts(rows_in_file=2, loaded=1, quarantined=1, noise=0)


def test_the_same_event_twice_is_noise(log: Clerk) -> None:
    conformed = log.conform(CREATED, CLOSED, CREATED)
    assert conformed.noise == (Noise(4, "a repeated row"),)
    assert conformed.accounts == Accounts(rows_in_file=3, loaded=2, quarantined=0, noise=1)


def test_a_log_without_events_is_an_empty_frame(log: Clerk) -> None:
    assert log.steps().empty
    assert log.steps(NOTE).empty


def test_a_label_may_take_its_stage_from_the_row(clerk_of: ClerkOf) -> None:
    text = """
events:
  fills: steps
  files: [{name: "events.csv", holds: everything}]
  one_row: event
  columns:
    case_ref: Ref
    procedure: {always: corporate}
    stage: {column: Level, values: {1: [First], 2: [Second]}}
  events:
    column: What
    on: When
    labels: {Received: {sets: received_on}, Answered: {sets: responded_on}}
"""
    row = {"Ref": "1", "Level": "First", "What": "Received", "When": "04/03/2024"}
    steps = clerk_of(text, list(row), row).steps(
        {}, {"What": "Answered", "When": "05/03/2024"}, {"Level": "Second", "When": "11/03/2024"}
    )
    assert steps["stage"].tolist() == [1, 2]
    assert steps["responded_on"].tolist() == [pd.Timestamp("2024-03-05"), pd.NaT]


def test_an_unknown_event_is_listed_with_its_count(log: Clerk) -> None:
    conformed = log.conform(CREATED, event("RE_OPENED", "2024-01-25"), OTHER)
    assert [(u.column, u.label, u.rows) for u in conformed.unknown] == [("event", "RE_OPENED", 1)]


def test_a_cut_off_moves_an_event_only_where_it_is_the_receipt(clerk_of: ClerkOf) -> None:
    clerk = clerk_of(
        LOG.replace("one_row: event", 'one_row: event\n  cut_off: "17:00"'), HEADERS, ROW
    )
    stage_one = clerk.steps(
        CREATED,
        event("CASE_ACKNOWLEDGED", "2024-01-10T18:00:00"),
        event("STAGE_2_STARTED", "2024-02-01T18:00:00"),
    )
    assert stage_one["acknowledged_on"].iloc[0] == pd.Timestamp("2024-01-10")
    assert stage_one["received_on"].iloc[1] == pd.Timestamp("2024-02-02")
