"""Golden tables: GOV.UK's numbers ("one", then numerals) and English as it is spoken."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from candour.figures import Figure
from candour.words import agree, article, in_words, listed, numeral, plural

Make = Callable[..., Figure]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "no"), (1, "one"), (8, "eight"), (11, "eleven"), (13, "thirteen"), (15, "fifteen"),
        (20, "twenty"), (21, "twenty-one"), (34, "thirty-four"), (40, "forty"), (99, "ninety-nine"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_full(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("number", "inside", "starting"),
    [
        (0, "no", "No"), (1, "one", "One"), (2, "2", "Two"), (34, "34", "Thirty-four"),
        (99, "99", "Ninety-nine"), (100, "100", "100"), (1019, "1,019", "1,019"),
    ],
)  # fmt: skip
def test_one_is_a_word_and_more_are_numerals_unless_they_start(
    number: int, inside: str, starting: str
) -> None:
    assert numeral(number) == inside
    assert numeral(number, starts=True) == starting


def test_nought_without_a_noun_is_none() -> None:
    assert numeral(0, alone=True) == "none"
    assert numeral(0, alone=True, starts=True) == "None"
    assert numeral(3, alone=True) == "3"


@pytest.mark.parametrize(
    "number",
    ["8", "8%", "8.5", "11", "11%", "18", "80", "82", "89", "800", "899", "8,000", "11,000",
     "18,500", "80,000", "811,000", "£8", "£80.50", "8,000,000", "11,000,000"],
)  # fmt: skip
def test_an_stands_before_numbers_spoken_with_a_vowel(number: str) -> None:
    assert article(number) == "an"


@pytest.mark.parametrize(
    "number",
    ["1", "7", "9", "10", "12%", "17", "19", "28", "78", "98", "100", "110", "118",
     "180", "0.8%", "1,100", "1,800", "110,000", "118,000", "1,019", "£1,845", "none"],
)  # fmt: skip
def test_a_stands_before_the_others(number: str) -> None:
    assert article(number) == "a"


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("complaint", "complaints"), ("working day", "working days"), ("reply", "replies"),
        ("Ombudsman enquiry", "Ombudsman enquiries"), ("survey", "surveys"), ("breach", "breaches"),
        ("bus", "buses"), ("child", "children"), ("person", "people"),
        ("stage one complaint", "stage one complaints"), ("percentage point", "percentage points"),
    ],
)  # fmt: skip
def test_the_nouns_of_the_field_have_their_plurals(noun: str, many: str) -> None:
    assert [plural(noun, number) for number in (0, 1, 2)] == [many, noun, many]


@pytest.mark.parametrize(
    ("one", "many"),
    [("is", "are"), ("was", "were"), ("has", "have"), ("needs", "need"), ("does", "do")],
)
def test_verbs_agree_with_their_number(one: str, many: str) -> None:
    assert [agree(one, number) for number in (0, 1, 2)] == [many, one, many]


def test_a_figure_printed_with_decimals_is_never_one(figure: Make) -> None:
    assert plural("working day", figure(1)) == "working day"
    assert plural("working day", figure(1, decimals=1)) == "working days"


def test_a_figure_that_rounds_to_one_is_one(figure: Make) -> None:
    assert plural("working day", figure(Fraction(5, 4))) == "working day"


def test_a_list_has_no_comma_before_and() -> None:
    assert listed(["housing"]) == "housing"
    assert listed(["housing", "roads"]) == "housing and roads"
    assert listed(["housing", "roads", "parks"]) == "housing, roads and parks"
