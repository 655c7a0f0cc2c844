"""Letterhead: who is told is found even in a file that is what the alert is about."""

from __future__ import annotations

from candour.alert import Side, read_letterhead

WHOLE = """
name: Eastshire Council
kind: reproduction
complaints_team: {name: Feedback team, email: feedback@eastshire.invalid}
alerts:
  complaints: complaints@eastshire.invalid
  operations: machines@eastshire.invalid
"""


def test_each_side_has_its_address() -> None:
    head = read_letterhead(WHOLE, "eastshire")
    assert head.addressee(Side.COMPLAINTS).email == "complaints@eastshire.invalid"
    assert head.addressee(Side.OPERATIONS).email == "machines@eastshire.invalid"


def test_without_alerts_the_complaints_team_is_told_of_everything() -> None:
    head = read_letterhead(WHOLE.partition("alerts:")[0], "eastshire")
    assert {head.addressee(side).email for side in (Side.COMPLAINTS, Side.OPERATIONS)} == {
        "feedback@eastshire.invalid"
    }


def test_a_reproduction_says_that_it_is_one() -> None:
    assert "not a publication of this council" in read_letterhead(WHOLE, "eastshire").notice


def test_an_entry_that_is_no_yaml_hides_no_other() -> None:
    broken = WHOLE + "reports: {monthly_pack: {audience: managers\ncontext:\n\t- a tab\n"
    assert read_letterhead(broken, "eastshire") == read_letterhead(WHOLE, "eastshire")


def test_words_of_another_form_are_no_address_and_no_name() -> None:
    head = read_letterhead("name: [a, b]\ncomplaints_team: nobody\nalerts: {complaints: x}", "east")
    assert (head.council, head.team_email, head.complaints) == ("east", "", "")
