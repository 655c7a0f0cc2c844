"""Coverage: each published figure, where our reports print it, and whether it is equal."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from candour.published import Kind, compared, examine, kind_of, told_by
from candour.published.naming import name_of
from tasks import declared
from tasks.documentation.findings import codes, publishing
from tasks.documentation.markdown import page, table

MOST_PLACES = 2
"""So many places a figure is printed in are named."""
_REPRODUCTION = re.compile(r"^\S+-reproduction-test-")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.published import Comparison, Entry, Published, Scheme
    from candour.published.ledgers import Row
    from tasks.documentation.findings import Codes
    from tasks.settings import Settings


def coverage(
    settings: Settings,
    ledgers: Mapping[str, Mapping[str, Row]],
    texts: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The page of every published value beside what our reports print.

    Args:
        settings: where things are.
        ledgers: for each council the rows of its reports' ledgers by figure key.
        texts: for each council what its reports say, by place, for statements in words.
    """
    named, parts = codes(settings), list[str]()
    kinds: Counter[Kind | None] = Counter()
    entries = 0
    for council in publishing(settings):
        published, scheme = declared.published(settings, council)
        rows, said = ledgers.get(council, {}), (texts or {}).get(council, {})
        found = walked(published, scheme, rows, said)
        kinds.update(kind for _, kind in found)
        entries += sum(1 for _ in published.entries())
        parts += _of_council(published, scheme, found, named)
    return page(
        "# Every published figure, and where our reports print it",
        f"{entries} entries with {kinds.total()} values. "
        "A value is equal when ours, exact, rounded half away from zero to the printed "
        "precision, is the printed one; words are equal by the synonyms the council's file "
        "declares.",
        _kinds(kinds),
        *parts,
    )


def _kinds(kinds: Counter[Kind | None]) -> str:
    """How many values there are of each kind."""
    rows = [(kind.value, str(kinds[kind])) for kind in Kind]
    if kinds[None]:
        rows.append(("**not printed, or differs unexplained**", str(kinds[None])))
    return table(("Kind", "Values"), rows)


def walked(
    published: Published,
    scheme: Scheme,
    rows: Mapping[str, Row],
    texts: Mapping[str, str] | None = None,
) -> list[tuple[Comparison, Kind | None]]:
    """Every published value beside the ledgers' rows, and its kind."""
    told = told_by(rows, published, scheme, texts)
    beside = compared(published, told, examine(published, scheme))
    return [(comparison, kind_of(comparison, scheme)) for comparison in beside]


def _of_council(
    published: Published,
    scheme: Scheme,
    found: list[tuple[Comparison, Kind | None]],
    named: Codes,
) -> Iterator[str]:
    by_entry: dict[str, list[tuple[Comparison, Kind | None]]] = {}
    for comparison, kind in found:
        by_entry.setdefault(comparison.value.entry, []).append((comparison, kind))
    for document in published.documents:
        yield f"## {scheme.council.name}: {document.title}"
        yield table(
            ("Entry", "Our figure", "Published", "Ours", "", "Printed in"),
            (
                row
                for entry in document.entries
                for row in _rows(entry, by_entry.get(entry.id, []), scheme, named)
            ),
        )


def _rows(
    entry: Entry, found: list[tuple[Comparison, Kind | None]], scheme: Scheme, named: Codes
) -> Iterator[tuple[str, ...]]:
    if not found:
        shown = ", ".join(f"`{kpi_id}`" for kpi_id in entry.shows)
        yield entry.id, f"a chart or text without values; ours: {shown}", "", "", "", ""
    for comparison, kind in found:
        ours = comparison.ours
        yield (
            entry.id,
            name_of(comparison.value, scheme),
            comparison.value.printed,
            "" if ours is None else ours.display,
            _standing(comparison, kind, named),
            "" if ours is None else _places(ours.places),
        )


def _standing(comparison: Comparison, kind: Kind | None, named: Codes) -> str:
    """Equal, or corrected with the code and the arithmetic; a statement; or what is missing."""
    if kind is Kind.CORRECTED:
        told = [f"{named.of(slip)}: {slip.sentence}" for slip in comparison.slips]
        return "corrected. " + " ".join(told or [f"See {code}." for code in comparison.notes])
    if comparison.ours is None:
        return "**not printed**"
    if kind is Kind.STATED:
        return "stated"
    return "equal" if kind else "**differs**"


def _places(places: tuple[str, ...]) -> str:
    """The first places a figure stands in, those with a cell or section of their own before."""
    short = [_REPRODUCTION.sub("", place) for place in places]
    exact = sorted(dict.fromkeys(short), key=lambda place: "!" not in place and "#" not in place)
    more = len(exact) - MOST_PLACES
    named = "; ".join(exact[:MOST_PLACES])
    return f"{named} and {more} more" if more > 0 else named
