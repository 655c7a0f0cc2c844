import datetime as dt
from typing import Literal

import pytest
from pydantic import Field

from candour.declarations import Declaration, read_declaration
from candour.errors import ConfigurationError


class Limit(Declaration):
    days: int
    kind: Literal["working", "calendar"] = "working"
    labels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    from_: dt.date | None = None


class Limits(Declaration):
    limits: dict[str, Limit]


def said(text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as wrong:
        read_declaration(Limits, text, "limits.yaml", key="limits")
    return str(wrong.value).splitlines()


def read(text: str) -> Limit:
    return read_declaration(Limits, text, "limits.yaml", key="limits").limits["first"]


def test_an_unknown_entry_is_placed_with_its_line_and_the_nearest_allowed_one() -> None:
    assert said("first:\n  days: 10\n  knid: working\n") == [
        "limits.yaml, line 3: first → knid: the entry 'knid' is not known; did you mean 'kind'? "
        "Allowed: days, from_, kind, labels."
    ]


def test_each_mistake_has_a_line_of_its_own() -> None:
    first, second = said("first:\n  days: ten\n  kind: wroking\n")
    assert first == "limits.yaml, line 2: first → days: found 'ten'; expected a valid whole number."
    assert "line 3: first → kind: 'wroking' is not known; did you mean 'working'?" in second


def test_a_missing_entry_is_named() -> None:
    assert said("first: {kind: working}") == [
        "limits.yaml, line 1: first → days: this entry is missing; it must be given."
    ]


def test_a_position_in_a_list_counts_from_one() -> None:
    (sentence,) = said("first:\n  days: 1\n  labels:\n    a: [b, [c]]\n")
    assert sentence.startswith("limits.yaml, line 4: first → labels → a → item 2: found a list")


def test_an_entry_written_twice_is_refused() -> None:
    assert said("first: {days: 1}\nfirst: {days: 2}\n") == [
        "limits.yaml, line 2: the text cannot be read as YAML: 'first' is written twice."
    ]


@pytest.mark.parametrize("text", ["first: [1", "first:\n\tdays: 1", "a: \x00"])
def test_what_is_no_yaml_is_a_sentence(text: str) -> None:
    assert "cannot be read as YAML" in said(text)[0]


def test_an_empty_file_is_a_sentence() -> None:
    assert said("# nothing yet\n") == ["limits.yaml is empty; it must hold the declaration."]


def test_words_stay_words_and_only_true_and_false_are_truth_values() -> None:
    limit = read("first: {days: 1, labels: {yes: [Y, No, on, 17:00, 0151, 1_000, 7]}}")
    assert limit.labels == {"yes": ("Y", "No", "on", "17:00", "0151", "1_000", "7")}
    assert "expected words" in said("first: {days: 1, labels: {a: [true]}}")[0]


def test_a_day_that_is_not_in_the_calendar_is_placed_too() -> None:
    assert read("first: {days: 1, from_: 2024-02-29}").from_ == dt.date(2024, 2, 29)
    (sentence,) = said("first:\n  days: 1\n  from_: 2023-02-29\n")
    assert sentence.startswith("limits.yaml, line 3: first → from_: found '2023-02-29'; expected a")


def test_no_sentence_speaks_the_language_of_the_library() -> None:
    for sentence in said("first: 3\nsecond: {days: [1], labels: [2], from_: soon}"):
        assert not {"Input", "dict", "model", "type=", "pydantic"} & set(sentence.split())


def test_a_check_in_the_light_of_other_declarations_gets_its_line_too() -> None:
    with pytest.raises(ConfigurationError) as wrong:
        read_declaration(
            Limits,
            "first:\n  days: 1\n",
            "limits.yaml",
            key="limits",
            check=lambda limits: [(("first", "days"), f"{len(limits.limits)} is too few.")],
        )
    assert str(wrong.value) == "limits.yaml, line 2: first → days: 1 is too few."
