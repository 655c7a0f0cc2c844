"""A purge takes what is too old and nothing that is needed, whoever stops it in the middle."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from candour.errors import InputError
from tasks.extract import read_intake
from tasks.history import Combined, combined
from tasks.retaining.planning import Plan
from tasks.state import Outbox, Queued, Release, Tombstones
from tasks.store import Store

from .conftest import FIRST_FULL, LANDED, OLDER, VANISHED, Town

TWO_YEARS_AFTER_THE_FIRST = dt.date(2026, 3, 4)
TWO_YEARS_AFTER_ALL = dt.date(2026, 5, 28)
CHANGES_BEFORE = LANDED[dt.date(2024, 4, 2)]
NEWEST = LANDED[dt.date(2024, 5, 28)]


def _going(plan: Plan) -> set[tuple[str, str]]:
    return {(one.thing.kind.value, one.thing.name) for one in plan.going}


def _staying(plan: Plan) -> dict[tuple[str, str], str]:
    return {(one.thing.kind.value, one.thing.name): one.why for one in plan.staying}


def _known(town: Town) -> Combined:
    intake = read_intake(town.store, "northmere", town.state.last_good_intake("northmere"))
    return combined(town.settings, intake, dt.date.fromisoformat(intake.known_on))


def test_nothing_goes_before_its_day(landed: Town) -> None:
    plan = landed.plan(TWO_YEARS_AFTER_THE_FIRST - dt.timedelta(days=1))
    assert (plan.going, plan.staying) == ((), ())
    assert plan.kept >= 2 * sum(map(len, LANDED.values()))


def test_the_first_whole_extract_goes_and_the_cases_only_it_has_stay(landed: Town) -> None:
    plan = landed.plan(TWO_YEARS_AFTER_THE_FIRST)
    assert _going(plan) == {("exports", FIRST_FULL)}
    staying = _staying(plan)
    assert set(staying) == {
        ("exports", OLDER),
        ("cases read from exports", OLDER),
        ("cases read from exports", FIRST_FULL),
    }
    assert staying["cases read from exports", FIRST_FULL] == (
        "It alone holds 1 row that reports still count, without names or addresses."
    )
    assert "Present reports stand on it" in staying["exports", OLDER]


def test_after_two_years_the_newest_whole_extract_and_what_came_with_it_stay(
    landed: Town,
) -> None:
    plan = landed.plan(TWO_YEARS_AFTER_ALL)
    exports = {name for kind, name in _going(plan) if kind == "exports"}
    assert exports == {FIRST_FULL, *CHANGES_BEFORE}
    cases = {name for kind, name in _going(plan) if kind == "cases read from exports"}
    assert cases == set(CHANGES_BEFORE)
    assert {("exports", name) for name in (*NEWEST, OLDER)} <= set(_staying(plan))


def test_a_dry_run_touches_nothing(town: Town) -> None:
    before = town.files()
    town.plan(TWO_YEARS_AFTER_ALL)
    assert town.files() == before
    assert town.tombstones() == []


def test_what_is_known_is_the_same_after_a_purge(town: Town) -> None:
    before = _known(town)
    town.purge(TWO_YEARS_AFTER_ALL)
    after = _known(town)
    for name, frame in before.frames.items():
        pd.testing.assert_frame_equal(after.frames[name], frame)
    assert (after.vanished, after.missing) == (before.vanished, before.missing)
    assert VANISHED in {reference for reference, _ in after.vanished}


def test_a_purged_file_is_gone_and_its_tombstone_says_what_it_was(town: Town) -> None:
    raw, cases = town.raw(FIRST_FULL), town.raw(CHANGES_BEFORE[0]).rpartition("/")[2]
    size = len(town.store.read(raw))
    town.purge(TWO_YEARS_AFTER_ALL, by="Bronwen Hale")
    assert not town.store.exists(raw)
    left = [n for n in town.files() if cases in n]
    assert [name.rpartition("/")[2] for name in left] == ["account.json"], "counts, no case"
    stone = next(s for s in town.tombstones() if s.thing == raw)
    assert (stone.name, stone.size, stone.sha256) == (FIRST_FULL, size, raw.rpartition("/")[2])
    assert (stone.dated_on, stone.rule, stone.purged_by) == (
        "2024-03-04", "exports: 24", "Bronwen Hale",
    )  # fmt: skip
    assert stone.purged_at.startswith("2026-05-28T12:00")


def test_a_second_purge_finds_nothing(town: Town) -> None:
    town.purge(TWO_YEARS_AFTER_ALL)
    stones = town.tombstones()
    assert town.purge(TWO_YEARS_AFTER_ALL).going == ()
    assert town.tombstones() == stones


def test_what_a_backup_brings_back_goes_again(town: Town) -> None:
    raw = town.raw(FIRST_FULL)
    content = town.store.read(raw)
    town.purge(TWO_YEARS_AFTER_ALL)
    number = len(town.tombstones())
    town.store.write(raw, content)
    again = town.purge(TWO_YEARS_AFTER_ALL + dt.timedelta(days=9))
    assert _going(again) == {("exports", FIRST_FULL)}
    assert not town.store.exists(raw)
    assert len(town.tombstones()) == number
    assert {s.gone_on for s in town.tombstones() if s.thing == raw} == {"2026-06-06"}


def test_a_hold_keeps_all_of_it(town: Town) -> None:
    town.retain("{holds: [{reason: Court order, until: 2026-12-31}]}")
    held = town.plan(TWO_YEARS_AFTER_ALL)
    assert held.going == ()
    assert all(
        why == "A hold keeps it until 31 December 2026: Court order."
        for why in _staying(held).values()
    )
    assert town.plan(dt.date(2027, 1, 1)).going


def test_without_a_good_intake_nothing_goes(town: Town) -> None:
    for known in ("2024-03-04", "2024-04-01", "2024-05-27"):
        for name in {n.split("/")[2] for n in town.store.names("intakes/northmere")}:
            if name.startswith(known):
                town.state.note_intake("northmere", name, known, good=False)
    plan = town.plan(TWO_YEARS_AFTER_ALL)
    assert plan.going == ()
    assert all("No intake was good yet" in why for why in _staying(plan).values())


@pytest.mark.parametrize(("released_on", "kept"), [("2025-06-01", True), ("2025-03-03", False)])
def test_the_exports_of_a_release_of_the_last_year_stay(
    town: Town, released_on: str, *, kept: bool
) -> None:
    """The first whole extract is what a report known on 4 March 2024 stands on."""
    intake = next(n.split("/")[2] for n in town.store.names("intakes") if "/2024-03-04-" in n)
    folder = "releases/northmere/monthly_pack/2024-02/managers/v1"
    manifest = {"intake": intake, "known_on": "2024-03-04", "facts": "facts/x", "config": "x"}
    town.store.write(f"{folder}/manifest.json", json.dumps(manifest).encode())
    town.state.commit_release(
        Release(
            "northmere", "monthly_pack", "2024-02", "managers", 1, "d", folder, "First",
            f"{released_on}T09:00:00+00:00",
        ),
        "sha",
    )  # fmt: skip
    plan = town.plan(TWO_YEARS_AFTER_THE_FIRST)
    assert (("exports", FIRST_FULL) not in _going(plan)) is kept
    if kept:
        assert _staying(plan)["exports", FIRST_FULL] == (
            "monthly_pack 2024-02, version 1, was released in the last 12 months and is made again "
            "from it."
        )


def test_a_mail_that_never_went_loses_its_words_and_stays_unsent(town: Town) -> None:
    box = Outbox(town.settings.database)
    for name, day in (("old", "Mon, 04 Mar 2024"), ("young", "Mon, 04 Aug 2025")):
        message = EmailMessage()
        message["Date"] = f"{day} 07:00:00 +0000"
        message["To"] = "someone@northmere.invalid"
        message.set_content("What is outstanding")
        content = message.as_bytes()
        box.add(
            Queued(name, f"<{name}@x>", "northmere", "weekly_bulletin", "manager", "s", content),
            held=True,
        )
    plan = town.purge(dt.date(2025, 9, 1))
    assert ("mails that never went", "weekly_bulletin, to manager") in _going(plan)
    assert [letter.key for letter in box.kept("northmere")] == ["young"]
    entry = box.entries(["old"])["old"]
    assert entry.state == "refused"
    assert entry.reply == "Withdrawn under the rule 'letters: 6' months, by Bronwen Hale."


def _text(town: Town, name: str) -> str:
    if name.endswith(".parquet"):
        return town.store.read_frame(name).to_csv()
    return town.store.read(name).decode("cp1252", "replace")


def test_after_six_months_rows_set_aside_no_longer_say_what_they_said(town: Town) -> None:
    name = "complaints_changes_20240603.csv"
    source = io.StringIO((town.inbox / NEWEST[1]).read_text("utf-8-sig"), newline="")
    rows = csv.DictReader(source)
    written = io.StringIO()
    writer = csv.DictWriter(written, rows.fieldnames or (), lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(next(rows) | {"Received": "Mrs Planted Canary"})
    (town.inbox / name).write_bytes(written.getvalue().encode("utf-8-sig"))
    os.utime(town.inbox / name, (0, 0))
    town.take_in(dt.date(2024, 6, 4))
    said = [n for n in town.files() if "Planted Canary" in _text(town, n)]
    kinds = sorted(n.split("/")[0] for n in said)
    assert kinds == ["raw", "snapshots"], "the landed file, and the reason of the row set aside"
    before = town.store.read_frame(next(n for n in said if n.startswith("snapshots")))
    plan = town.purge(dt.date(2024, 12, 4))
    assert _going(plan) == {("words of rows that were set aside", name)}
    assert [n.split("/")[0] for n in town.files() if "Planted" in _text(town, n)] == ["raw"]
    unsaid = town.store.read_frame(next(n for n in said if n.startswith("snapshots")))
    pd.testing.assert_frame_equal(
        unsaid.drop(columns="reason"), before.drop(columns="reason"), check_dtype=False
    )
    assert unsaid["reason"].iloc[0].startswith("“Received” says what is not told here")
    assert town.plan(dt.date(2024, 12, 5)).going == ()


def test_a_file_that_was_refused_whole_goes_after_six_months(town: Town) -> None:
    name = "complaints_full_20240610.csv"
    (town.inbox / name).write_bytes(b"Mrs Somebody wrote a letter\r\n" * 50)
    os.utime(town.inbox / name, (0, 0))
    with pytest.raises(InputError):
        town.take_in(dt.date(2024, 6, 10))
    raw = town.raw(name)
    assert town.store.exists(raw)
    assert town.plan(dt.date(2024, 12, 9)).going == ()
    assert _going(town.purge(dt.date(2024, 12, 10))) == {("exports that were refused", name)}
    assert not town.store.exists(raw)


def _age(town: Town, on: dt.date, *folders: str) -> None:
    """Date everything written so far below the folders."""
    instant = dt.datetime.combine(on, dt.time(9), dt.UTC).timestamp()
    for folder in folders:
        for name in town.store.names(folder):
            os.utime(Path(town.store.path(name)), (instant, instant))


def test_working_papers_go_by_their_own_day_and_those_in_use_stay(town: Town) -> None:
    intakes = {name.split("/")[2] for name in town.store.names("intakes/northmere")}
    computed = town.compute("2024-02")
    town.store.write(f"drafts/northmere/{computed.id}/draft.json", b"{}")
    newest = "drafts/northmere/newest/monthly_pack-2024-02-managers"
    town.store.write(newest, f"drafts/northmere/{computed.id}".encode())
    _age(town, dt.date(2024, 6, 3), "facts", "drafts", "intakes", "declarations")
    young = town.compute("2024-03")
    _age(town, dt.date(2026, 1, 5), young.folder)
    plan = town.purge(dt.date(2026, 6, 3))
    going = {(kind, name) for kind, name in _going(plan) if not kind.startswith(("exp", "cas"))}
    last = town.state.last_good_intake("northmere")
    earlier = intakes - {last}
    assert going == {
        ("facts of reports", computed.id),
        ("drafts", computed.id),
        *(("accounts of intakes", name) for name in earlier),
    }
    assert not town.store.names(computed.folder)
    assert not town.store.exists(newest), "nothing leads to a draft that is gone"
    assert town.store.names(young.folder)
    assert town.store.exists(f"intakes/northmere/{last}/intake.json")
    assert town.store.names("declarations"), "today's, and those of facts that are kept"
    again = town.compute("2024-02")
    assert again == computed, "facts that went are worked out again"


class Killed(BaseException):
    """The process ends here."""


STEPS: tuple[tuple[type, str], ...] = (
    (Tombstones, "begin"),
    (Tombstones, "end"),
    (Store, "remove"),
    (Store, "write_frame"),
    (Outbox, "withdraw"),
)


def _killed_at(monkeypatch: pytest.MonkeyPatch, point: int) -> Callable[[], int]:
    """End at the step of that number, before or after it; gives how many were passed."""
    passed = 0

    def reach() -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            raise Killed

    for owner, name in STEPS:
        step = getattr(owner, name)

        def stepped(*given: Any, _step: Callable[..., Any] = step, **named: Any) -> Any:
            reach()
            answer = _step(*given, **named)
            reach()
            return answer

        monkeypatch.setattr(owner, name, stepped)
    return lambda: passed


def _end(town: Town) -> tuple[list[str], set[tuple[str, ...]]]:
    """What is left, and what every tombstone says but for instants."""
    stones = town.tombstones()
    assert all(stone.purged_at for stone in stones), "none is left open"
    said = {(s.kind, s.thing, s.name, s.sha256, s.dated_on, s.rule, s.purged_by) for s in stones}
    assert len(said) == len(stones)
    return town.files(), said


@pytest.mark.gate
def test_killed_at_any_step_and_run_again_it_comes_to_the_same_end(
    landed: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = landed.copy(tmp_path / "whole")
    with monkeypatch.context() as patched:
        passed = _killed_at(patched, 0)
        whole.purge(TWO_YEARS_AFTER_ALL)
        steps = passed()
    expected = _end(whole)
    assert steps > 2 * len(expected[1])
    for point in range(1, steps + 1):
        town = landed.copy(tmp_path / str(point))
        with monkeypatch.context() as patched:
            _killed_at(patched, point)
            with pytest.raises(Killed):
                town.purge(TWO_YEARS_AFTER_ALL)
        pd.testing.assert_frame_equal(_known(town).frames["steps"], _known(whole).frames["steps"])
        town.purge(TWO_YEARS_AFTER_ALL)
        assert _end(town) == expected, f"killed at step {point}"


def test_killed_half_way_nobody_takes_what_is_half_gone_for_the_whole(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _known(town).frames["steps"]
    with monkeypatch.context() as patched:
        _killed_at(patched, 14)
        with pytest.raises(Killed):
            town.purge(TWO_YEARS_AFTER_ALL)
    assert any(not stone.purged_at for stone in town.tombstones())
    pd.testing.assert_frame_equal(_known(town).frames["steps"], before)
    town.purge(TWO_YEARS_AFTER_ALL)
    assert all(stone.purged_at for stone in town.tombstones())


def test_a_purged_file_that_lies_in_the_inbox_is_not_taken_in_again_and_that_is_said(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.purge(TWO_YEARS_AFTER_ALL)
    left = town.files()
    before = town.state.last_good_intake("northmere")
    day = TWO_YEARS_AFTER_ALL + dt.timedelta(days=1)
    with caplog.at_level("WARNING"):
        assert town.take_in(day).id == before, "the same exports make the same intake"
    assert town.files() == left
    said = [r.getMessage() for r in caplog.records if "not taken in again" in r.getMessage()]
    assert len(said) == 1 + len(CHANGES_BEFORE)
    assert any(
        said_of.startswith(f"{FIRST_FULL} in the inbox ")
        and "was purged on 28 May 2026 under the rule 'exports: 24' months, by Bronwen Hale"
        in said_of
        for said_of in said
    )
    copied = town.inbox / FIRST_FULL
    os.utime(copied, (10, 10))  # touched, so that its bytes are looked at again
    town.take_in(day)
    assert town.files() == left


def test_under_another_mapping_only_the_cases_no_other_extract_has_are_kept_as_they_were(
    town: Town,
) -> None:
    town.purge(TWO_YEARS_AFTER_ALL)
    exports = town.project / "councils/northmere/exports.yaml"
    text = exports.read_text("utf-8")
    assert "blanks" in text or "dates" in text
    exports.write_text(text + "\n# Another line makes another mapping.\n", "utf-8")
    intake = town.take_in(TWO_YEARS_AFTER_ALL + dt.timedelta(days=1))
    names = {one.name for one in intake.snapshots}
    assert names == {FIRST_FULL, OLDER, *NEWEST}
    first = next(one for one in intake.snapshots if one.name == FIRST_FULL)
    newest = next(one for one in intake.snapshots if one.name == NEWEST[0])
    assert first.folder.split("/")[2] != newest.folder.split("/")[2]
    steps = _known(town).frames["steps"]
    assert VANISHED in set(steps["case_ref"].astype(str))
