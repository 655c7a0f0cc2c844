"""Every rule in the files: the clean frames keep it, and one change breaks it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from candour.frames import SCHEMAS
from candour.verdict import Key, Verdict

if TYPE_CHECKING:
    from candour.suite import Suite
    from tests.expectations.conftest import Scene

Change = Mapping[str, object]
_FRAMES = {
    "I": "intake",
    "S": "steps",
    "C": "contacts",
    "M": "compliments",
    "D": "decisions",
    "L": "learning",
    "V": "improvements",
    "T": "statistics",
}


@dataclass(frozen=True)
class Broken:
    """A change to one row of the clean frame, and which rows then break the rule."""

    code: str
    row: int
    change: Change
    keys: tuple[Key, ...]
    also: frozenset[str] = frozenset()

    @property
    def frame(self) -> str:
        return _FRAMES[self.code[0]]


def named(case: Broken) -> str:
    return f"{case.code}-{'-'.join(case.change)}"


def broken(code: str, row: int, *keys: Key, also: str = "", **change: object) -> Broken:
    return Broken(code, row, change, keys, frozenset(also.split()))


OURS, THEIRS = ("Ours", "2024-03-31"), ("Theirs", "2024-03-31")
A1, A2, B, C = ("A-1", 1), ("A-1", 2), ("B-1", 1), ("C-1", 1)
_TWIN_OF_A = {
    "procedure": "corporate",
    "service": "waste",
    "team": "collections",
    "officer": "p_khan",
    "category": "missed_bin",
    "complainant_type": "resident",
    "received_on": "2024-02-05",
    "responded_on": "2024-02-16",
    "outcome": "upheld",
}

BROKEN = [
    broken("I01", 0, ("complaints",), rows_in_file=105),
    broken("I01", 0, ("complaints",), rows_in_file=103),
    broken("I02", 0, ("complaints",), loaded=0, quarantined=0, rows_in_file=3, loaded_before=None),
    broken("I03", 1, ("compliments",), loaded=0, rows_in_file=0),
    broken("I04", 0, ("complaints",), loaded_before=126),
    broken("I05", 0, ("complaints",), quarantined=12, rows_in_file=115, also="I06"),
    broken("I06", 0, ("complaints",), quarantined=2, rows_in_file=105),
    broken("I07", 0, ("complaints",), days_since_last_extract=11),
    broken("I08", 0, ("complaints",), unknown_labels=1),
    broken("I09", 0, ("complaints",), unknown_columns=1),
    broken("I10", 0, ("complaints",), vanished=1),
    broken("I11", 0, ("complaints",), noise=None),
    broken("I12", 0, ("complaints",), loose=1),
    broken("S02", 2, A1, A1, case_ref="A-1"),
    broken("S03", 2, B, procedure=None),
    broken("S04", 3, ("C-1", 0), stage=0),
    broken("S05", 0, A1, outcome="resolved"),
    broken("S06", 0, A1, received_on="1916-02-05"),
    broken("S06", 2, B, extended_to_on="2204-04-22"),
    broken("S10", 2, B, acknowledged_on="2024-04-03"),
    broken("S11", 0, A1, responded_on="2024-02-04"),
    broken("S12", 0, A1, acknowledged_on="2024-02-04"),
    broken("S13", 3, C, withdrawn_on="2024-03-03"),
    broken("S14", 0, A1, logged_on="2024-02-04"),
    broken("S20", 0, A1, outcome=None),
    broken("S21", 2, B, closed_on="2024-03-25"),
    broken("S22", 2, B, outcome="upheld"),
    broken("S23", 3, C, outcome="not_upheld"),
    broken("S30", 1, ("Z-9", 2), case_ref="Z-9"),
    broken("S30", 1, ("A-1", 3), stage=3),
    broken("S31", 1, A2, received_on="2024-02-15"),
    broken("S31", 0, A2, responded_on=None, outcome=None, also="S21"),
    broken("S32", 1, A2, procedure="adults"),
    broken("S40", 2, B, extended_to_on=None),
    broken("S41", 2, B, extension_agreed_on=None),
    broken("S42", 2, B, vendor_due_on="2024-03-19"),
    broken("S50", 0, A1, service=None),
    broken("S51", 0, A1, category=None),
    broken("S52", 0, A1, redress_pence=1_000_001),
    broken("S52", 0, A1, redress_pence=-1),
    broken("S53", 2, B, received_on="2023-04-02"),
    broken("S54", 2, A1, B, **_TWIN_OF_A),
    broken("C01", 2, ("K-2",), ("K-2",), contact_ref="K-2"),
    broken("C02", 2, ("K-3",), received_on=None),
    broken("C03", 2, ("K-3",), received_on="1916-03-11"),
    broken("C10", 0, ("K-1",), decided_on="2024-01-31"),
    broken("C11", 0, ("K-1",), reason=None),
    broken("C12", 1, ("K-2",), case_ref=None),
    broken("C13", 1, ("K-2",), case_ref="Z-9"),
    broken("C14", 2, ("K-2",), ("K-3",), case_ref="A-1"),
    broken("M01", 1, ("T-1",), ("T-1",), compliment_ref="T-1"),
    broken("M02", 0, ("T-1",), received_on=None),
    broken("M03", 0, ("T-1",), received_on="2042-03-01"),
    broken("M10", 0, ("T-1",), service=None),
    broken("D01", 1, ("23 001 001",), ("23 001 001",), decision_ref="23 001 001"),
    broken("D02", 1, ("not recorded",), decision_ref=None),
    broken("D03", 1, ("23 001 002",), received_on="1924-03-20"),
    broken("D10", 0, ("23 001 001",), received_on="2024-03-02"),
    broken("D11", 0, ("23 001 001",), decision=None),
    broken("D12", 0, ("23 001 001",), case_ref="Z-9"),
    broken("L01", 1, ("L-1",), ("L-1",), learning_ref="L-1"),
    broken("L02", 1, ("L-2",), recorded_on=None),
    broken("L03", 1, ("L-2",), due_on="2204-04-02"),
    broken("L10", 0, ("L-1",), done_on="2024-02-19"),
    broken("L11", 1, ("L-2",), due_on="2024-04-01"),
    broken("L12", 0, ("L-1",), we_did=None),
    broken("L13", 0, ("L-1",), case_ref="Z-9"),
    broken("V01", 1, ("V-1",), ("V-1",), improvement_ref="V-1"),
    broken("V02", 1, ("V-2",), decision_ref=None),
    broken("V02", 1, ("V-2",), recorded_on=None),
    broken("V03", 0, ("V-1",), recorded_on="1924-04-02"),
    broken("V10", 0, ("V-1",), recorded_on="2024-04-03"),
    broken("V11", 0, ("V-1",), decision_ref="23 001 009"),
    broken("V12", 0, ("V-1",), improvement=None),
    broken("T01", 1, OURS, OURS, authority="Ours"),
    broken("T02", 1, ("not recorded", "2024-03-31"), authority=None),
    broken("T03", 1, ("Theirs", "1924-03-31"), year_ends_on="1924-03-31"),
    broken("T04", 1, THEIRS, public_reports=-1),
    broken("T10", 1, ("Theirs", "2025-03-31"), year_ends_on="2025-03-31"),
    broken("T11", 0, OURS, not_for_us=31),  # 31 + 15 + 9 + 4 = 59 of 58
    broken("T11", 1, THEIRS, upheld=71),
    broken("T12", 0, OURS, satisfactory_remedies=10),
    broken("T13", 0, OURS, complied=8),
]

AT_THE_LIMIT = [
    broken("I04", 0, loaded_before=125),
    broken("I04", 0, loaded_before=None),
    broken("I04", 0, loaded_before=200, holds="changes"),
    broken("I06", 0, quarantined=1, loaded=99, rows_in_file=103),
    broken("I07", 0, days_since_last_extract=10),
    broken("S10", 2, acknowledged_on="2024-04-02"),
    broken("S11", 0, responded_on="2024-02-05", acknowledged_on="2024-02-05"),
    broken("S22", 2, outcome=None),
    broken("S42", 2, vendor_due_on="2024-03-20"),
    broken("S52", 0, redress_pence=1_000_000),
    broken("S52", 0, redress_pence=0),
    broken("S53", 2, received_on="2023-04-03"),
    broken("S54", 2, **_TWIN_OF_A, channel="web"),
    broken("C14", 2, case_ref=None, disposition="withdrawn"),
    broken("L12", 0, we_did=None, publishable=None),
    broken("T04", 1, public_reports=0),
    broken("T11", 0, not_for_us=30),
    broken("T11", 1, decided=None),
    broken("T12", 0, satisfactory_remedies=9),
    broken("T13", 0, complied=7),
]


def verdict_on(case: Broken, scene: Scene) -> Verdict:
    return scene.changed(case.frame, case.row, case.change).only(case.frame).judge()


def test_clean_frames_keep_every_rule(scene: Scene) -> None:
    verdict = scene.judge()

    assert verdict.findings == ()
    assert set(verdict.held) == {
        rule.code for suite in scene.suites.values() for rule in suite.expectations
    }


@pytest.mark.parametrize("case", BROKEN, ids=named)
def test_a_broken_rule_is_found_with_exactly_its_rows(case: Broken, scene: Scene) -> None:
    found = {finding.code: finding for finding in verdict_on(case, scene).findings}

    assert set(found) == {case.code} | case.also
    assert found[case.code].keys == case.keys
    assert found[case.code].rows == len(case.keys)


@pytest.mark.parametrize("case", AT_THE_LIMIT, ids=named)
def test_a_rule_holds_up_to_its_limit(case: Broken, scene: Scene) -> None:
    assert case.code in verdict_on(case, scene).held


def test_no_steps_at_all_stop_the_run(scene: Scene) -> None:
    verdict = scene.having("steps", SCHEMAS["steps"].empty()).only("steps").judge()

    assert [(finding.code, finding.rows) for finding in verdict.critical] == [("S01", 0)]
    assert verdict.stops


@pytest.mark.parametrize(("missing", "holds"), [(1, True), (2, False)])
def test_a_twentieth_without_a_service_is_tolerated_and_more_is_not(
    missing: int, holds: bool, scene: Scene
) -> None:
    steps = pd.concat([scene.frames["steps"].iloc[[0]]] * 20, ignore_index=True)
    steps = steps.assign(case_ref=[f"A-{number}" for number in range(20)])
    steps.loc[: missing - 1, "service"] = None

    verdict = scene.having("steps", steps).only("steps").judge()

    assert ("S50" in verdict.held) is holds


def test_every_rule_of_the_files_is_broken_by_a_test(suites: dict[str, Suite]) -> None:
    written = {rule.code for suite in suites.values() for rule in suite.expectations}
    broken_here = {case.code for case in BROKEN} | {"S01"}

    assert broken_here == written


def test_codes_begin_with_the_letter_of_their_frame(suites: dict[str, Suite]) -> None:
    for name, suite in suites.items():
        assert {_FRAMES[rule.code[0]] for rule in suite.expectations} == {name}
