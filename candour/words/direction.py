"""Direction: what may be said of a change, and never why it happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from candour.figures import Better, Figure, Unit
from candour.spc import Control, Mark
from candour.words.beside import size


class Direction(StrEnum):
    """Which way a measure went, and how far; the words a sentence uses for it."""

    ROSE_SHARPLY = "rose sharply"
    ROSE = "rose"
    SIMILAR = "was similar"
    NO_CHANGE = "did not change"
    FELL = "fell"
    FELL_SHARPLY = "fell sharply"
    UNKNOWN = "cannot be compared"
    """One of the two figures is missing, withheld or of nothing."""

    @property
    def upwards(self) -> bool:
        """Whether the measure rose."""
        return self in {Direction.ROSE, Direction.ROSE_SHARPLY}

    @property
    def downwards(self) -> bool:
        """Whether the measure fell."""
        return self in {Direction.FELL, Direction.FELL_SHARPLY}

    @property
    def sharp(self) -> bool:
        """Whether it moved far enough to say so."""
        return self in {Direction.ROSE_SHARPLY, Direction.FELL_SHARPLY}


_QUIETLY = {Direction.ROSE_SHARPLY: Direction.ROSE, Direction.FELL_SHARPLY: Direction.FELL}


class Judgement(StrEnum):
    """Whether a change is good news; some have no side, and usual variation is no news."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Wording:
    """From where on a change is worth words, and under which base a share needs its counts."""

    similar_per_cent: Fraction = Fraction(5)
    sharp_per_cent: Fraction = Fraction(25)
    similar_points: Fraction = Fraction(2)
    sharp_points: Fraction = Fraction(10)
    small_base: int = 20


USUAL = Wording()


@dataclass(frozen=True, slots=True)
class Movement:
    """A change between two periods, ready for a sentence.

    ``per_cent`` is the relative change of a count, ``None`` where it would mislead: from nought,
    from a small number, or of a percentage (which moves by percentage points).
    """

    now: Figure
    earlier: Figure
    change: Figure
    direction: Direction
    judgement: Judgement
    usual: bool
    """The control chart says that both points are common variation."""
    per_cent: Figure | None

    @property
    def size(self) -> Figure:
        """How far it moved, without a sign."""
        return size(self.change)

    @property
    def per_cent_size(self) -> Figure | None:
        """How far a count moved relative to the earlier one, without a sign."""
        return None if self.per_cent is None else size(self.per_cent)


def movement(
    now: Figure, earlier: Figure, control: Control | None = None, wording: Wording = USUAL
) -> Movement:
    """How ``now`` stands to ``earlier``, in a direction and a judgement.

    Args:
        now: the figure told.
        earlier: the same measure and slice of another period.
        control: the control chart whose last two points they are, where there is one; between two
            usual points nothing is sharp, better or worse.
        wording: the thresholds of the words.

    Raises:
        ReconciliationError: the two are of different measures or slices.
    """
    change = now.change(earlier)
    usual = control is not None and _usual(control)
    direction = _direction(change, now, earlier, wording)
    if usual:
        direction = _QUIETLY.get(direction, direction)
    return Movement(
        now=now,
        earlier=earlier,
        change=change,
        direction=direction,
        judgement=Judgement.NEITHER if usual else _judgement(direction, now.better),
        usual=usual,
        per_cent=_per_cent(now, earlier, direction, wording),
    )


def small(figure: Figure, wording: Wording = USUAL) -> bool:
    """Whether a share is of so few that it is printed with its counts: 4 of 14 (29%)."""
    return figure.base is not None and figure.base < wording.small_base


def _direction(change: Figure, now: Figure, earlier: Figure, wording: Wording) -> Direction:
    if not change.printable or change.value is None or earlier.value is None:
        return Direction.UNKNOWN
    if change.value == 0:
        return Direction.NO_CHANGE
    if change.unit is Unit.PERCENTAGE_POINTS:
        moved = abs(change.value)
        similar, sharp = wording.similar_points, wording.sharp_points
    else:
        moved = abs(change.value) / (abs(earlier.value) or 1) * 100
        similar, sharp = wording.similar_per_cent, wording.sharp_per_cent
    if change.shown == 0 or moved < similar:
        return Direction.SIMILAR
    few = (_few(now, wording), _few(earlier, wording))
    sharply = moved >= sharp and not (all(few) if now.unit is Unit.COUNT else any(few))
    if change.value > 0:
        return Direction.ROSE_SHARPLY if sharply else Direction.ROSE
    return Direction.FELL_SHARPLY if sharply else Direction.FELL


def _few(figure: Figure, wording: Wording) -> bool:
    """Whether a figure rests on so few rows that a big relative change means little."""
    rows = figure.base if figure.base is not None else figure.count
    return rows is not None and rows < wording.small_base


def _judgement(direction: Direction, better: Better) -> Judgement:
    if better is Better.NEITHER or not (direction.upwards or direction.downwards):
        return Judgement.NEITHER
    return Judgement.BETTER if direction.upwards == (better is Better.HIGHER) else Judgement.WORSE


def _per_cent(
    now: Figure, earlier: Figure, direction: Direction, wording: Wording
) -> Figure | None:
    moved = direction.upwards or direction.downwards
    if now.unit is not Unit.COUNT or not moved or _few(earlier, wording):
        return None
    return now.per_cent_change(earlier)


def _usual(control: Control) -> bool:
    drawn = [m for m, p in zip(control.marks, control.points, strict=True) if p is not None]
    return all(mark is Mark.COMMON for mark in drawn[-2:])


def trend(now: Figure, earlier: Figure) -> Figure:
    """Which way a measure went, in a word: *rose*, *fell* or *did not change* as displayed.

    The word follows what is printed: two figures that are displayed alike did not change.
    """
    told = now.change(earlier)
    same = now.display == earlier.display and now.printable
    moved = Direction.ROSE if told.value and told.value > 0 else Direction.FELL
    words = Direction.NO_CHANGE if same or not told.value else moved
    return replace(
        told,
        kpi=f"{now.kpi}.trend",
        title=f"{now.title}: direction",
        unit=Unit.WORDS,
        better=Better.NEITHER,
        value=None,
        words=words.value if told.printable else "",
    )
