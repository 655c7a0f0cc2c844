"""Read-back: nothing changed in a finished workbook goes unseen."""

from collections.abc import Callable
from types import ModuleType

import pytest
from openpyxl import Workbook

from candour.ledger import Ledger
from candour.workbook import read_back

Change = Callable[[Workbook], None]


def found(example: ModuleType, pack: tuple[bytes, Ledger], change: Change) -> list[str]:
    book = example.read(pack[0])
    change(book)
    return read_back(example.saved(book), pack[1], example.FILE, example.report())


def place(pack: tuple[bytes, Ledger], key: str) -> tuple[str, str]:
    (figure,) = [figure for figure in pack[1] if figure.key == key]
    sheet, _, cell = pack[1].places(figure)[0].removeprefix("pack.xlsx ").rpartition("!")
    return sheet, cell


def test_an_untouched_pack_reads_back_without_a_word(
    example: ModuleType, pack: tuple[bytes, Ledger]
) -> None:
    assert found(example, pack, lambda _: None) == []


@pytest.mark.parametrize("value", [1165, 1164.4, "1164", "1,164", None, True])
def test_a_changed_number_is_found(
    example: ModuleType, pack: tuple[bytes, Ledger], value: object
) -> None:
    sheet, cell = place(pack, "open_steps|2024-03")

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    (sentence,) = found(example, pack, change)
    assert sentence.startswith(f"{sheet}!{cell} holds {value}")
    assert "'open_steps|2024-03' is 1,164" in sentence


def test_a_changed_number_format_is_found(example: ModuleType, pack: tuple[bytes, Ledger]) -> None:
    sheet, cell = place(pack, "in_time|2024-03|procedure=corporate")

    def change(book: Workbook) -> None:
        book[sheet][cell].number_format = "0.0%"

    (sentence,) = found(example, pack, change)
    assert "shown as 0.0%" in sentence
    assert "is 92%" in sentence


def test_a_changed_shorthand_is_found(example: ModuleType, pack: tuple[bytes, Ledger]) -> None:
    sheet, cell = place(pack, "in_time|2024-02|procedure=corporate")

    def change(book: Workbook) -> None:
        book[sheet][cell].value = "[x]"

    assert len(found(example, pack, change)) == 1


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [("Summary", "Z9"), ("By month", "A40"), ("Timeliness values", "H9"), ("Contents", "E5"),
     ("Bar of it chart", "A2"), ("Ledger", "M4")],
)  # fmt: skip
def test_a_loose_number_is_found_wherever_it_stands(
    example: ModuleType, pack: tuple[bytes, Ledger], sheet: str, cell: str
) -> None:
    def change(book: Workbook) -> None:
        book[sheet][cell].value = 37

    sentences = found(example, pack, change)
    assert f"{sheet}!{cell} holds 37, which is no figure of the ledger." in sentences


def test_numbers_of_a_list_are_no_figures(
    example: ModuleType, pack: tuple[bytes, Ledger], book: Workbook
) -> None:
    assert any(cell.value == 3728 for row in book["Quality findings"].iter_rows() for cell in row)
    assert found(example, pack, lambda _: None) == []


def test_a_sheet_that_was_taken_out_is_found(
    example: ModuleType, pack: tuple[bytes, Ledger]
) -> None:
    def change(book: Workbook) -> None:
        del book["By month"]

    sentences = found(example, pack, change)
    assert len([s for s in sentences if s.startswith("The sheet 'By month' is gone")]) == 48


def test_a_sheet_that_was_renamed_is_found(example: ModuleType, pack: tuple[bytes, Ledger]) -> None:
    def change(book: Workbook) -> None:
        book["Outcomes by procedure"].title = "Outcomes"

    assert any("'Outcomes by procedure' is gone" in s for s in found(example, pack, change))


@pytest.mark.parametrize(
    ("sheet", "before", "after", "title"),
    [
        ("Summary", "1,164 complaints", "1,165 complaints", "Summary"),
        (
            "Children's services received",
            "2024: 48.",
            "2024: 47.",
            "Complaints received by service",
        ),
        ("Timeliness chart", "usual range", "unusual range", "Responses in time, month by month"),
        ("Timeliness chart", "What is usual.", "What is odd.", "Responses in time, month by month"),
    ],
)
def test_a_changed_sentence_is_found(
    example: ModuleType,
    pack: tuple[bytes, Ledger],
    sheet: str,
    before: str,
    after: str,
    title: str,
) -> None:
    def change(book: Workbook) -> None:
        (cell,) = [cell for cell in book[sheet]["A"] if before in str(cell.value)]
        cell.value = cell.value.replace(before, after)

    (sentence,) = found(example, pack, change)
    assert sentence.startswith(f"The sheet '{title}' no longer says: ")
    assert before in sentence


def test_another_files_places_are_not_looked_for_here(
    example: ModuleType, pack: tuple[bytes, Ledger]
) -> None:
    _, ledger = example.written(example.report())
    figure = next(iter(ledger))
    ledger.enter(figure, "pack.xlsx Well done!")
    ledger.enter(figure, "narrative.html Summary!B4")
    ledger.enter(figure, "pack.xlsx Summary")
    assert read_back(pack[0], ledger, example.FILE, example.report()) == []


def test_without_a_report_only_numbers_are_read_back(
    example: ModuleType, pack: tuple[bytes, Ledger]
) -> None:
    assert read_back(*pack, example.FILE) == []
