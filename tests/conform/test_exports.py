import datetime as dt
from collections.abc import Callable

import pytest

from candour.errors import ConfigurationError
from candour.exports import Export, Holds, match, read_exports
from candour.taxonomy import read_taxonomy

from .conftest import LONG, PROCEDURES

Declare = Callable[[str], Export]

CHANGED = """
  changed:
    - from: 2023-10-01
      columns: {responded_on: Response Sent, extended_to_on: null}
      personal: [Voicemail]
    - from: 2024-02-01
      dates: ["%Y-%m-%d"]
"""


def said(declare: Declare, old: str, new: str) -> str:
    assert old in LONG
    with pytest.raises(ConfigurationError) as wrong:
        declare(LONG.replace(old, new))
    return str(wrong.value)


def test_a_file_is_matched_with_its_day_in_the_name(declare: Declare) -> None:
    exports = {"complaints": declare(LONG)}
    matched = match(exports, "Complaints_20240402.CSV")
    assert matched is not None
    assert (matched.name, matched.holds) == ("complaints", Holds.EVERYTHING)
    assert matched.extracted_on == dt.date(2024, 4, 2)


@pytest.mark.parametrize(
    "name", ["complaints_20241302.csv", "complaints_.csv", "other_20240402.csv", "x.csv"]
)
def test_a_file_of_another_name_is_nobodys(declare: Declare, name: str) -> None:
    assert match({"complaints": declare(LONG)}, name) is None


def test_a_name_without_a_day_leaves_it_to_the_landing(declare: Declare) -> None:
    text = LONG.replace("complaints_{date}.csv", "complaints*.csv")
    matched = match({"complaints": declare(text)}, "complaints (2).csv")
    assert matched is not None
    assert matched.extracted_on is None


def test_a_file_that_two_exports_claim_is_refused(declare: Declare) -> None:
    export = declare(LONG)
    with pytest.raises(ConfigurationError, match="fits the names of a and b"):
        match({"a": export, "b": export}, "complaints_20240402.csv")


def test_a_dated_difference_holds_from_its_day_on(declare: Declare) -> None:
    export = declare(LONG + CHANGED)
    before, on, later = (
        export.mapping_on(day)
        for day in (dt.date(2023, 9, 30), dt.date(2023, 10, 1), dt.date(2024, 4, 2))
    )
    assert before.columns["responded_on"].column == "Responded"
    assert on.columns["responded_on"].column == "Response Sent"
    assert "extended_to_on" in before.columns
    assert "extended_to_on" not in on.columns
    assert on.personal == ("Complainant Name", "Summary", "Voicemail")
    assert (on.dates, later.dates) == (("%d/%m/%Y",), ("%Y-%m-%d",))
    assert later.columns["responded_on"].column == "Response Sent"
    assert on.mapping_on(dt.date(2030, 1, 1)) == on


def test_a_mistake_in_a_dated_difference_is_placed_there(declare: Declare) -> None:
    with pytest.raises(ConfigurationError) as wrong:
        declare(LONG + CHANGED.replace("%Y-%m-%d", "%Y-%m"))
    assert "complaints → changed → item 2 → dates → item 1: '%Y-%m' does not tell a day" in str(
        wrong.value
    )


def test_the_layout_finds_the_header_by_every_mapped_column(declare: Declare) -> None:
    layout = declare(LONG + "  noise: [Grand Total]\n").layout()
    assert {"Case Reference", "Service", "Directorate", "Received"} <= layout.expected
    assert not {"Complainant Name", "GUID"} & layout.expected
    assert layout.identifying == ("Case Reference", "Received")
    assert layout.noise == ("Grand Total",)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "received_on: Received",
            "recieved_on: Received",
            "columns → recieved_on: the column 'recieved_on' is not known; "
            "did you mean 'received_on'?",
        ),
        (
            "received_on: Received",
            "logged_on: Received",
            "columns → received_on: it must be mapped: every row of steps needs it.",
        ),
        ("upheld: [Upheld]", "uphold: [Upheld]", "'uphold' is not known; did you mean 'upheld'?"),
        ("corporate: [Corporate]", "corprate: [Corporate]", "did you mean 'corporate'?"),
        ("1: [\"Stage 1\", S1]", "4: [Stage 1]", "'4' is not known. Allowed: 1, 2, 3."),
        (
            'not_upheld: ["Not upheld"]',
            "not_upheld: [UPHELD]",
            "outcome → values → not_upheld: 'upheld' already means upheld; drop one of them.",
        ),
        (", money: pounds", "", "redress_pence → money: say how the amount is written"),
        (
            "{column: In Target, values: {yes: [Met, Y], no: [Missed, N]}}",
            "In Target",
            "vendor_in_time → values: say which labels mean yes, no.",
        ),
        (
            "officer: Officer",
            "officer: {column: Officer, within: Service}",
            "only service, team, subcategory",
        ),
        ("team: Team", "team: {always: nobody}", "team → always: 'nobody' is not known"),
        ("personal: [", "personal: [received, ", "'received' is mapped to a column; it cannot be"),
        ('["%d/%m/%Y"]', '["%d/%m"]', "dates → item 1: '%d/%m' does not tell a day"),
        ("fills: steps", "fills: stages", "fills: 'stages' is not known; did you mean 'steps'?"),
        ("fills: steps", "fills: steps\n  one_row: case", "'stages' and 'one_row: case' go toge"),
        ("fills: steps", "fills: steps\n  timezone: Londn", "timezone: 'Londn' is not known"),
        ("{date}", "{date}{date}", "files → item 1 → name: '{date}' may stand in a file name onl"),
    ],
)  # fmt: skip
def test_a_mistake_says_where_what_was_found_and_what_is_allowed(
    declare: Declare, old: str, new: str, sentence: str
) -> None:
    assert sentence in said(declare, old, new)


def test_a_list_the_council_does_not_keep_cannot_be_mapped() -> None:
    nothing = read_taxonomy(
        "directorates: {all: {name: All, services: {one: {name: One}}}}", None, ""
    )
    with pytest.raises(ConfigurationError) as wrong:
        read_exports(LONG, "exports.yaml", nothing, PROCEDURES)
    sentences = str(wrong.value)
    assert "columns → officer: the council's lists name no officer" in sentences
    assert "columns → category: the council's lists name no category" in sentences
