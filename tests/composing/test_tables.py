"""Declared tables, filled from thirteen cases that can be counted on paper."""

from __future__ import annotations

import datetime as dt

import pytest

from candour.composing.tables import table
from candour.errors import ConfigurationError
from candour.figures import Figure, State
from candour.table import Cell, RowKind, Table
from tests.composing.vale import Vale

STEPS = """
case | stage | procedure | service | team  | category | subcategory | received   | responded
W-0  | 1     | corporate | waste   | south | delay    | no_reply    | 2022-05-02 |
R-0  | 1     | corporate | roads   |       | staff    |             | 2022-06-01 |
W-1  | 1     | corporate | waste   | north | delay    | no_reply    | 2024-01-08 | 2024-01-22
W-2  | 1     | corporate | waste   | north | delay    | late        | 2024-01-08 | 2024-01-24
W-3  | 1     | corporate | waste   | east  | delay    | no_reply    | 2024-01-08 | 2024-02-12
W-4  | 1     | corporate | waste   |       | delay    |             | 2023-05-02 |
W-5  | 1     | corporate | waste   |       | staff    |             | 2023-05-02 |
R-1  | 1     | corporate | roads   |       | staff    |             | 2023-05-02 |
R-2  | 1     | corporate | roads   |       | staff    |             | 2023-05-02 |
R-3  | 1     | corporate | roads   |       | staff    |             | 2023-05-02 |
P-1  | 1     | corporate | parks   |       | delay    | late        | 2023-05-02 |
P-2  | 1     | corporate | parks   |       | staff    |             | 2023-05-02 |
P-3  | 1     | corporate | parks   |       | staff    |             | 2023-05-02 |
M-1  | 1     | corporate | markets |       | staff    |             | 2023-05-02 |
N-1  | 1     | corporate |         |       |          |             | 2023-05-02 |
S-1  | 1     | schools   | teaching |      |          |             | 2023-10-02 | 2023-10-04
S-2  | 1     | schools   | teaching |      |          |             | 2024-05-01 | 2024-05-03
"""
SUBJECTS = "rows: {by: [category], then: subcategory}"
COLUMNS = "columns: {this: {label: Now, kpi: complaints_received}}"
SERVICES = f"rows: {{by: [service]}}\n    {COLUMNS}\n    total: All\n    sort_by: this"


@pytest.fixture(scope="module")
def vale() -> Vale:
    return Vale({"steps": STEPS})


def made(vale: Vale, declared: str, period: str = "2023-24") -> Table:
    """The one table declared."""
    text = f"tables:\n  asked:\n    title: Asked\n    row_heading: Row\n    {declared}\n"
    return table(vale.composer({"tables/asked.yaml": text}, period=period), "asked")


def shown(of: Table) -> dict[str, tuple[str | None, ...]]:
    """What is printed, by the label of the row."""
    return {row.label: tuple(printed(cell) for cell in row.cells) for row in of.rows}


def printed(cell: Cell) -> str | None:
    return cell.display if isinstance(cell, Figure) else cell


def numbers(of: Table, *kinds: RowKind) -> int:
    """The first column of the rows of those kinds, added up."""
    cells = [row.cells[0] for row in of.rows if row.kind in kinds]
    return sum(int(cell.value or 0) for cell in cells if isinstance(cell, Figure))


# --- a year of its own ------------------------------------------------------------------------


def test_a_procedure_with_its_own_year_stands_below_the_total_and_says_why(vale: Vale) -> None:
    of = made(vale, f"rows: {{by: [procedure]}}\n    {COLUMNS}\n    total: All")

    assert [(row.label, row.kind) for row in of.rows] == [
        ("Corporate complaints", RowKind.BODY),
        ("All", RowKind.TOTAL),
        ("School complaints", RowKind.APART),
    ]
    assert shown(of) == {
        "Corporate complaints": ("13",),
        "All": ("13",),
        "School complaints": ("2",),
    }
    assert of.notes == (
        "School complaints is counted over a year of its own and is in no total here: "
        "the latest here is 1 September 2023 to 31 July 2024.",
    )


