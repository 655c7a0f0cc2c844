"""Rows in an order: what is not shown one by one is added up, column by column."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from candour.composing.ranked import leading, with_remainders
from candour.figures import Figure, Slice, State, Unit
from candour.period import Period
from candour.table import Row, RowKind
from candour.words.ranking import leader

YEAR = Period.parse("2023-24")


def counted(number: int | None, about: Slice = (), state: State = State.NOT_RECORDED) -> Figure:
    if number is None:
        return Figure("received", "Received", YEAR, about, Unit.COUNT, state=state)
    return Figure(
        "received", "Received", YEAR, about, Unit.COUNT, count=number, value=Fraction(number)
    )


def service(name: str, number: int | None, state: State = State.NOT_RECORDED) -> Row:
    return Row(name, (counted(number, (("service", name),), state),))


def value(row: Row) -> object:
    [cell] = row.cells
    return cell.display if isinstance(cell, Figure) else cell


@given(some.lists(some.integers(0, 6), min_size=1, max_size=9), some.integers(1, 9))
def test_first_rows_and_others_are_the_whole(numbers: list[int], top: int) -> None:
    rows = [service(f"s{n}", number) for n, number in enumerate(numbers)]

    kept = leading(rows, 0, top)

    shown = [row.cells[0].count for row in kept if row.kind is RowKind.BODY]
    others = [row.cells[0].count for row in kept if row.kind is RowKind.OTHERS]
    assert sum(shown) + sum(others) == sum(numbers)
    assert shown == sorted(numbers, reverse=True)[: len(shown)]
    assert len(shown) >= min(top, len(numbers))
    assert len(others) <= 1
    left_out = sorted(numbers, reverse=True)[len(shown) :]
    assert all(number < shown[-1] for number in left_out)  # a tie is never cut


def test_rows_alike_stand_by_name() -> None:
    rows = [service("roads", 3), service("parks", 3), service("waste", 5)]

    assert [row.label for row in leading(rows, 0, None)] == ["waste", "parks", "roads"]


def test_the_rest_keeps_what_its_rows_share_and_drops_what_tells_them_apart() -> None:
    def row(stage: str, upheld: int, open_: int) -> Row:
        about = (("stage", stage), ("result", "upheld")), (("stage", stage), ("result", "open"))
        return Row(stage, (counted(upheld, about[0]), counted(open_, about[1])))

    others = leading([row("1", 9, 1), row("2", 3, 2), row("3", 2, 4)], 0, 1)[-1]

    assert [cell.key for cell in others.cells if isinstance(cell, Figure)] == [
        "received.others|2023-24|result=upheld",
        "received.others|2023-24|result=open",
    ]
    assert [cell.count for cell in others.cells if isinstance(cell, Figure)] == [5, 6]


@pytest.mark.parametrize("state", [State.WITHHELD, State.NOT_RECORDED])
def test_a_sum_of_something_unknown_is_unknown(state: State) -> None:
    rows = [service("waste", 5), service("roads", 3), service("parks", None, state)]

    others = leading(rows, 0, 1)[-1]

    assert others.kind is RowKind.OTHERS
    assert isinstance(others.cells[0], Figure)
    assert (others.cells[0].state, others.cells[0].count) == (state, None)


def test_what_was_not_there_adds_nothing() -> None:
    rows = [service("waste", 5), service("roads", 3), service("old", None, State.NOT_APPLICABLE)]

    assert value(leading(rows, 0, 1)[-1]) == "3"


def test_parts_that_are_everything_leave_a_nought() -> None:
    whole = Row("Waste", (counted(5),))
    parts = [
        Row("North", (counted(3),), RowKind.DETAIL),
        Row("South", (counted(None, (), State.NOT_APPLICABLE),), RowKind.DETAIL),
        Row("East", (counted(2),), RowKind.DETAIL),
    ]

    assert [value(row) for row in with_remainders([whole, *parts])] == ["5", "3", "[z]", "2", "0"]


def test_a_part_that_is_withheld_cannot_be_worked_out_from_the_rest() -> None:
    whole = Row("Waste", (counted(5),))
    parts = [
        Row("North", (counted(3),), RowKind.DETAIL),
        Row("South", (counted(None, (), State.WITHHELD),), RowKind.DETAIL),
    ]

    assert value(with_remainders([whole, *parts])[-1]) == "[c]"


def test_every_row_of_parts_has_a_remainder_of_its_own() -> None:
    rows = [
        Row("Waste", (counted(5, (("service", "waste"),)),)),
        Row("North", (counted(3),), RowKind.DETAIL),
        Row("Roads", (counted(4, (("service", "roads"),)),)),
        Row("A roads", (counted(1),), RowKind.DETAIL),
        Row("Parks", (counted(2, (("service", "parks"),)),)),
    ]

    made = with_remainders(rows)

    assert [value(row) for row in made] == ["5", "3", "2", "4", "1", "3", "2"]
    assert [row.label for row in made if row.label == "Not recorded"] == ["Not recorded"] * 2


# --- who comes first, in words ----------------------------------------------------------------


def test_those_that_tie_are_all_named() -> None:
    rows = [service("roads", 3), service("parks", 3), service("waste", 2)]
    first = leader(rows)

    assert first is not None
    assert first.display == "parks and roads"
    assert first.key == "received.leading.1|2023-24"
    assert (first.unit, first.count, first.value) == (Unit.WORDS, None, None)


def test_a_tie_with_the_last_of_the_first_is_named_too() -> None:
    rows = [service("a", 9), service("b", 4), service("c", 4), service("d", 1)]
    two = leader(rows, 2)
    three = leader(rows, 3)

    assert two is not None
    assert three is not None
    assert two.display == three.display == "a, b and c"
    assert two.key != three.key


def test_more_than_there_are_names_those_above_nought() -> None:
    few = leader([service("a", 2), service("b", 0)], 5)

    assert few is not None
    assert few.display == "a"


def test_nobody_leads_where_nothing_is() -> None:
    assert leader([service("a", 0), service("b", 0)]) is None
    assert leader([]) is None


def test_nobody_is_named_where_one_is_withheld() -> None:
    hidden = leader([service("a", 2), service("b", None, State.WITHHELD)])

    assert hidden is not None
    assert (hidden.display, hidden.words) == ("[c]", "")
