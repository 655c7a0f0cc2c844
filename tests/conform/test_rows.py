"""One row a stage: what each cell becomes, what is held back, and what is never let through."""

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest

from candour.conform import Accounts
from candour.errors import InputError, ReconciliationError
from candour.frames import SCHEMAS
from candour.reading.raw import Noise, Torn

from .conftest import LONG, LONG_HEADERS, Clerk

ClerkOf = Callable[..., Clerk]


def value(clerk: Clerk, column: str, **cells: str) -> object:
    """What one column of the one step of a row holds; None when missing."""
    found = clerk.steps(cells)[column].iloc[0]
    return None if pd.isna(found) else found


@pytest.mark.parametrize(
    ("header", "text", "column", "meaning"),
    [
        ("Case Reference", "0001", "case_ref", "0001"),
        ("Stage", "s1", "stage", 1),
        ("Stage", " STAGE\u00a0 2", "stage", 2),
        ("Complaint Type", "adults", "procedure", "adults"),
        ("Officer", "khan,  a", "officer", "p_khan"),
        ("Officer", "Ayesha Khan", "officer", "p_khan"),
        ("Category", "Staff Conduct", "category", "staff"),
        ("Outcome", "NOT UPHELD", "outcome", "not_upheld"),
        ("Outcome", "Rejected", "disposition", "refused"),
        ("Outcome", "Withdrawn", "disposition", "withdrawn"),
        ("Outcome", "Logged in error", "disposition", "logged_in_error"),
        ("Outcome", "N/A", "outcome", None),
        ("In Target", "y", "vendor_in_time", True),
        ("In Target", "Missed", "vendor_in_time", False),
        ("In Target", "", "vendor_in_time", None),
        ("Redress", "£1,250.00", "redress_pence", 125000),
        ("Redress", "£ 1 250", "redress_pence", 125000),
        ("Redress", "50", "redress_pence", 5000),
        ("Redress", "0.29", "redress_pence", 29),
        ("Redress", "1.10", "redress_pence", 110),
        ("Redress", "0.1", "redress_pence", 10),
        ("Redress", "n/a", "redress_pence", None),
    ],
)
def test_a_cell_means(clerk: Clerk, header: str, text: str, column: str, meaning: object) -> None:
    assert value(clerk, column, **{header: text}) == meaning


@pytest.mark.parametrize("text", ["fifty", "1,25.00", "12.345", "-50", "$50", "50 apples"])
def test_what_is_no_amount_is_not_recorded_and_reported(clerk: Clerk, text: str) -> None:
    conformed = clerk.conform({"Redress": text})
    assert conformed.frames["steps"]["redress_pence"].isna().tolist() == [True]
    assert [(u.column, u.label, u.rows) for u in conformed.unknown] == [("redress_pence", text, 1)]


def test_the_frame_has_exactly_the_declared_columns_in_the_declared_types(clerk: Clerk) -> None:
    steps = clerk.steps({})
    empty = SCHEMAS["steps"].empty()
    assert list(steps.columns) == list(empty.columns)
    for column in steps:
        assert isinstance(steps[column].dtype, type(empty[column].dtype)), column


def test_every_row_says_which_file_and_line_it_came_from(clerk: Clerk) -> None:
    steps = clerk.steps({"Case Reference": "2"}, {"Case Reference": "1"})
    assert steps["case_ref"].tolist() == ["1", "2"]
    assert steps["row_number"].tolist() == [3, 2]
    assert set(steps["snapshot"]) == {"5ha"}


# --- belonging --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("directorate", "service", "ids"),
    [
        ("Resources", "Business Support", ("resources", "resources_support")),
        ("Children's Services", "Business  support", ("children", "children_support")),
        ("", "Legal Svcs", ("resources", "legal")),
        ("Children’s services", "Legal Services", ("resources", "legal")),
        ("", "Business Support", (None, None)),
        ("Nowhere", "assessment and support", ("children", "assessment")),
    ],
)
def test_a_service_is_found_within_its_directorate_and_the_directorate_follows(
    clerk: Clerk, directorate: str, service: str, ids: tuple[str | None, str | None]
) -> None:
    row = {"Directorate": directorate, "Service": service}
    assert (value(clerk, "directorate", **row), value(clerk, "service", **row)) == ids


