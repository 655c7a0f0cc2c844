"""Telling: findings as an approver reads them, the gravest first and those alike together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.gate.finding import Finding, Kind, gravest_first
from candour.words import plural
from candour.words.grammar import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADED = {
    Kind.BLOCKS: ("{number} {noun} {verb} this draft", "finding", ("stops", "stop")),
    Kind.REMARK: ("{number} {noun} to read before approving", "remark", ("", "")),
    Kind.CHECKLIST: ("{number} {noun} a person must see to", "thing", ("", "")),
}
KINDS = {
    "E1": "Parts and whole",
    "E2": "A part missing from one year's total",
    "E3": "One fact, two values",
    "E4": "The wrong base",
    "E5": "Rounding",
    "E6": "Units",
    "E7": "Dates and labels",
    "E8": "Words against figures",
    "E9": "References to what is not there",
    "E10": "Numbering",
    "E11": "Open, in, out and still open",
    "E12": "A ratio of a period told of its complaints",
    "E13": "Small numbers and people",
    "E14": "Different years added up",
    "E15": "Outcomes",
    "E16": "What is accounted for nowhere",
    "E17": "One name for two things",
    "E18": "Where it comes from",
    "E19": "Labels and measures",
    "E20": "Charts without words or numbers",
    "G01": "Figures changed in a file",
    "G02": "Numbers that are no figures",
    "G03": "Figures gone from a file",
    "G04": "The PDF and its page",
    "G05": "The ledger's own lists",
    "G06": "Tables changed in a file",
    "G07": "Digits typed into templates",
    "G08": "Digits typed into commentary",
    "G10": "What the law asks for",
}
"""What each code is about, in a few words."""


def told(findings: Iterable[Finding]) -> str:
    """Findings as text: what stops the draft, then remarks, then a person's checklist."""
    ordered = gravest_first(findings)
    if not ordered:
        return "Nothing was found: everything that must hold of this draft holds."
    return "\n\n".join(
        "\n".join(_group(kind, [finding for finding in ordered if finding.kind is kind]))
        for kind in Kind
        if any(finding.kind is kind for finding in ordered)
    )


def _group(kind: Kind, findings: list[Finding]) -> Iterator[str]:
    heading, noun, (one, many) = _HEADED[kind]
    number = len(findings)
    yield (
        heading.format(
            number=numeral(number, starts=True),
            noun=plural(noun, number),
            verb=one if number == 1 else many,
        )
        + ":"
    )
    codes = dict.fromkeys(finding.code for finding in findings)
    for code in codes:
        yield f"{KINDS.get(code, code)} ({code})"
        for finding in findings:
            if finding.code == code:
                cause = f" {finding.cause}" if finding.cause else ""
                yield f"- {finding.place}: {finding.sentence}{cause}"
