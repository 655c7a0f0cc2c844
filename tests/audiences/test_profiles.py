"""What an audience may be declared to see: nobody outside is given what is kept inside."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from candour.audience import Audiences
from candour.declarations import read_declaration
from candour.errors import ConfigurationError

COUNCILS = Path(__file__).parents[2] / "councils"
RULE = "{sensitive: [{why: few, dimensions: [service]}]}"


def audiences(text: str) -> Audiences:
    return read_declaration(Audiences, text, "audiences.yaml", key="audiences")


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        ("public: {name: P, sees: cases}", "internal profile"),
        ("public: {name: P, sees: own_cases}", "internal profile"),
        ("public: {name: P, sees: counts, marking: Official-Sensitive}", "internal profile"),
        (
            f"press: {{name: P, sees: counts, marking: Official-Sensitive, withhold: {RULE}}}",
            "marks what stays inside",
        ),
        (
            "press: {name: P, sees: counts, marking: Internal, small_numbers_printed: As agreed}",
            "marks what stays inside",
        ),
        (f"managers: {{name: M, sees: own_cases, withhold: {RULE}}}", "protects nothing"),
        ("managers: {name: M, sees: everything}", "own_cases"),
    ],
)
def test_an_internal_profile_for_readers_outside_is_refused(declared: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        audiences(declared)


@pytest.mark.parametrize("council", ["northmere", "knowsley", "stockport", "cheshire_west"])
def test_managers_see_their_own_cases_and_the_public_none(council: str) -> None:
    declared = audiences((COUNCILS / council / "audiences.yaml").read_text("utf-8")).audiences
    assert declared["managers"].sees == "own_cases"
    assert declared["managers"].marking == "Official-Sensitive"
    assert not declared["managers"].names_cases
    assert declared["public"].outside
    for audience in declared.keys() - {"managers"}:
        assert declared[audience].sees == "counts"


def test_reports_for_the_public_are_made_in_a_public_form() -> None:
    """The audience and the form of a report are declared apart, and agree."""
    for path in sorted(COUNCILS.glob("*/council.yaml")):
        for report in yaml.safe_load(path.read_text("utf-8"))["reports"].values():
            assert (report["audience"] == "managers") == ("form" not in report)
