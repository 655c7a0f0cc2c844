"""What a KPI is said to need is what the flags are really worked out from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import pandas as pd
import pytest

from candour.exports import read_exports
from candour.facts import FLAGS, MEASURES
from candour.figures import Figure, State
from candour.frames import SCHEMAS, Need
from candour.kpi import Fact
from candour.needs import BY_FLAG, FRAMES, Supply, needs_of, supply_of, why_not
from candour.numbers import numbers_of
from candour.period import Period
from candour.taxonomy import read_taxonomy
from candour.vantage import Vantage
from tasks import declared
from tasks.cli.known import last_intake
from tasks.compute_kpis import facts_of
from tasks.history import Combined, combined
from tasks.settings import settings

from .conftest import Typist

COUNTED = set(Fact) - {Fact.STATISTICS}
"""The facts whose rows are counted; the Ombudsman's statistics are numbers already."""
TAKEN_OUTSIDE = "taken_outside_on"
"""The one column that a KPI needs and no export of Northmere's tells."""
WEEK = Period.parse("2024-W14")  # outstanding on one morning only, which is quick
KNOWN_ON = dt.date(2024, 5, 27)
VANTAGE = Vantage(dt.date(2024, 4, 1), KNOWN_ON, dt.date(2024, 3, 31))


@pytest.fixture(scope="module")
def frames(northmere: Typist) -> Mapping[str, pd.DataFrame]:
    """Northmere's cases; some are made what none is: refused, opened again, put right before,
    about to outlast their extension."""
    here = settings({"CANDOUR_HOME": str(northmere.home)})
    whole = combined(here, last_intake(here, "northmere"), KNOWN_ON).frames
    steps = whole["steps"]
    some = pd.Series(range(len(steps)), index=steps.index) % 10 == 0
    dispositions = steps["disposition"].astype("string")
    refused = dispositions.mask(dispositions.notna() & (steps["row_number"] % 2 == 0), "refused")
    open_now = some & steps["extended_to_on"].isna() & steps["responded_on"].isna()
    told = steps.assign(
        extended_to_on=steps["extended_to_on"].mask(open_now, pd.Timestamp(2024, 4, 4)),
        outcome=steps["outcome"].mask(some),
        disposition=refused.astype("category"),
        reopened_on=(steps["responded_on"] + pd.Timedelta(days=5)).where(some),
        **{TAKEN_OUTSIDE: (steps["responded_on"] + pd.Timedelta(days=30)).where(some)},
    )
    decisions = whole["decisions"]
    before = decisions["decision"].eq("upheld") & (decisions["row_number"] % 2 == 0)
    remedies = decisions["remedy"].astype("string").mask(before, "satisfactory_before")
    return {
        **whole,
        "steps": told,
        "decisions": decisions.assign(remedy=remedies.astype("category")),
    }


@pytest.fixture(scope="module")
def counted(frames: Mapping[str, pd.DataFrame]):  # noqa: ANN201
    """How many rows each flag holds for, with some columns never filled."""
    council = declared.council(settings({}), "northmere")
    calendar = declared.calendar(settings({}), council)

    @cache
    def count(frame: str = "", columns: tuple[str, ...] = ()) -> dict[tuple[Fact, str], int]:
        told = dict(frames)
        if frame:
            empty = SCHEMAS[frame].empty()
            told[frame] = told[frame].assign(
                **{c: empty[c].reindex(told[frame].index) for c in columns}
            )
        facts = facts_of(council, calendar, Combined(told, (), ()), WEEK, VANTAGE)
        return {
            (fact, name): int(facts[fact][name].notna().sum() if name in MEASURES.get(fact, {})
                              else facts[fact][name].sum())
            for fact in COUNTED
            for name in (*FLAGS[fact], *MEASURES.get(fact, {}))
        }  # fmt: skip

    return count


def test_a_need_that_nothing_fills_changes_what_is_counted(counted) -> None:  # noqa: ANN001
    whole = counted()
    for fact in COUNTED & BY_FLAG.keys():
        for flag, needs in BY_FLAG[fact].items():
            for need in needs:
                without = counted(FRAMES[fact], need)
                assert without[fact, flag] != whole[fact, flag], (fact, flag, need)


@pytest.mark.gate
def test_a_column_without_which_nothing_is_counted_is_needed(counted) -> None:  # noqa: ANN001
    whole = counted()
    for fact in COUNTED:
        schema = SCHEMAS[FRAMES[fact]]
        for column in schema.columns:
            if column.need is Need.ESSENTIAL or column.name in _SET_BY_US:
                continue
            without = counted(schema.name, (column.name,))
            emptied = {
                flag for (of, flag), number in without.items()
                if of is fact and not number and whole[of, flag]
            }  # fmt: skip
            missing = {flag for flag in emptied if (column.name,) not in _needs(fact, flag)}
            assert not missing, (fact, column.name, missing)


