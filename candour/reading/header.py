"""Header: finds the row that names the columns among the titles and filters above it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from candour.errors import InputError
from candour.reading.rows import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.reading.layout import Layout
    from candour.reading.rows import Row

SEARCHED_ROWS = 50
"""How far down a header is looked for; published workbooks have it within the first dozen."""
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a table, and how well it answers what the mapping expects."""

    above: int
    """How many rows stand above it."""
    number: int
    """Its line or sheet row, counted from one."""
    lines: tuple[tuple[str, ...], ...]
    """Its one or two rows as they compare, to recognise them when they are repeated."""
    labels: tuple[str, ...]
    """A text a column, white space collapsed; empty for a column without a header. One that
    stands more than once is told apart by its place: ``1st Team``, ``2nd Team``."""
    repeated: tuple[str, ...]
    """The texts that stand more than once, as written where they first stand."""
    unclear: tuple[str, ...]
    """How those of them are written that the mapping names without saying which it means."""
    missing: tuple[str, ...]
    """Expected texts that it does not hold."""
    matched: int
    """How many expected texts it does hold."""

    @property
    def is_complete(self) -> bool:
        """Whether every expected column is here."""
        return not self.missing

    def position(self, label: str) -> int:
        """The column, counted from nought, that a label names."""
        return [comparable(text) for text in self.labels].index(comparable(label))


def propose_header(rows: Sequence[Row], layout: Layout) -> Header | None:
    """The row that answers the mapping best, the first of equals; None when all are blank."""
    best: Header | None = None
    for header in _candidates(rows, layout):
        if best is None or _worth(header, layout) > _worth(best, layout):
            best = header
    return best


def check_header(header: Header) -> None:
    """Refuses a header that lacks a column, or has a name twice or damaged.

    Raises:
        InputError: naming the columns and the row.
    """
    where = f"the header row (row {header.number})"
    if header.missing:
        raise InputError(
            f"the row nearest to the expected header is row {header.number}; it lacks "
            f"{name_list(header.missing)}. Export it with those columns, or map the new names."
        )
    if any("\0" in label for label in header.labels):
        raise InputError(f"{where} holds a NUL byte: the file is damaged; export it again.")
    counts = Counter(comparable(label) for label in header.labels if label)
    twice = [label for label in header.labels if counts[comparable(label)] > 1]
    if header.unclear:
        raise InputError(
            f"{where} names {name_list(header.unclear)} more than once, so nobody can say which "
            f"column is meant; say “1st {header.unclear[0]}” or “2nd {header.unclear[0]}” in "
            f"exports.yaml, or rename or remove one in the export."
        )
    if twice:
        raise InputError(
            f"{where} names {name_list(sorted(set(twice)))} more than once, so nobody can say "
            f"which column is meant; rename or remove one in the export."
        )


def told_apart(labels: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels, each that stands more than once with its place before it, and which those are.

    ``Team, Day, Team`` becomes ``1st Team, Day, 2nd Team``.
    """
    counts = Counter(comparable(label) for label in labels if label)
    first: dict[str, str] = {}
    seen: Counter[str] = Counter()
    placed = []
    for label in labels:
        key = comparable(label)
        seen[key] += 1
        if counts[key] > 1:
            first.setdefault(key, label)
            placed.append(f"{_nth(seen[key])} {label}")
        else:
            placed.append(label)
    return tuple(placed), tuple(first.values())


def _nth(place: int) -> str:
    return f"{place}{_ENDINGS.get(place, 'th')}"


def name_list(labels: Sequence[str]) -> str:
    """Labels in quotation marks, the first eight and how many more."""
    shown = ", ".join(f"“{label}”" for label in labels[:8])
    return shown + (f" and {len(labels) - 8} more" if len(labels) > 8 else "")  # noqa: PLR2004


def _worth(header: Header, layout: Layout) -> int:
    """How well a row answers: expected texts held, or filled cells when nothing is expected."""
    return header.matched if layout.needed else sum(map(bool, header.labels))


def _candidates(rows: Sequence[Row], layout: Layout) -> Iterator[Header]:
    expected = {comparable(text): text for text in sorted(layout.needed)}
    for above in range(len(rows) - layout.header_lines + 1):
        written = [row.cells for row in rows[above : above + layout.header_lines]]
        for lines in _readings(written):
            texts = _join(lines)
            labels, repeated = told_apart(texts)
            unclear = {comparable(label) for label in repeated} & set(expected)
            held = {comparable(label) for label in labels} | unclear
            if held <= {""}:
                continue
            yield Header(
                above=above,
                number=rows[above].number,
                lines=tuple(tuple(map(comparable, line)) for line in written),
                labels=labels,
                repeated=repeated,
                unclear=tuple(sorted({t for t in texts if comparable(t) in unclear})),
                missing=tuple(text for key, text in expected.items() if key not in held),
                matched=sum(key in held for key in expected),
            )


def _readings(lines: list[list[str]]) -> Iterator[list[list[str]]]:
    """A header as written; over two rows also with its merged upper texts carried right."""
    yield lines
    if len(lines) > 1:
        carried: list[str] = []
        for text in lines[0] + [""] * (len(lines[1]) - len(lines[0])):
            carried.append(text if text.strip() or not carried else carried[-1])
        yield [carried, *lines[1:]]


def _join(lines: list[list[str]]) -> tuple[str, ...]:
    """One text a column; a text merged over both rows counts once; trailing blanks go."""
    columns = zip_longest(*lines, fillvalue="")
    labels = [" ".join(" ".join(dict.fromkeys(texts)).split()) for texts in columns]
    while labels and not labels[-1]:
        labels.pop()
    return tuple(labels)