def test_a_year_of_its_own_that_has_not_ended_says_how_far_it_is_told(vale: Vale) -> None:
    text = (
        "tables:\n  asked:\n    title: Asked\n    row_heading: Row\n"
        f"    rows: {{by: [procedure]}}\n    {COLUMNS}\n"
    )
    composer = vale.composer({"tables/asked.yaml": text}, known_on=dt.date(2024, 6, 3))

    assert table(composer, "asked").notes == (
        "School complaints is counted over a year of its own and is in no total here: the latest "
        "here is 1 September 2023 to 31 July 2024, told up to the extract of 3 June 2024.",
    )


def test_it_stands_apart_by_stage_too(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [procedure, stage]}\n    columns: {this: {label: Now, kpi: received_at_stage}}"
        "\n    total: All\n    hide_empty: true",
    )

    assert [(row.label, row.kind) for row in of.rows] == [
        ("Corporate complaints, Stage one", RowKind.BODY),
        ("All", RowKind.TOTAL),
        ("School complaints, Stage one", RowKind.APART),
    ]
    assert shown(of)["All"] == ("13",)


def test_in_a_month_it_is_a_part_like_any_other(vale: Vale) -> None:
    of = made(vale, f"rows: {{by: [procedure]}}\n    {COLUMNS}\n    total: All", "2023-10")

    assert [row.kind for row in of.rows] == [RowKind.BODY, RowKind.BODY, RowKind.TOTAL]
    assert shown(of)["All"] == ("1",)
    assert of.notes == ()


def test_it_has_no_share_of_a_total_it_is_no_part_of(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [procedure]}\n    total: All\n    "
        "columns: {share: {label: Share, kpi: complaints_received, show: share}}",
    )

    assert shown(of)["Corporate complaints"] == ("100%",)
    assert shown(of)["School complaints"] == (None,)


def test_a_kpi_that_adds_own_years_up_says_nothing_of_being_apart(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [stage]}\n    total: All\n    hide_empty: true\n    "
        "columns: {this: {label: Now, kpi: received_with_own_years}}",
    )

    assert shown(of) == {"Stage one": ("15",), "All": ("15",)}
    assert of.notes == ()


# --- first of an order ------------------------------------------------------------------------


def test_the_first_rows_and_the_rest_add_up_to_the_total(vale: Vale) -> None:
    of = made(vale, f"{SERVICES}\n    top: 1")

    assert shown(of) == {
        "Waste": ("5",), "All others": ("7",), "Not recorded": ("1",), "All": ("13",),
    }  # fmt: skip
    parts = (RowKind.BODY, RowKind.OTHERS, RowKind.NOT_RECORDED)
    assert numbers(of, *parts) == numbers(of, RowKind.TOTAL) == 13


def test_rows_that_tie_with_the_last_shown_are_shown(vale: Vale) -> None:
    of = made(vale, f"{SERVICES}\n    top: 2")

    assert list(shown(of)) == ["Waste", "Parks", "Roads", "All others", "Not recorded", "All"]
    assert shown(of)["All others"] == ("1",)  # the markets' one, and none of teaching


def test_where_all_are_shown_there_are_no_others(vale: Vale) -> None:
    assert "All others" not in shown(made(vale, f"{SERVICES}\n    top: 9"))


def test_a_team_that_was_not_there_takes_nothing_from_the_rest(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [team]}\n    columns: {this: {label: Now, kpi: complaints_received}}\n    "
        "sort_by: this\n    top: 1",
    )

    assert shown(of) == {"North": ("2",), "All others": ("1",), "Not recorded": ("10",)}


def test_a_share_has_no_sum_among_others(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [service]}\n    sort_by: n\n    top: 1\n    columns:\n"
        "      n: {label: Received, kpi: complaints_received}\n"
        "      share: {label: Share, kpi: complaints_received, show: share}",
    )

    # Five of thirteen is 38.46.
    assert shown(of)["Waste"] == ("5", "38%")
    assert shown(of)["All others"] == ("7", None)


def test_an_order_that_cannot_be_kept_is_refused(vale: Vale) -> None:
    with pytest.raises(ConfigurationError, match="'top' needs 'sort_by'"):
        made(vale, f"rows: {{by: [service]}}\n    {COLUMNS}\n    top: 2")
    with pytest.raises(ConfigurationError, match="'sort_by' names no column; there are this"):
        made(vale, f"rows: {{by: [service]}}\n    {COLUMNS}\n    sort_by: that")


