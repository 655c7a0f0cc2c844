"""Verdicts: ordered, written as text and read back."""

from __future__ import annotations

import pytest

from candour.verdict import Finding, Severity, Unjudged, Verdict


def finding(code: str, severity: Severity, sentence: str = "So.") -> Finding:
    return Finding(
        code=code,
        severity=severity,
        sentence=sentence,
        frame="steps",
        rows=2,
        key_columns=("case_ref", "stage"),
        keys=(("0042", 1), ("Ångström", 2)),
        what_to_do="Correct it.",
        owner="Complaints team",
    )


VERDICT = Verdict.of(
    [
        finding("S40", Severity.INFO),
        finding("S02", Severity.WARNING),
        finding("I07", Severity.WARNING, "letters: 12 days"),
        finding("I07", Severity.WARNING, "contacts: 30 days"),
        finding("S30", Severity.CRITICAL),
    ],
    held=["S11", "S10"],
    unjudged=[Unjudged("L02", "b"), Unjudged("L01", "a")],
)


def test_the_gravest_comes_first_then_the_code_then_the_sentence() -> None:
    assert [(f.code, f.sentence[0]) for f in VERDICT.findings] == [
        ("S30", "S"),
        ("I07", "c"),
        ("I07", "l"),
        ("S02", "S"),
        ("S40", "S"),
    ]
    assert VERDICT.held == ("S10", "S11")
    assert [rule.code for rule in VERDICT.unjudged] == ["L01", "L02"]


def test_each_severity_has_its_list_and_only_the_critical_stops() -> None:
    assert [f.code for f in VERDICT.critical] == ["S30"]
    assert [f.code for f in VERDICT.warnings] == ["I07", "I07", "S02"]
    assert [f.code for f in VERDICT.remarks] == ["S40"]
    assert VERDICT.stops
    assert not Verdict.of(list(VERDICT.warnings), [], []).stops


def test_what_is_written_is_read_back_the_same() -> None:
    text = VERDICT.to_json()

    assert Verdict.from_json(text) == VERDICT
    assert '"0042"' in text
    assert "Ångström" in text


def test_a_text_that_is_no_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="findings"):
        Verdict.from_json('{"held": []}')
