"""Findings: a broken rule told in a sentence, with the references of the rows that break it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING

import pandas as pd

from candour.expected import key_of
from candour.intake import INTAKE
from candour.verdict import Finding, Key, Severity

if TYPE_CHECKING:
    from candour.suite import Rule

_PENCE = 100


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold, as the judge gave it back."""

    rule: Rule
    severity: Severity
    at: Sequence[int]
    """Positions of the rows that break it, counted from 0; none where the whole frame does."""


def findings_of(broken: Broken, frame: str, rows: pd.DataFrame, keys_kept: int) -> list[Finding]:
    """What to say of a broken rule: once a frame, but once an export where a landing is judged.

    Args:
        broken: the rule and where it breaks.
        frame: the frame judged.
        rows: all of its rows.
        keys_kept: how many of the rows to name.
    """
    rule = broken.rule

    def finding(at: Sequence[int], places: Mapping[str, object]) -> Finding:
        return Finding(
            code=rule.code,
            severity=broken.severity,
            sentence=rule.meta.sentence.format_map(places),
            frame=frame,
            rows=len(at),
            key_columns=key_of(frame),
            keys=_keys(rows, key_of(frame), at[:keys_kept]),
            what_to_do=rule.meta.what_to_do,
            owner=rule.meta.owner,
        )

    if frame != INTAKE.name:
        return [finding(broken.at, places_of(rule.kwargs, len(broken.at), len(rows)))]
    accounts = rows.iloc[list(broken.at)].to_dict("records")
    return [
        finding([at], places_of(rule.kwargs, 1, len(rows)) | _printable(account))
        for at, account in zip(broken.at, accounts, strict=True)
    ]


def places_of(kwargs: Mapping[str, object], rows: int, total: int) -> dict[str, object]:
    """What a sentence may name: the rows that break the rule, the rows there are, its limits."""
    limits = {name: kwargs[name] for name in limits_of(kwargs)}
    if isinstance(share := limits.pop("mostly", None), int | float):
        limits["tolerated_per_cent"] = round(100 * (1 - share), 6)
    return _printable({"rows": rows, "total": total} | limits)


def limits_of(kwargs: Mapping[str, object]) -> list[str]:
    """The entries of a rule that are numbers, so that a council may set its own."""
    return [
        name
        for name, value in kwargs.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]


class _Count(int):
    """A number of things: ``{rows:step|steps}`` prints *1 step* and *1,204 steps*.

    ``{max_value:pounds}`` prints pence as pounds.
    """

    def __format__(self, words: str) -> str:
        if not words:
            return f"{int(self):,}"
        if words == "pounds":
            return f"£{self / _PENCE:,.0f}"
        one, many = words.split("|")
        return f"{int(self):,} {one if self == 1 else many}"


def _printable(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _in_words(value) for name, value in values.items()}


def _in_words(value: object) -> object:
    if pd.isna(value):
        return "an unknown number of"
    if isinstance(value, float):
        return _Count(value) if value.is_integer() else f"{value:g}"
    return _Count(value) if isinstance(value, int) else str(value)


def _keys(rows: pd.DataFrame, key: tuple[str, ...], at: Sequence[int]) -> tuple[Key, ...]:
    named = rows.iloc[list(at)][list(key)]
    return tuple(tuple(map(_reference, row)) for row in named.itertuples(index=False, name=None))


def _reference(part: object) -> str | int:
    if pd.isna(part):
        return "not recorded"
    if isinstance(part, pd.Timestamp):
        return f"{part:%Y-%m-%d}"
    return int(part) if isinstance(part, Integral) else str(part)
