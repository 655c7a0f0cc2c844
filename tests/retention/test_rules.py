"""How long a thing is kept, what holds it, and what present reports stand on, by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from candour.council import CouncilFile
from candour.declarations import read_declaration
from candour.errors import ConfigurationError
from candour.retention import (
    Extract,
    Hold,
    Judged,
    Kind,
    Retention,
    Thing,
    judge,
    kept_until,
    stood_on,
)

DAY = dt.date(2024, 3, 4)
EXPORT = Thing(Kind.EXPORT, "raw/a", "complaints.csv", 10, DAY)


def _judged(retention: Retention, today: dt.date, thing: Thing = EXPORT) -> Judged:
    return next(judge([thing], retention, today, {}))


@pytest.mark.parametrize(
    ("landed_on", "months", "until"),
    [
        ("2024-03-04", 24, "2026-03-04"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-01-15", 12, "2025-01-15"),
        ("2023-11-30", 1, "2023-12-30"),
        ("9990-01-01", 1200, "9999-12-31"),
    ],
)
def test_months_are_calendar_months(landed_on: str, months: int, until: str) -> None:
    day = kept_until(dt.date.fromisoformat(landed_on), months)
    assert day == dt.date.fromisoformat(until)


def test_a_thing_goes_on_the_day_its_months_end_and_not_before() -> None:
    before, after = dt.date(2026, 3, 3), dt.date(2026, 3, 4)
    assert not _judged(Retention(), before).goes
    assert _judged(Retention(), before).why == "Kept until 4 March 2026."
    assert _judged(Retention(), after).goes


@pytest.mark.parametrize(
    ("kind", "months"),
    [
        (Kind.EXPORT, 24), (Kind.CASES, 24), (Kind.REFUSED, 6), (Kind.SET_ASIDE, 6),
        (Kind.FACTS, 24), (Kind.DRAFT, 24), (Kind.INTAKE, 24), (Kind.DECLARATIONS, 24),
        (Kind.LETTER, 6),
    ],
)  # fmt: skip
def test_each_kind_has_months_of_its_own(kind: Kind, months: int) -> None:
    thing = Thing(kind, "x", "x", 1, DAY)
    ends_on = kept_until(DAY, months)
    assert not _judged(Retention(), ends_on - dt.timedelta(days=1), thing).goes
    assert _judged(Retention(), ends_on, thing).goes


def test_a_hold_keeps_until_its_day_and_says_why() -> None:
    hold = Hold(reason="Ombudsman enquiry", until=dt.date(2026, 6, 30))
    kept = Retention(holds=(hold,))
    held = _judged(kept, dt.date(2026, 6, 30))
    assert (held.goes, held.overdue) == (False, True)
    assert held.why == "A hold keeps it until 30 June 2026: Ombudsman enquiry."
    assert _judged(kept, dt.date(2026, 7, 1)).goes


def test_a_hold_without_a_day_keeps_until_it_is_lifted() -> None:
    kept = Retention(holds=(Hold(reason="Court order"),))
    assert _judged(kept, dt.date(2040, 1, 1)).why == (
        "A hold keeps it until it is lifted: Court order."
    )


@pytest.mark.parametrize(
    ("from_", "to", "goes"),
    [
        ("2024-03-04", "2024-03-04", False),
        ("2024-03-05", "2024-12-31", True),
        ("2024-01-01", "2024-03-03", True),
    ],
)
def test_a_hold_may_be_of_what_is_dated_in_between(from_: str, to: str, *, goes: bool) -> None:
    hold = Hold(reason="x", dated_from=from_, dated_to=to)
    assert _judged(Retention(holds=(hold,)), dt.date(2030, 1, 1)).goes is goes


def test_what_is_needed_stays_and_only_that() -> None:
    other = Thing(Kind.EXPORT, "raw/b", "other.csv", 10, DAY)
    found = {
        one.thing.key: (one.goes, one.why)
        for one in judge(
            [EXPORT, other], Retention(), dt.date(2030, 1, 1), {"raw/b": "It is needed."}
        )
    }
    assert found["raw/a"][0]
    assert found["raw/b"] == (False, "It is needed.")


def _extract(export: str, day: int, sha: str, *, whole: bool) -> Extract:
    return Extract(export, whole, dt.date(2024, 3, day), sha)


def test_reports_stand_on_the_newest_whole_extract_of_each_export_and_all_since() -> None:
    extracts = [
        _extract("complaints", 1, "whole-1", whole=True),
        _extract("complaints", 4, "changes-4", whole=False),
        _extract("complaints", 8, "whole-8", whole=True),
        _extract("complaints", 8, "changes-8", whole=False),
        _extract("complaints", 11, "changes-11", whole=False),
        _extract("complaints", 20, "whole-20", whole=True),
        _extract("older", 1, "older", whole=True),
        _extract("contacts", 2, "contacts-2", whole=False),
        _extract("contacts", 9, "contacts-9", whole=False),
    ]
    always = {"older", "contacts-2", "contacts-9"}
    assert stood_on(extracts, dt.date(2024, 3, 12)) == always | {
        "whole-8", "changes-8", "changes-11",
    }  # fmt: skip
    assert stood_on(extracts, dt.date(2024, 3, 20)) == always | {"whole-20"}
    assert stood_on(extracts, dt.date(2024, 3, 1)) == {"whole-1", "older"}


def test_a_council_that_says_nothing_purges_by_hand_after_two_years() -> None:
    retention = Retention()
    assert (retention.purge, retention.exports, retention.set_aside) == ("by_hand", 24, 6)
    assert CouncilFile.model_fields["retention"].get_default(call_default_factory=True) == retention


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("exports: 0", "exports"),
        ("purge: sometimes", "purge"),
        ("holds: [{until: 2026-01-01}]", "reason"),
        ("holds: [{reason: ''}]", "reason"),
        ("holds: [{reason: x, dated_from: 2024-02-01, dated_to: 2024-01-01}]", "dated_from"),
        ("raw: 24", "raw"),
    ],
)
def test_a_mistake_in_it_is_a_sentence(written: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        read_declaration(Retention, written, "councils/x/council.yaml")
