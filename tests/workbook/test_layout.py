"""Widths, lines, heights and names: what keeps words whole on every machine."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import ImageFont

from candour.workbook import arial
from candour.workbook.layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    broken,
    heading_width,
    height_of,
    lines_of,
    set_page,
    set_widths,
    width_of,
)
from candour.workbook.names import Names

FONTS = Path(__file__).parents[2] / "templates/fonts"
WORDS = st.lists(st.text("abcdefghijMW", min_size=1, max_size=12), min_size=1, max_size=40)


@pytest.mark.parametrize(("bold", "file"), [(False, "Regular"), (True, "Bold")])
def test_letters_are_as_wide_as_in_the_font_of_the_same_metrics(bold: bool, file: str) -> None:
    font = ImageFont.truetype(FONTS / f"LiberationSans-{file}.ttf", 2048)
    listed = {chr(c) for c in range(32, 127)} | set("£–—‘’“”•…−éàüñÉÅçŠž×½°")
    wrong = {
        letter: (arial.points(letter, 1000, bold=bold), font.getlength(letter) * 1000 / 2048)
        for letter in sorted(listed)
        if abs(arial.points(letter, 1000, bold=bold) - font.getlength(letter) * 1000 / 2048) > 1
    }
    assert wrong == {}


def test_a_letter_nobody_measured_is_taken_for_a_wide_one() -> None:
    assert arial.points("漢", 12) == 12
    assert arial.points("e\u0301", 1000) == arial.points("é", 1000) == 556
    assert arial.points("soft\u00adhyphen\u200b", 12) == arial.points("softhyphen", 12)


def test_text_grows_with_its_size() -> None:
    assert width_of("Council", 24) == pytest.approx(2 * width_of("Council", 12))
    assert width_of("Council", 12, bold=True) > width_of("Council", 12)


@given(WORDS, st.floats(60, 600))
def test_breaking_a_sentence_keeps_every_word_and_fits(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = broken(text, width, 12)
    assert " ".join(lines) == text
    assert all(width_of(line, 12) <= width + 0.01 or " " not in line for line in lines)
    assert len(lines) == len(broken(" ".join(lines), width, 12))


def test_the_last_line_of_a_sentence_is_not_a_lone_word() -> None:
    text = "The council received more complaints in this month than in the one before it."
    width = width_of(text, 12) - 5
    assert len(broken(text, width, 12)) == 2
    first, last = (width_of(line, 12) for line in broken(text, width, 12))
    assert last > first / 2


def test_a_text_takes_a_line_a_paragraph_and_as_many_as_its_words_need() -> None:
    assert lines_of("one", 200, 12) == 1
    assert lines_of("one\ntwo\n\nthree", 200, 12) == 4
    assert lines_of("", 200, 12) == 1
    three = "Education, health and care plan"
    assert lines_of(three, width_of(three, 12) + 1, 12) == 1
    assert lines_of(three, width_of("Education, health", 12) + 1, 12) == 2
    assert lines_of("x" * 100, width_of("x" * 30, 12), 12) == 4


@given(WORDS, st.floats(80, 400))
def test_a_row_is_never_lower_than_its_text(words: list[str], width: float) -> None:
    # Spaces fall away where lines end, so that only the words are sure to need room.
    needed = sum(width_of(word, 12) for word in words) / width
    assert lines_of(" ".join(words), width, 12) >= needed - 1e-6


def test_rows_are_taller_by_a_line_and_never_taller_than_excel_allows() -> None:
    assert height_of(2, 12) - height_of(1, 12) == pytest.approx(12 * 1.3)
    assert height_of(1, 12) >= 18
    assert height_of(500, 12) == 409


@pytest.mark.parametrize(
    "heading",
    ["March 2024", "Twelve months to March 2024", "Acknowledgements due",
     "Requests per hundred, 2022-23",
     "Of complaints received in Twelve months to March 2024, gone on so far"],
)  # fmt: skip
def test_a_heading_keeps_its_words_whole_and_clear_of_the_next_in_three_lines(heading: str) -> None:
    width = heading_width(heading, 12, 60)
    assert all(width_of(word, 12, bold=True) < width for word in heading.split())
    assert lines_of(heading, width - 9, 12, bold=True) <= 3
    for room in (width - 9, width * 1.04):
        assert _widest_line(heading, room) <= width - 12


def _widest_line(text: str, room: float) -> float:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, 12, bold=True) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return max(width_of(line, 12, bold=True) for line in lines)


@pytest.mark.parametrize("least", range(60, 110, 4))
@pytest.mark.parametrize("heading", ["Sent 2022-23", "Requests per hundred, 2022-23"])
def test_a_year_is_not_torn_at_its_hyphen(heading: str, least: int) -> None:
    width = heading_width(heading, 12, least)
    before = f"{heading.split()[-2]} 2022-"
    for room in (width - 9, width * 1.04):
        torn = width_of(before, 12, bold=True) <= room < width_of(f"{before}23", 12, bold=True)
        assert not torn


def test_columns_are_as_wide_as_their_points_in_excels_own_counting() -> None:
    sheet = Workbook().active
    set_widths(sheet, [135.0], 12)
    # Twelve-point Arial has digits nine pixels wide, and 135 points are 180 pixels.
    assert sheet.column_dimensions["A"].width == 20


@pytest.mark.parametrize(
    ("width", "height", "pages"),
    [
        (PAGE_WIDTH, PAGE_HEIGHT, 1),
        (PAGE_WIDTH, PAGE_HEIGHT / 0.66, 1),
        (PAGE_WIDTH, PAGE_HEIGHT / 0.64, 0),
        (PAGE_WIDTH * 2, PAGE_HEIGHT * 2, 1),
        (PAGE_WIDTH * 2, PAGE_HEIGHT * 2.1, 0),
    ],
)
def test_a_sheet_is_printed_on_one_page_while_it_can_be_read(
    width: float, height: float, pages: int
) -> None:
    sheet = Workbook().active
    set_page(sheet, 4, 30, [width], height)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"


def test_sheet_names_are_valid_and_no_two_are_alike() -> None:
    names = Names()
    given_ = [
        names.sheet(title)
        for title in ("Received: by [all] services?", "received by all services", "'Quoted'", "",
                      "History", "Adults' and children's services in Knowsley", "a" * 40,
                      "Timeliness by procedure and stage", "Timeliness by procedure and service",
                      "x\ty\nz", "one two three four five six it's' more")
    ]  # fmt: skip
    assert given_[0] == "Received by all services"
    assert given_[1] == "Received by all services 2"
    assert given_[2:5] == ["Quoted", "Sheet", "History 2"]
    assert len({name.casefold() for name in given_}) == len(given_)
    for name in given_:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\\t\n")
        assert name == name.strip("' ")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_titles_make_sheet_names_excel_takes(titles: list[str]) -> None:
    names = Names()
    made = [names.sheet(title) for title in titles]
    assert len({name.casefold() for name in made}) == len(made)
    assert all(0 < len(name) <= 31 and name[0] != "'" and name[-1] != "'" for name in made)


@pytest.mark.parametrize("id_", ["A1", "r1c1", "R", "c", "AB12", "2024_by_month", "by-month", ""])
def test_table_names_are_no_cells_addresses(id_: str) -> None:
    assert Names().table(id_).startswith(("table_", "by_month"))


def test_two_tables_of_one_id_have_two_names() -> None:
    names = Names()
    assert [names.table("received") for _ in range(3)] == ["received", "received_2", "received_3"]