# --- parts of parts ---------------------------------------------------------------------------


def test_parts_stand_below_their_row_and_what_has_no_part_is_told(vale: Vale) -> None:
    of = made(vale, f"{SUBJECTS}\n    {COLUMNS}\n    total: All")

    assert [(row.label, row.kind, printed(row.cells[0])) for row in of.rows] == [
        ("Delay", RowKind.BODY, "5"),
        ("No reply", RowKind.DETAIL, "2"),
        ("Late visit", RowKind.DETAIL, "2"),
        ("Not recorded", RowKind.DETAIL, "1"),
        ("Staff", RowKind.BODY, "7"),
        ("Not recorded", RowKind.NOT_RECORDED, "1"),
        ("All", RowKind.TOTAL, "13"),
    ]
    assert numbers(of, RowKind.BODY, RowKind.NOT_RECORDED) == 13
    remainder = of.rows[3].cells[0]
    assert isinstance(remainder, Figure)
    assert remainder.key == "complaints_received.remainder|2023-24|category=delay"


def test_what_has_no_part_is_left_out_where_everything_has_one(vale: Vale) -> None:
    of = made(
        vale,
        f"{SUBJECTS}\n    {COLUMNS}\n    where: {{procedure: corporate}}",
        "2024-01",
    )

    assert shown(of)["Delay"] == ("3",)
    assert [row.label for row in of.rows].count("Not recorded") == 0


def test_parts_keep_to_their_row_when_rows_are_ordered(vale: Vale) -> None:
    of = made(
        vale,
        f"{SUBJECTS}\n    {COLUMNS}\n    sort_by: this\n    top: 1",
    )

    # Seven about staff and five about delays: what a row is made of goes with it.
    assert [(row.label, printed(row.cells[0])) for row in of.rows] == [
        ("Staff", "7"), ("All others", "5"), ("Not recorded", "1"),
    ]  # fmt: skip


# --- years, shares and words -------------------------------------------------------------------


def test_a_column_a_year_is_headed_by_it(vale: Vale) -> None:
    column = '{label: "{{ year }}", kpi: complaints_received, years: 3}'
    of = made(vale, f"rows: {{by: [procedure]}}\n    columns: {{year: {column}}}\n    total: All")

    assert [heading.label for heading in of.headings] == ["2021-22", "2022-23", "2023-24"]
    assert [heading.key for heading in of.headings] == ["year_2021-22", "year_2022-23", "year"]
    assert shown(of)["All"] == ("0", "2", "13")
    newest = made(
        vale,
        "rows: {by: [procedure]}\n    columns: "
        f"{{year: {column.replace('years: 3', 'years: 3, newest_first: true')}}}\n    total: All",
    )
    assert shown(newest)["All"] == ("13", "2", "0")


def test_rows_a_year_may_begin_with_the_newest(vale: Vale) -> None:
    of = made(vale, f"rows: {{years: 3, newest_first: true}}\n    {COLUMNS}")

    assert shown(of) == {"2023-24": ("13",), "2022-23": ("2",), "2021-22": ("0",)}
    assert list(shown(of)) == ["2023-24", "2022-23", "2021-22"]


def test_columns_may_be_named_after_years_before(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [procedure]}\n    columns:\n"
        '      a: {label: "{{ three_years_before }}", kpi: complaints_received, '
        "period: three_years_before}\n"
        '      b: {label: "{{ four_years_before }}", kpi: limit.stages}',
    )

    assert [heading.label for heading in of.headings] == ["2020-21", "2019-20"]
    assert shown(of)["Corporate complaints"] == ("0", "2")


def test_a_direction_follows_what_is_printed(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [service]}\n    columns: "
        "{direction: {label: Direction, kpi: complaints_received, show: trend}}",
    )

    assert shown(of)["Waste"] == ("rose",)  # from one to five
    assert shown(of)["Teaching"] == ("did not change",)


def test_a_year_before_the_exports_begin_is_not_recorded(vale: Vale) -> None:
    column = '{label: "{{ year }}", kpi: complaints_received, years: 5}'
    of = made(vale, f"rows: {{by: [procedure]}}\n    columns: {{year: {column}}}\n    total: All")

    assert shown(of)["All"] == ("[x]", "0", "0", "2", "13")