def test_a_team_is_found_within_its_service_and_tells_the_service_where_none_is_recorded(
    clerk: Clerk,
) -> None:
    assert value(clerk, "team", Service="Legal Services", Team="Duty team") == "legal_duty"
    assert value(clerk, "team", Service="assessment & support", Team="duty team") == "children_duty"
    assert value(clerk, "team", Service="", Team="Duty team") is None
    assert value(clerk, "service", Service="", Team="Litigation") == "legal"
    assert value(clerk, "directorate", Service="", Team="Litigation") == "resources"


def test_a_directorate_that_is_mapped_settles_the_service_too(clerk_of: ClerkOf) -> None:
    within = "{column: Service, within: Directorate}"
    clerk = clerk_of(LONG.replace(within, "Service\n    directorate: Directorate"))
    row = {"Directorate": "Children's Services", "Service": "Business Support"}
    assert value(clerk, "service", **row) == "children_support"
    assert value(clerk, "directorate", Directorate="Resources", Service="") == "resources"


def test_a_file_that_names_another_directorate_is_noted(clerk_of: ClerkOf) -> None:
    clerk = clerk_of(
        LONG.replace(
            "{column: Service, within: Directorate}", "Service\n    directorate: Directorate"
        )
    )
    conformed = clerk.conform({"Directorate": "Children's Services"}, {"Case Reference": "2"})
    assert conformed.frames["steps"]["directorate"].tolist() == ["resources", "resources"]
    assert conformed.notes[0].startswith("Rows that name another directorate")


# --- what is not understood ----------------------------------------------------------------------


def test_an_unknown_label_of_a_describing_column_loads_and_is_counted(clerk: Clerk) -> None:
    conformed = clerk.conform(
        {"Category": "Noise"},
        {"Case Reference": "2", "Category": "noise"},
        {"Case Reference": "3", "Category": "Dogs"},
        {"Case Reference": "4", "Category": "Noise"},
    )
    assert conformed.accounts.loaded == 4
    assert conformed.frames["steps"]["category"].isna().all()
    assert [(u.column, u.header, u.label, u.rows) for u in conformed.unknown] == [
        ("category", "Category", "Noise", 3),
        ("category", "Category", "Dogs", 1),
    ]


def test_a_label_of_two_columns_need_be_known_to_one_of_them(clerk: Clerk) -> None:
    conformed = clerk.conform(
        {"Outcome": "Upheld"},
        {"Case Reference": "2", "Outcome": "Rejected"},
        {"Case Reference": "3", "Outcome": "Perhaps"},
    )
    assert [(u.label, u.rows) for u in conformed.unknown] == [("Perhaps", 1)]


def test_long_texts_are_never_shown_for_they_may_name_people(clerk: Clerk) -> None:
    story = "Mrs Canary of 1 Canary Street says that nobody ever rang her back about the drains"
    conformed = clerk.conform({"Category": story, "Received": story}, {"Case Reference": "2"})
    assert [u.label for u in conformed.unknown] == ["a text of 82 characters"]
    assert "Canary" not in conformed.quarantine.to_csv()


