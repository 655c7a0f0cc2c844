"""Every value of the catalogue is in the councils' files, under a figure of ours."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from candour.labels import normalised
from candour.published.printed import number_in
from tests.published.conftest import catalogue, council_of, read

ENTRIES = 123
VALUES = 819


def _said(value: Any) -> object:
    if value is None:
        return ""
    text = "; ".join(value) if isinstance(value, list) else str(value)
    number = number_in(text)
    return number.value if number is not None else normalised(text)


def test_the_catalogue_is_whole() -> None:
    assert len(catalogue()) == ENTRIES
    assert sum(len(entry["values"]) for entry in catalogue().values()) == VALUES


@pytest.mark.parametrize("entry_id", list(catalogue()))
def test_an_entry_prints_what_the_catalogue_says(entry_id: str) -> None:
    published, _ = read(council_of(entry_id))
    entry = next(entry for _, entry in published.entries() if entry.id == entry_id)
    listed = Counter(_said(value["value"]) for value in catalogue()[entry_id]["values"])
    written = Counter(_said(value.printed) for value in entry.values)
    assert written == listed
    assert entry.values or entry.shows


@pytest.mark.parametrize("entry_id", list(catalogue()))
def test_a_value_of_a_year_is_told_of_that_year(entry_id: str) -> None:
    published, _ = read(council_of(entry_id))
    entry = next(entry for _, entry in published.entries() if entry.id == entry_id)
    dated = [
        (value["dims"]["year"], _said(value["value"]))
        for value in catalogue()[entry_id]["values"]
        if "year" in value["dims"] and " vs " not in value["dims"]["year"]
    ]
    written = Counter(
        (value.measure.period, _said(value.printed)) for value in entry.values if value.measure
    )
    assert not Counter(dated) - written


@pytest.mark.parametrize("entry_id", list(catalogue()))
def test_a_reviewers_note_is_written_down(entry_id: str) -> None:
    published, _ = read(council_of(entry_id))
    entry = next(entry for _, entry in published.entries() if entry.id == entry_id)
    recorded = {note["id"]: note["note"] for note in catalogue()[entry_id]["inconsistencies"]}
    assert {note.code: note.says for note in entry.notes} == recorded
