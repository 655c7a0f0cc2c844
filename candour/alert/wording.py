"""Wording: how each kind of alert is said, declared once and filled with what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.alert.alert import Addressee, Alert, Kind, Side
from candour.declarations import Declaration, read_declaration
from candour.errors import ConfigurationError
from candour.words.grammar import inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from candour.words import Speaker

FILE = "alerts/alerts.yaml"
_SHOWN = 12
"""Sentences of a reason that are told; the wording says where the rest is."""


class Wording(Declaration):
    """The sentences of one kind of alert, as Jinja."""

    to: Side
    heading: str
    what: str
    why: str = ""
    """In front of the reason that is given, or instead of none."""
    why_heading: str = "Why"
    rest: str = "The rest is in the log of the task."
    link: str = "The log of the task"
    kept_heading: str = "What was kept"
    kept: str
    what_to_do: tuple[str, ...]


class _Wordings(Declaration):
    alerts: dict[Kind, Wording]


def read_wordings(templates: Mapping[str, str]) -> Mapping[Kind, Wording]:
    """The wording of every kind of alert.

    Raises:
        ConfigurationError: ``alerts.yaml`` is wrong, or has no words for a kind.
    """
    declared = read_declaration(_Wordings, templates[FILE], f"templates/{FILE}", key="alerts")
    if missing := [kind.value for kind in Kind if kind not in declared.alerts]:
        raise ConfigurationError(f"templates/{FILE}: no words for {', '.join(missing)}.")
    return declared.alerts


def worded(
    speaker: Speaker,
    wordings: Mapping[Kind, Wording],
    kind: Kind,
    *,
    council: str,
    key: str,
    to: Sequence[Addressee],
    names: Mapping[str, str],
    reason: str = "",
    headlines: Sequence[str] = (),
    where: str = "",
    link: str = "",
) -> Alert:
    """An alert in words.

    Args:
        speaker: says them.
        wordings: how each kind is said.
        kind: which of them.
        council: the council's id.
        key: what tells this alert from every other.
        to: who is told.
        names: what the sentences may name.
        reason: one or more lines that are said as they are.
        headlines: a draft's own sentences, said as they are.
        where: the DAG, task and run.
        link: where to look.

    Raises:
        ConfigurationError: a sentence asks for a name there is not.
    """

    def said(words: str) -> str:
        return speaker.sentence(words, f"alert {kind}", FILE, **names)

    wording = wordings[kind]
    heading = said(wording.heading)
    opening = [said(wording.why)] if wording.why else []
    return Alert(
        kind=kind,
        council=council,
        key=key,
        to=tuple(to),
        heading=heading,
        subject=f"{names['council']}: {inside(heading)}",
        what=said(wording.what),
        why=(*opening, *_lines(reason, wording.rest)),
        kept=said(wording.kept),
        what_to_do=tuple(said(step) for step in wording.what_to_do),
        headlines=tuple(headlines),
        why_heading=wording.why_heading,
        kept_heading=wording.kept_heading,
        where=where,
        link=link,
        link_words=wording.link,
    )


def _lines(reason: str, rest: str) -> list[str]:
    """The sentences of a reason, the first dozen of very many."""
    lines = [" ".join(line.split()).removeprefix("- ") for line in reason.splitlines()]
    lines = [line for line in lines if line]
    return lines if len(lines) <= _SHOWN else [*lines[:_SHOWN], rest]