@pytest.mark.parametrize(
    ("header", "text", "code", "reason"),
    [
        ("Case Reference", "", "Q02", "“Case Reference” is blank."),
        ("Received", "TBC", "Q02", "“Received” is blank."),
        ("Stage", "Stage 9", "Q06", "“Stage” says “Stage 9”, which means nothing in this"),
        ("Complaint Type", "Parking", "Q06", "“Complaint Type” says “Parking”, which means"),
        ("Responded", "soon", "Q03", "“Responded” says “soon”; expected a day written dd/mm/yyyy"),
    ],
)
def test_a_row_whose_essentials_or_clock_cannot_be_read_is_held_back_with_a_reason(
    clerk: Clerk, header: str, text: str, code: str, reason: str
) -> None:
    conformed = clerk.conform({"Case Reference": "9"}, {header: text})
    assert conformed.quarantine["code"].tolist() == [code]
    assert conformed.quarantine["reason"].iloc[0].startswith(reason)
    assert conformed.quarantine["column"].tolist() == [header]
    assert conformed.quarantine["row_number"].tolist() == [3]
    assert conformed.accounts == Accounts(rows_in_file=2, loaded=1, quarantined=1, noise=0)


def test_a_row_with_two_faults_is_one_line_with_both_reasons(clerk: Clerk) -> None:
    quarantine = clerk.conform({"Stage": "Nine", "Received": "soon"}).quarantine
    assert len(quarantine) == 1
    assert "“Stage” says “Nine”" in quarantine["reason"].iloc[0]
    assert "“Received” says “soon”" in quarantine["reason"].iloc[0]
    assert quarantine["reference"].tolist() == ["0001"]


# --- repeats -------------------------------------------------------------------------------------


def test_a_row_that_says_the_same_again_is_noise_and_the_first_is_kept(clerk: Clerk) -> None:
    conformed = clerk.conform({}, {"GUID": "another"}, {})
    assert conformed.frames["steps"]["row_number"].tolist() == [2]
    assert conformed.noise == (Noise(3, "a repeated row"), Noise(4, "a repeated row"))


def test_of_rows_that_contradict_each_other_the_last_counts_and_the_others_are_held_back(
    clerk: Clerk,
) -> None:
    conformed = clerk.conform(
        {}, {"Responded": "11/03/2024", "Category": "Delay"}, {"Category": "Delay"}
    )
    steps, quarantine = conformed.frames["steps"], conformed.quarantine
    assert steps["row_number"].tolist() == [4]
    assert quarantine["row_number"].tolist() == [2, 3]
    assert set(quarantine["code"]) == {"Q07"}
    assert quarantine["reason"].tolist() == [
        "The same reference appears again further down with other values (Category).",
        "The same reference appears again further down with other values (Responded).",
    ]


def test_a_row_that_cannot_be_read_supersedes_nothing(clerk: Clerk) -> None:
    conformed = clerk.conform({}, {"Responded": "soon"})
    assert conformed.frames["steps"]["row_number"].tolist() == [2]
    assert conformed.quarantine["row_number"].tolist() == [3]


def test_two_stages_of_a_case_repeat_nothing(clerk: Clerk) -> None:
    assert clerk.steps({}, {"Stage": "Stage 2"})["stage"].tolist() == [1, 2]


# --- headers --------------------------------------------------------------------------------------


def test_headers_are_found_in_any_order_and_spelling(clerk_of: ClerkOf, clerk: Clerk) -> None:
    spelt = [header.upper().replace(" ", "\u00a0 ") for header in reversed(LONG_HEADERS)]
    again = clerk_of(
        LONG,
        spelt,
        {h: clerk.row.get(o, "") for h, o in zip(spelt, reversed(LONG_HEADERS), strict=True)},
    )
    pd.testing.assert_frame_equal(again.steps({}), clerk.steps({}))


def test_a_missing_column_refuses_the_file_and_names_the_nearest(clerk_of: ClerkOf) -> None:
    headers = ["Responded On" if header == "Responded" else header for header in LONG_HEADERS]
    with pytest.raises(InputError) as refused:
        clerk_of(LONG, headers).conform({})
    assert str(refused.value).startswith(
        "complaints.csv: there is no column “Responded”; the nearest is “Responded On”."
    )


