"""Trends: a word for a direction goes the way its figures go (E8)."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from candour.figures import CHANGED_UNITS, Figure
from candour.gate.finding import Finding, Kind
from candour.gate.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.pool import Pool
    from candour.gate.sentences import Mark, Sentence

_UP = re.compile(
    r"\b(?:rose|risen|rising|rises?|increas\w+|grew|grown|growing|growth|higher|upwards?|climb\w*"
    r"|went up|up (?:sharply )?(?:from|by)|surg\w+|doubled|trebled)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fell|fallen|falling|falls?|decreas\w+|declin\w+|lower|downwards?|drop(?:s|ped|ping)?"
    r"|went down|down (?:sharply )?(?:from|by)|reduc\w+|shrank|halved)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not?|never|neither|nor|without|rather than|cannot)\b[^,]{0,20}$", re.I)
_EARLIER = re.compile(r"\b(?:from|than|against|with|of|after) (?:the )?$", re.IGNORECASE)
"""What stands before a figure that something else is compared with."""
_ROOM = 40


def contradicted(sentence: Sentence, pool: Pool) -> Iterator[Finding]:
    """Directions a sentence gives that its figures do not take."""
    paired = [
        (one, other)
        for one, other in combinations(sentence.marks, 2)
        if _alike(one.figure, other.figure)
    ]
    for one, other in paired:
        said = _said(sentence, one, other)
        now, earlier = _in_time(one.figure, other.figure)
        went = _sign(now, earlier)
        if said and went is not None and said != went:
            yield _finding(sentence, Kind.BLOCKS, said, now, earlier)
    for mark in sentence.marks:
        yield from _change(sentence, mark, pool)
    if not paired and len(sentence.marks) == 1:
        yield from _alone(sentence, sentence.marks[0], pool)


def typed_trend(place: str, text: str) -> Iterator[Finding]:
    """A typed *fell from 12 to 15* that goes the other way."""
    for found in re.finditer(r"\bfrom (\S+)[^.;]{0,60}? to (\S+)", text):
        one, other = numerals(found[1]), numerals(found[2])
        if len(one) != 1 or len(other) != 1:
            continue
        said = direction_in(text[max(0, found.start() - _ROOM) : found.start()])
        went = (other[0].value > one[0].value) - (other[0].value < one[0].value)
        if said and went != said:
            yield Finding(
                "E8",
                Kind.BLOCKS,
                place,
                f"“{found[0]}” does not {'rise' if said > 0 else 'fall'}.",
                printed=found[0],
                cause="The words were kept when the numbers changed.",
            )


def direction_in(words: str) -> int:
    """The one direction words give: 1 up, -1 down, 0 none or both or denied."""
    up, down = _told(_UP, words), _told(_DOWN, words)
    return up - down if up != down else 0


def _told(pattern: re.Pattern[str], words: str) -> int:
    return int(any(not _DENIED.search(words[: m.start()]) for m in pattern.finditer(words)))


def _alike(one: Figure, other: Figure) -> bool:
    return (
        (one.kpi, one.slice) == (other.kpi, other.slice)
        and one.period != other.period
        and not one.against
        and one.printable
        and other.printable
    )


def _said(sentence: Sentence, one: Mark, other: Mark) -> int:
    """The direction said of a pair: between the two, before them, or after them."""
    between = sentence.text[one.end : other.start]
    if any(one.end <= mark.start < other.start for mark in sentence.marks):
        between = sentence.after(one)
    return (
        direction_in(between)
        or direction_in(sentence.before(one, _ROOM))
        or direction_in(sentence.after(other))
    )


def _in_time(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """The later and the earlier of two figures."""
    later = one.period.end > other.period.end
    return (one, other) if later else (other, one)


def _sign(now: Figure, earlier: Figure) -> int | None:
    if now.shown is None or earlier.shown is None:
        return None
    return (now.shown > earlier.shown) - (now.shown < earlier.shown)


def _change(sentence: Sentence, mark: Mark, pool: Pool) -> Iterator[Finding]:
    """A change told with a word for its direction: *a fall of +7*."""
    figure = mark.figure
    measure = re.sub(r"\.(?:per_cent_)?change(?:\.size)?$", "", figure.kpi)
    if measure == figure.kpi:
        return
    said = direction_in(sentence.before(mark, 20))
    if not said:
        return
    now = pool.figure(measure, (figure.period, figure.slice))
    earlier = next(
        (
            other
            for other in pool
            if (other.kpi, other.slice) == (measure, figure.slice)
            and figure.against == f"from {other.period.key}"
        ),
        None,
    )
    if figure.unit in CHANGED_UNITS and figure.value is not None:
        went: int | None = (figure.value > 0) - (figure.value < 0)
    else:
        went = None if now is None or earlier is None else _sign(now, earlier)
    if went is not None and went != said:
        yield _finding(sentence, Kind.BLOCKS, said, now or figure, earlier)


def _alone(sentence: Sentence, mark: Mark, pool: Pool) -> Iterator[Finding]:
    """One figure with a direction, beside the ledger's figure of the period before."""
    figure = mark.figure
    if figure.against or not figure.printable or _EARLIER.search(sentence.before(mark)):
        return
    earlier = pool.figure(figure.kpi, (figure.period.previous(), figure.slice))
    said = direction_in(sentence.before(mark, _ROOM)) or direction_in(sentence.after(mark))
    went = None if earlier is None or not earlier.printable else _sign(figure, earlier)
    if said and went is not None and said != went:
        yield _finding(sentence, Kind.REMARK, said, figure, earlier)


def _finding(
    sentence: Sentence, kind: Kind, said: int, now: Figure, earlier: Figure | None
) -> Finding:
    before = "" if earlier is None else f" after {earlier.display} in {earlier.period.label}"
    return Finding(
        "E8",
        kind,
        sentence.place,
        f"“{sentence.text}” says it went {'up' if said > 0 else 'down'}, and it was "
        f"{now.display} in {now.period.label}{before}.",
        printed="up" if said > 0 else "down",
        counted=now.display,
        cause="The words were kept when the figures changed, or tell what was hoped for.",
    )
