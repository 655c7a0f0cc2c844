"""An export says from which day on it tells; before it a figure is not recorded, never nought."""

from __future__ import annotations

import datetime as dt

from candour.council import read_council
from candour.figures import State
from candour.kpi import Fact
from candour.needs import history_of
from tests.composing.vale import FOLDER, Vale

BEGINS = dt.date(2020, 4, 1)
CONTACTS = """
calls:
  fills: contacts
  files: [{name: "calls_{date}.csv", holds: everything}]
  covers_from: 2023-04-01
  columns: {contact_ref: Ref, received_on: Received}
"""
LETTERS = CONTACTS.replace("calls", "letters").replace("2023-04-01", "2022-04-01")


def histories(exports: str) -> dict[Fact, dt.date]:
    """The first day each fact is told of, by the exports declared besides complaints."""
    council = read_council("vale", {**FOLDER, "exports.yaml": FOLDER["exports.yaml"] + exports})
    return history_of(council.exports, council.profile.history_from)


def test_an_export_that_says_nothing_tells_from_the_council_s_first_day() -> None:
    assert set(histories("").values()) == {BEGINS}


def test_only_the_facts_an_export_fills_begin_where_it_does() -> None:
    begin = histories(CONTACTS)

    assert begin[Fact.CONTACTS] == dt.date(2023, 4, 1)
    assert {begin[fact] for fact in Fact if fact is not Fact.CONTACTS} == {BEGINS}


def test_of_two_exports_of_one_frame_the_earlier_counts() -> None:
    assert histories(CONTACTS + LETTERS)[Fact.CONTACTS] == dt.date(2022, 4, 1)


def test_movements_and_what_is_outstanding_begin_with_the_steps() -> None:
    later = FOLDER["exports.yaml"].replace("  columns:", "  covers_from: 2021-04-01\n  columns:")
    council = read_council("vale", {**FOLDER, "exports.yaml": later})
    begin = history_of(council.exports, BEGINS)

    for fact in (Fact.STEPS, Fact.MOVEMENTS, Fact.OUTSTANDING):
        assert begin[fact] == dt.date(2021, 4, 1)


def test_a_year_before_is_not_recorded_though_rows_of_it_came_too() -> None:
    rows = """
    contact | received
    K-1     | 2023-05-02
    K-2     | 2022-05-02
    """
    measures = Vale({"contacts": rows}, history=histories(CONTACTS)).measures()

    assert measures.figure("contacts_received").count == 1
    before = measures.figure("contacts_received", "previous")
    assert (before.state, before.count) == (State.NOT_RECORDED, None)