def test_a_column_nobody_declared_is_reported_and_not_read(clerk_of: ClerkOf) -> None:
    clerk = clerk_of(LONG, [*LONG_HEADERS, "Voicemail"])
    conformed = clerk.conform({"Voicemail": "Zebedee Canary"})
    assert conformed.unmapped == ("Voicemail",)
    assert "“Voicemail”" in conformed.notes[-1]


def test_a_value_counts_only_where_another_column_is_filled(clerk_of: ClerkOf) -> None:
    clerk = clerk_of(
        LONG.replace(
            "responded_on: Responded",
            "responded_on: {column: Responded, when_filled: outcome}\n"
            "    withdrawn_on: {column: Responded, when_filled: disposition}",
        )
    )
    steps = clerk.steps(
        {"Responded": "11/03/2024", "Outcome": "Upheld"},
        {"Case Reference": "2", "Responded": "12/03/2024", "Outcome": "Rejected"},
        {"Case Reference": "3", "Responded": "rubbish"},
    )
    eleventh, twelfth = pd.Timestamp("2024-03-11"), pd.Timestamp("2024-03-12")
    assert steps["responded_on"].tolist() == [eleventh, pd.NaT, pd.NaT]
    assert steps["withdrawn_on"].tolist() == [pd.NaT, twelfth, pd.NaT]


def test_a_renamed_column_is_read_by_its_name_on_the_day_of_the_extract(clerk_of: ClerkOf) -> None:
    text = LONG + "  changed: [{from: 2023-10-01, columns: {responded_on: Response Sent}}]\n"
    before = clerk_of(text)
    after = clerk_of(text, ["Response Sent" if h == "Responded" else h for h in LONG_HEADERS])
    day = pd.Timestamp("2023-09-11")
    row = {"Received": "01/09/2023"}
    old = before.conform(row | {"Responded": "11/09/2023"}, extracted_on=dt.date(2023, 9, 30))
    new = after.conform(row | {"Response Sent": "11/09/2023"}, extracted_on=dt.date(2023, 10, 1))
    assert old.frames["steps"]["responded_on"].tolist() == [day]
    assert new.frames["steps"]["responded_on"].tolist() == [day]


# --- accounts and privacy -----------------------------------------------------------------------


def test_torn_rows_and_noise_are_accounted_for(clerk: Clerk) -> None:
    conformed = clerk.conform(
        {}, {"Received": ""}, {}, noise=(Noise(9, "blank"),), torn=(Torn(8, "3 fields", "Canary"),)
    )
    assert conformed.accounts == Accounts(rows_in_file=5, loaded=1, quarantined=2, noise=2)
    assert conformed.quarantine["code"].tolist() == ["Q02", "Q01"]
    assert "3 fields" in conformed.quarantine["reason"].iloc[1]


def test_accounts_that_lose_a_row_are_refused() -> None:
    with pytest.raises(ReconciliationError, match="Rows not accounted for: 1"):
        Accounts(rows_in_file=10, loaded=7, quarantined=1, noise=1)


def test_an_empty_file_is_an_empty_frame(clerk: Clerk) -> None:
    conformed = clerk.conform()
    assert conformed.frames["steps"].empty
    assert conformed.frames["steps"].dtypes["received_on"] == "datetime64[s]"
    assert conformed.accounts == Accounts(0, 0, 0, 0)


def test_nothing_personal_is_in_any_part_of_the_answer(clerk_of: ClerkOf) -> None:
    clerk = clerk_of(LONG, [*LONG_HEADERS, "Voicemail"])
    conformed = clerk.conform(
        {"Voicemail": "Zebedee Canary"},
        {"Received": "soon", "Category": "Unheard of"},
        {"Case Reference": "", "Stage": "?"},
        torn=(Torn(8, "3 fields", "Zebedee Canary,1,2"),),
    )
    everything = repr(conformed) + conformed.quarantine.to_csv()
    everything += "".join(frame.to_csv() for frame in conformed.frames.values())
    assert "Unheard of" in everything
    assert "canary" not in everything.casefold()
