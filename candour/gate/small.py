"""Small numbers and people: what an audience must not see is in nothing that is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.disclosure import is_protected
from candour.figures import Figure, Unit
from candour.gate.draft import Policy
from candour.gate.finding import Finding, Kind
from candour.gate.named import named_cases
from candour.gate.numerals import around
from candour.gate.texts import figures_of, place_of
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.audience import Withhold
    from candour.disclosure import Recovered, Structure
    from candour.gate.draft import Draft

_PERSONAL = (
    ("an e-mail address", re.compile(r"[\w.+-]+@(?![\w.-]*\.invalid\b)[\w-]+\.[\w.]+")),
    (
        "a telephone number",
        re.compile(r"(?<![\w/.-])(?:\+44 ?|0)[123578](?: ?\d){8,9}(?![/.-]?\w)"),
    ),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
    ("a National Insurance number", re.compile(r"\b[A-Z]{2} ?(?:\d\d ?){3}[A-D]\b")),
)
_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Judge|Sir|Dame|Councillor|Cllr)\.? [A-Z](?:[a-z]+|\b)"
)
_INITIALS = re.compile(r"\b(?:child|resident|parent|mother|father) [A-Z]\b")
_CASES = frozenset({"outstanding_cases", "cases_answered"})


def policy_of(withhold: Withhold | None, structure: Structure, *, sees_cases: bool) -> Policy:
    """What an audience may see, from what its council declares it may."""

    def protected(figure: Figure) -> bool:
        return is_protected(figure, withhold, structure)

    return Policy(protected, 0 if withhold is None else withhold.below, sees_cases)


def recovered(withheld: Iterable[Recovered]) -> tuple[Finding, ...]:
    """Withheld figures that a reader can work out, as findings."""
    return tuple(
        Finding(
            "E13",
            Kind.BLOCKS,
            found.figure or "what is withheld",
            found.sentence,
            counted="[c]",
            cause="What is printed beside it gives it away; withhold more.",
        )
        for found in withheld
    )


def unfit(draft: Draft) -> Iterator[Finding]:
    """Small counts in protected parts, cases by reference, and marks of a person (E13)."""
    yield from _small_counts(draft)
    if draft.policy.sees_cases:
        return
    yield from _listed_cases(draft)
    yield from named_cases(draft)
    for path, words in draft.commentary.items():
        yield from _personal(path, words)
    for _, item in draft.report.items():
        if isinstance(item, Listing):
            for words in _words_in(item):
                yield from _personal(place_of(item), words)


def _small_counts(draft: Draft) -> Iterator[Finding]:
    ledger, policy = draft.ledger, draft.policy
    places = {figure: place for place, figure in reversed(list(figures_of(draft.report)))}
    for figure in ledger:
        places.setdefault(figure, next(iter(ledger.places(figure)), "ledger"))
    for figure, place in places.items():
        number = _shown_count(figure)
        small = number is not None and 0 < number < policy.threshold
        if small and policy.is_protected(figure):
            yield Finding(
                "E13",
                Kind.BLOCKS,
                place,
                f"'{figure.key}' prints {figure.display}, which tells {number}; fewer than "
                f"{policy.threshold} are not shown to {draft.report.audience.lower()} here.",
                printed=figure.display,
                counted="[c]",
                cause="The figure came past the suppression; withhold it and what gives it away.",
            )


def _shown_count(figure: Figure) -> int | None:
    """How many cases a printed figure tells."""
    if not figure.printable:
        return None
    if figure.unit is Unit.COUNT and figure.value is not None and figure.value.denominator == 1:
        return int(figure.value)
    return figure.count if figure.unit in {Unit.PERCENT, Unit.RATE} else None


def _listed_cases(draft: Draft) -> Iterator[Finding]:
    for _, item in draft.report.items():
        if not isinstance(item, Listing) or not item.rows or item.id not in _CASES:
            continue
        if any(kind is ListingKind.REFERENCE for _, kind in item.headings):
            yield Finding(
                "E13",
                Kind.BLOCKS,
                place_of(item),
                f"It lists {len(item.rows):,} cases by their references, which "
                f"{draft.report.audience.lower()} may not see.",
                cause="A list made for managers is among the sections of this report.",
            )


def _words_in(listing: Listing) -> Iterator[str]:
    for row in listing.rows:
        for (_, kind), value in zip(listing.headings, row, strict=False):
            if kind is ListingKind.WORDS and isinstance(value, str):
                yield value


def _personal(place: str, words: str) -> Iterator[Finding]:
    for what, pattern in _PERSONAL:
        for found in pattern.finditer(words):
            yield Finding(
                "E13",
                Kind.BLOCKS,
                place,
                f"It holds {what}: “{around(words, found.start(), found.start(), 20)}”.",
                cause="A person could be found by it; take it out.",
            )
    for pattern in (_NAMED, _INITIALS):
        for found in pattern.finditer(words):
            yield Finding(
                "E13",
                Kind.REMARK,
                place,
                f"“{found[0]}” may name a person.",
                printed=found[0],
                cause="A name, or initials, came over from a case; say what happened without it.",
            )
