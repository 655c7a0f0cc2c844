"""The gate finds the sums that do not come out, and no others."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from candour.published import Slip, Value, examine
from candour.published.printed import Number, number_in
from candour.published.slip import Fault
from tests.published.conftest import catalogue, changed, council_of, read, slips_of

Check = dict[str, Any]
CHECKS = [
    (entry_id, check)
    for entry_id, entry in catalogue().items()
    for check in entry["arithmetic_checks"]
]
FAILING = [(entry_id, check) for entry_id, check in CHECKS if not check["agrees"]]
AGREEING = [(entry_id, check) for entry_id, check in CHECKS if check["agrees"]]
ANOTHER_FACT = {
    ("STO-23", "responded_in_time", "2022-23"),
    ("STO-27", "limit.extend", "2023-24"),
    ("STO-36", "upheld_or_partially", "2022-23"),
}
"""Values that only look like one of the check: 49 % of the year before beside 49 cases (note
STO-23/n2), a limit of 20 days beside 20 complaints, 33 % of the year before beside 33 answers."""
OF_THOSE = "resolved_informally_then_withdrawn"
"""CWC-04 tells it of a part that was counted already."""
LARGEST = 2000
"""A base of thousands may be one more without its share showing it."""


def _named(slip: Slip) -> tuple[str, str, str]:
    return slip.entry, slip.printed.strip("%+"), slip.recomputed.strip("%+")


def _values(entry_id: str) -> list[Value]:
    published, _ = read(council_of(entry_id))
    entry = next(entry for _, entry in published.entries() if entry.id == entry_id)
    return [value for value in entry.values if value.amount is not None]


def test_exactly_the_recorded_sums_are_found() -> None:
    found = sorted(
        _named(slip)
        for council in ("knowsley", "stockport", "cheshire_west")
        for slip in slips_of(council)
        if slip.arithmetic
    )
    recorded = sorted(
        (entry_id, check["published"], check["recomputed_half_up"]) for entry_id, check in FAILING
    )
    assert found == recorded
    assert all(check["found_by"] == "gate" for _, check in FAILING)


def test_one_fact_with_two_values_is_a_kind_of_its_own() -> None:
    found = {
        (slip.printed, slip.recomputed)
        for council in ("knowsley", "stockport", "cheshire_west")
        for slip in slips_of(council)
        if slip.fault is Fault.TWO_VALUES
    }
    assert found == {("32", "33"), ("11", "12"), ("15", "13")}


@pytest.mark.parametrize(("entry_id", "check"), AGREEING, ids=[c["id"] for _, c in AGREEING])
def test_an_agreeing_value_changed_by_one_is_found(entry_id: str, check: Check) -> None:
    published, scheme = read(council_of(entry_id))
    before = {str(slip) for slip in slips_of(council_of(entry_id))}
    claimed = {Fraction(number) for number in re.findall(r"\d+(?:\.\d+)?", check["claim"])}
    claimed |= {abs(Fraction(check["published"]))}
    for value in _values(entry_id):
        amount = value.amount
        if amount is None or abs(amount.value) not in claimed or amount.value > LARGEST:
            continue
        if value.measure is None or value.measure.kpi.startswith("context.similar"):
            continue
        if (entry_id, value.measure.kpi, value.measure.period) in ANOTHER_FACT:
            continue
        if ("disposition", OF_THOSE) in value.measure.slice:
            continue
        other = changed(published, {value: Number(amount.value + amount.step, amount.decimals)})
        after = {str(slip) for slip in examine(other, scheme)}
        assert after - before, f"{value.printed} of {entry_id} may be one more"


CORRECTIONS = {
    "KNO-09/c4": {("KNO-09", "32"): "33", ("KNO-09", "11"): "12"},
    "KNO-18/c1": {("KNO-18", "8"): "30"},
    "LGO20-06/c2": {("LGO20-06", "33"): "25"},
    "STO-06/c7": {("STO-06", "328"): "417"},
    "STO-07/c1": {("STO-07", "-10"): "-11"},
    "STO-19/c2": {("STO-19", "29"): "28"},
    "STO-31/c2": {("STO-31", "62"): "74"},
    "STO-39/c1": {("STO-39", "-60"): "-54"},
    "STO-39/c2": {("STO-39", "-60"): "-46", ("STO-39", "13"): "15"},
    "CWC-13/c1": {("CWC-13", "28"): "29"},
}


@pytest.mark.parametrize(("entry_id", "check"), FAILING, ids=[c["id"] for _, c in FAILING])
def test_a_wrong_value_put_right_falls_silent(entry_id: str, check: Check) -> None:
    published, scheme = read(council_of(entry_id))
    changes = {}
    for (where, printed), right in CORRECTIONS[check["id"]].items():
        value = next(v for v in _values(where) if v.printed == printed)
        number = number_in(right)
        assert number is not None
        changes[value] = number
    named = (entry_id, check["published"], check["recomputed_half_up"])
    assert named in {_named(slip) for slip in slips_of(council_of(entry_id))}
    assert named not in {_named(slip) for slip in examine(changed(published, changes), scheme)}


CAUSES = {
    "KNO-09": "It adds up with the values of KNO-25",
    "KNO-18": "The other 22 have no row.",
    "LGO20-06": "33% is 3 of 9",
    "STO-06": "The 89 of Adults are missing.",
    "STO-07": "cut off",
    "STO-19": "29% is 52 of 179: the count of 2022-23 as numerator.",
    "STO-31": "62% is 93 of 150: the base is complaints received",
    "CWC-13": "cut off",
}


@pytest.mark.parametrize("entry_id", list(CAUSES))
def test_the_likely_cause_is_told(entry_id: str) -> None:
    slip = next(s for s in slips_of(council_of(entry_id)) if s.entry == entry_id and s.arithmetic)
    assert CAUSES[entry_id] in slip.cause
    assert slip.printed.strip("%") in slip.sentence
    assert slip.recomputed in slip.sentence