_SET_BY_US = {"procedure"}
"""Without it there is no clock at all; every row of steps has one."""


def _needs(fact: Fact, flag: str) -> tuple[tuple[str, ...], ...]:
    return BY_FLAG.get(fact, {}).get(flag, ())


def test_every_need_is_a_column_of_the_frame_the_facts_are_made_of() -> None:
    for fact, flags in BY_FLAG.items():
        assert set(flags) <= set(FLAGS[fact]) | set(MEASURES.get(fact, {}))
        for needs in flags.values():
            assert {column for need in needs for column in need} <= set(SCHEMAS[FRAMES[fact]].names)


def test_with_everything_mapped_and_filled_every_kpi_can_be_computed(
    frames: Mapping[str, pd.DataFrame],
) -> None:
    council, kpis = declared.council(settings({}), "northmere"), declared.kpis(settings({}))
    supply = supply_of(council.exports, frames)
    steps = supply.mapped["steps"]
    assert TAKEN_OUTSIDE not in steps
    supply = Supply({**supply.mapped, "steps": steps | {TAKEN_OUTSIDE}}, supply.filled)
    assert {i: why_not(k, supply, council.procedures) for i, k in kpis.by_id.items()} == (
        dict.fromkeys(kpis.by_id)
    )


def test_a_number_of_the_ombudsman_s_that_nothing_fills_is_not_recorded(
    frames: Mapping[str, pd.DataFrame],
) -> None:
    council, kpis = declared.council(settings({}), "northmere"), declared.kpis(settings({}))
    year, statistics = Period.parse("2022-23"), frames["statistics"]
    for kpi_id, kpi in kpis.by_id.items():
        if kpi.of is not Fact.STATISTICS:
            continue
        asked = Figure(kpi_id, kpi.title, year, (), kpi.unit)
        told = numbers_of(council, statistics).statistic(asked, kpi, {})
        assert told.state is not State.NOT_RECORDED, kpi_id
        for [column] in needs_of(kpi):
            without = numbers_of(council, statistics.assign(**{column: pd.NA}))
            assert without.statistic(asked, kpi, {}).state is State.NOT_RECORDED, (kpi_id, column)


def test_a_column_that_is_mapped_and_never_filled_is_told_apart() -> None:
    kpi = declared.kpis(settings({}))["acknowledged_in_time"]
    procedures = declared.council(settings({}), "northmere").procedures
    mapped = {"steps": frozenset({"received_on", "acknowledged_on"})}
    empty = Supply(mapped, {"steps": frozenset({"received_on"})})
    assert why_not(kpi, empty, procedures) == (
        "No row has acknowledged_on (the day the acknowledgement was sent)."
    )
    assert why_not(kpi, Supply(mapped, mapped), procedures) is None


def test_one_of_two_columns_is_enough_to_know_what_is_still_open() -> None:
    kpi = declared.kpis(settings({}))["open_steps"]
    procedures = declared.council(settings({}), "northmere").procedures
    for column in ("responded_on", "closed_on"):
        held = {"steps": frozenset({"received_on", column})}
        assert why_not(kpi, Supply(held, held), procedures) is None
    neither = {"steps": frozenset({"received_on"})}
    reason = why_not(kpi, Supply(neither, neither), procedures)
    assert reason is not None
    assert reason.startswith("exports.yaml maps nothing to responded_on (")
    assert " or closed_on (" in reason


def test_no_limit_to_acknowledge_means_nothing_to_measure() -> None:
    kpi = declared.kpis(settings({}))["acknowledged_in_time"]
    held = {"steps": frozenset({"received_on", "acknowledged_on"})}
    assert why_not(kpi, Supply(held, held), {}) == (
        "No stage of procedures.yaml says 'acknowledge_within'."
    )


def test_the_columns_an_event_log_sets_are_mapped() -> None:
    text = """
log:
  fills: steps
  files: [{name: "log.csv", holds: everything}]
  one_row: event
  columns: {case_ref: Ref, procedure: {always: corporate}}
  events:
    column: What
    on: When
    labels:
      Came in: {stage: 1, sets: received_on}
      Answered: {stage: 1, sets: responded_on}
"""
    exports = read_exports(
        text,
        "exports.yaml",
        read_taxonomy("directorates: {}\n", None, ""),
        frozenset({"corporate"}),
    )
    mapped = supply_of(exports, {}).mapped["steps"]
    assert {"case_ref", "received_on", "responded_on"} <= mapped
    assert "acknowledged_on" not in mapped


def test_a_kpi_needs_what_its_clock_and_its_flags_need_once() -> None:
    kpi = declared.kpis(settings({}))["upheld"]
    assert needs_of(kpi) == (("responded_on",), ("outcome",))
