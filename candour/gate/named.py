"""Named: no case is told by its reference where an audience may not see every case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.gate.finding import Finding, Kind
from candour.gate.markup import read_page
from candour.gate.texts import listed, place_of, sentences_of
from candour.table import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.draft import Draft

_WORD = re.compile(r"\w+(?:[/._-]\w+)*")
_LEAST = 5
"""A shorter reference, or one of fewer digits, could be any number of a report."""


def named_cases(draft: Draft) -> Iterator[Finding]:
    """Every place where the reference of a case stands, in what is written and what is made."""
    known = _references(draft)
    for place, words in _texts(draft):
        for reference in _found(words, known):
            yield Finding(
                "E13",
                Kind.BLOCKS,
                place,
                f"It names the case {reference}, and not all of {draft.report.audience.lower()} "
                "may see it.",
                printed=reference,
                cause="A reference came over from a list of cases; say how many there are instead.",
            )


def _references(draft: Draft) -> frozenset[str]:
    """The references of all cases, in small letters."""
    return frozenset(
        reference.casefold()
        for facts in draft.facts.values()
        if "case_ref" in facts
        for reference in facts["case_ref"].dropna().astype(str).unique()
        if sum(sign.isalnum() for sign in reference) >= _LEAST
    )


def _found(words: str, known: frozenset[str]) -> list[str]:
    said = dict.fromkeys(_WORD.findall(words))
    return [word for word in said if word.casefold() in known]


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield from draft.commentary.items()
    yield from sentences_of(draft.report)
    for _, item in draft.report.items():
        if isinstance(item, Listing):
            yield place_of(item), " ".join(listed(value) for row in item.rows for value in row)
    for name, content in draft.files.items():
        if name.endswith(".html"):
            for block in read_page(name, content.decode()).blocks:
                yield block.place, block.text
