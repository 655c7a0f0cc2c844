"""Days are read in the declared forms and no other; a file written month first is refused."""

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest

from candour.errors import InputError

from .conftest import LONG, Clerk

ClerkOf = Callable[..., Clerk]
FORMS = 'dates: ["%d/%m/%Y"]'


def received(clerk: Clerk, text: str, **options: bool) -> str | None:
    """The day read from a cell, ISO, or nothing when its row is quarantined."""
    frame = clerk.conform({"Received": text}, **options).frames["steps"]
    return None if frame.empty else str(frame["received_on"].iloc[0].date())


def written(clerk_of: ClerkOf, forms: str, more: str = "") -> Clerk:
    return clerk_of(LONG.replace(FORMS, f"dates: {forms}{more}"))


@pytest.mark.parametrize(
    ("forms", "text", "day"),
    [
        ('["%d/%m/%Y"]', "04/03/2024", "2024-03-04"),
        ('["%d/%m/%Y"]', "4/3/2024", "2024-03-04"),
        ('["%d/%m/%Y"]', "29/02/2024", "2024-02-29"),
        ('["%d/%m/%Y", "%d/%m/%Y %H:%M"]', "04/03/2024 23:59", "2024-03-04"),
        ('["%d %b %Y"]', "03 Apr 2023", "2023-04-03"),
        ('["%d.%m.%y"]', "04.03.24", "2024-03-04"),
        ('["%Y%m%d"]', "20240304", "2024-03-04"),
        ('["%Y-%m-%dT%H:%M:%S%z"]', "2023-06-30T23:30:00Z", "2023-07-01"),
        ('["%Y-%m-%dT%H:%M:%S%z"]', "2023-12-31T23:30:00+00:00", "2023-12-31"),
        ("[excel]", "45032", "2023-04-16"),
        ("[excel]", "45032.75", "2023-04-16"),
    ],
)
def test_a_day_in_a_declared_form_is_read(
    clerk_of: ClerkOf, forms: str, text: str, day: str
) -> None:
    assert received(written(clerk_of, forms), text) == day


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        ('["%d/%m/%Y"]', "31/02/2024"),
        ('["%d/%m/%Y"]', "2024-03-04"),
        ('["%d/%m/%Y"]', "04/03/2024 10:00"),
        ('["%d/%m/%Y"]', "04/03/24"),
        ('["%d/%m/%Y"]', "45032"),
        ('["%d/%m/%Y"]', "March"),
        ('["%Y%m%d"]', "2024031"),
        ("[excel]", "4503"),
        ("[excel]", "450321"),
    ],
)
def test_a_day_in_another_form_is_quarantined_with_what_it_says(
    clerk_of: ClerkOf, forms: str, text: str
) -> None:
    clerk = written(clerk_of, forms)
    good = "20240304" if "Y%m" in forms else "45000" if "excel" in forms else "04/03/2024"
    many = [{"Case Reference": str(n), "Received": good} for n in range(100)]
    quarantine = clerk.conform(*many, {"Received": text}).quarantine
    assert quarantine["code"].tolist() == ["Q03"]
    assert f"“Received” says “{text}”; expected a day written" in quarantine["reason"].iloc[0]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("Received", "02/04/2024", None),
        ("Received", "03/04/2024", "Q04"),
        ("Responded", "31/12/9999", "Q04"),
        ("Received", "31/12/1989", "Q05"),
        ("Received", "01/01/1990", None),
        ("Responded", "01/01/1900", None),
        ("Extended To", "03/04/2024", None),
        ("Extended To", "02/04/2026", None),
        ("Extended To", "04/04/2026", "Q05"),
    ],
)
def test_what_has_happened_lies_between_1990_and_the_extract_and_what_is_due_within_two_years(
    clerk: Clerk, column: str, text: str, code: str | None
) -> None:
    quarantine = clerk.conform({column: text}, {"Case Reference": "2"}).quarantine
    assert quarantine["code"].tolist() == ([] if code is None else [code])