# --- teams that begin and end --------------------------------------------------------------------


def test_a_team_that_has_ended_or_not_begun_is_not_applicable(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [team]}\n    columns:\n"
        "      before: {label: Before, kpi: complaints_received, period: previous}\n"
        "      now: {label: Now, kpi: complaints_received}",
    )

    assert shown(of)["South"] == ("1", "[z]")  # until 31 March 2023
    assert shown(of)["East"] == ("[z]", "1")  # from 1 April 2023
    assert shown(of)["North"] == ("0", "2")
    [south] = [row for row in of.rows if row.label == "South"]
    assert isinstance(south.cells[1], Figure)
    assert south.cells[1].state is State.NOT_APPLICABLE


def test_what_still_stands_against_an_ended_team_is_told() -> None:
    open_yet = STEPS.replace("2022-05-02", "2024-03-25")
    of = made(
        Vale({"steps": open_yet}),
        "rows: {by: [team]}\n    columns:\n"
        "      open: {label: Open, kpi: open_steps}\n"
        "      oldest: {label: Oldest, kpi: oldest_open_days}",
    )

    # From Monday 25 March the 26th, 27th and 28th; the 29th was Good Friday.
    assert shown(of)["South"] == ("1", "3")


def test_counts_of_a_team_that_was_not_there_are_not_applicable_either(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {by: [team]}\n    columns:\n"
        "      n: {label: Received, kpi: complaints_received, show: count}\n"
        "      share: {label: Share, kpi: complaints_received, show: share}\n"
        "      change: {label: Change, kpi: complaints_received, show: change}",
    )

    assert shown(of)["South"] == ("[z]", "[z]", "[z]")


# --- every answer --------------------------------------------------------------------------------


def test_each_answer_is_a_row_and_stands_beside_its_limits(vale: Vale) -> None:
    of = made(
        vale,
        "rows: {each: days_taken_longest}\n    where: {procedure: corporate, stage: '1'}\n    "
        "columns: {days: {label: Working days}}",
    )

    # Ten days are the limit, twenty the longest; W-1 took 10, W-2 took 12 and W-3 took 25.
    assert shown(of) == {
        "Response A: within the time limit": ("10",),
        "Response B: past the limit, within the longest time allowed": ("12",),
        "Response C: later": ("25",),
    }


def test_no_answer_is_no_row(vale: Vale) -> None:
    declared = (
        "rows: {each: days_taken_longest}\n    where: {procedure: corporate, stage: '2'}\n    "
        "columns: {days: {label: Working days}}"
    )
    assert made(vale, declared).rows == ()


def test_more_answers_than_letters_are_still_told_apart() -> None:
    rows = "\n".join(f"C-{n} | 1 | corporate | 2024-02-01 | 2024-02-02" for n in range(28))
    of = made(
        Vale({"steps": f"case | stage | procedure | received | responded\n{rows}"}),
        "rows: {each: days_taken_longest}\n    where: {procedure: corporate, stage: '1'}\n    "
        "columns: {days: {label: Working days}}",
    )

    labels = [row.label.split(":")[0] for row in of.rows]
    assert labels[:2] + labels[25:] == [
        "Response A", "Response B", "Response Z", "Response AA", "Response AB",
    ]  # fmt: skip


# --- numbers that are given -------------------------------------------------------------------


def test_context_and_limits_are_rows_with_their_sources(vale: Vale) -> None:
    context = made(
        vale,
        "rows: {context: true}\n    columns:\n"
        "      number: {label: Number}\n      source: {label: Source, show: source}",
    )
    limits = made(
        vale,
        "rows: {limits: true}\n    columns:\n"
        "      days: {label: Days, kpi: limit.respond}\n"
        "      longest: {label: Longest, kpi: limit.extend}",
    )

    assert shown(context)["Residents"] == (
        "64,000", "the census office's estimate (15 January 2024)",
    )  # fmt: skip
    assert shown(context)["Policy agreed"][0] == "June 2023"
    assert shown(limits) == {
        "Corporate: stage one": ("10", "20"),
        "Corporate: stage two": ("20", "[x]"),
        "Schools: stage one": ("10", "[x]"),
    }