def test_the_systems_own_due_day_is_dropped_and_reported_when_it_cannot_be_read(
    clerk: Clerk,
) -> None:
    conformed = clerk.conform({"Target Date": "soon"})
    assert conformed.frames["steps"]["vendor_due_on"].isna().tolist() == [True]
    assert [(u.column, u.label, u.rows) for u in conformed.unknown] == [
        ("vendor_due_on", "soon", 1)
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/03/2024 17:00", "2024-03-04"),
        ("04/03/2024 17:01", "2024-03-05"),
        ("31/03/2024 18:00", "2024-04-01"),
    ],
)
def test_received_after_the_cut_off_is_received_the_next_day(
    clerk_of: ClerkOf, text: str, day: str
) -> None:
    clerk = written(clerk_of, '["%d/%m/%Y %H:%M"]', '\n  cut_off: "17:00"')
    assert received(clerk, text) == day


def test_the_cut_off_moves_no_answer(clerk_of: ClerkOf) -> None:
    clerk = written(clerk_of, '["%d/%m/%Y", "%d/%m/%Y %H:%M"]', '\n  cut_off: "17:00"')
    responded = clerk.steps({"Responded": "05/03/2024 17:30"})["responded_on"]
    assert responded.tolist() == [pd.Timestamp("2024-03-05")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-06-30 23:30", "2023-07-01"),
        ("2023-12-31 23:30", "2023-12-31"),
        ("2023-06-30 22:59", "2023-06-30"),
    ],
)
def test_an_instant_in_universal_time_has_its_day_in_london(
    clerk_of: ClerkOf, text: str, day: str
) -> None:
    clerk = written(clerk_of, '["%Y-%m-%d %H:%M"]', "\n  timezone: UTC")
    assert received(clerk, text) == day


def test_a_day_without_a_time_is_not_moved_by_a_time_zone(clerk_of: ClerkOf) -> None:
    clerk = written(clerk_of, '["%Y-%m-%d"]', "\n  timezone: Europe/Paris")
    assert received(clerk, "2023-06-30") == "2023-06-30"


def test_offsets_may_differ_within_a_file(clerk_of: ClerkOf) -> None:
    clerk = written(clerk_of, '["%Y-%m-%dT%H:%M:%S%z"]')
    texts = ("2023-06-30T23:30:00Z", "2023-07-01T00:30:00+02:00")
    received_on = clerk.steps(*days(*texts))["received_on"]
    assert received_on.tolist() == [pd.Timestamp("2023-07-01"), pd.Timestamp("2023-06-30")]


@pytest.mark.parametrize(
    ("text", "day"), [("2024-03-04", "2024-03-04"), ("2024-03-04T16:05:00", "2024-03-04")]
)
def test_a_spreadsheets_own_days_need_no_declared_form(clerk: Clerk, text: str, day: str) -> None:
    assert received(clerk, text, from_spreadsheet=True) == day


def days(*texts: str) -> list[dict[str, str]]:
    return [{"Case Reference": str(n), "Received": text} for n, text in enumerate(texts)]


def test_a_column_written_month_first_refuses_the_whole_file(clerk: Clerk) -> None:
    british, american = ["04/03/2024"] * 18, ["03/28/2024", "03/13/2024"]
    with pytest.raises(InputError) as refused:
        clerk.conform(*days(*british, *american))
    assert str(refused.value).startswith(
        "complaints.csv: “Received” is declared as dd/mm/yyyy, but 2 of 20 days can only be "
        "mm/dd/yyyy (such as 03/13/2024)."
    )


def test_a_single_slip_among_many_is_a_row_in_quarantine(clerk: Clerk) -> None:
    conformed = clerk.conform(*days(*["04/03/2024"] * 19, "03/28/2024"))
    assert conformed.quarantine["row_number"].tolist() == [21]


TRUE_DATES = ("2024-05-03", "2024-01-03", "2024-03-12")
TYPED_DAYS = ("28/03/2024", "13/03/2024", "31/01/2024")


def test_days_exchanged_by_an_american_spreadsheet_refuse_the_whole_file(clerk: Clerk) -> None:
    rows = days(*TRUE_DATES, *TYPED_DAYS)
    with pytest.raises(InputError, match="“Received” holds real dates only up to the twelfth"):
        clerk.conform(*rows, from_spreadsheet=True, extracted_on=dt.date(2024, 6, 1))


@pytest.mark.parametrize("sign_of_health", ["2024-03-13", "12/03/2024"])
def test_true_dates_and_text_may_stand_together(clerk: Clerk, sign_of_health: str) -> None:
    conformed = clerk.conform(
        *days(*TRUE_DATES, *TYPED_DAYS, sign_of_health),
        from_spreadsheet=True,
        extracted_on=dt.date(2024, 6, 1),
    )
    assert conformed.accounts.loaded == 7
