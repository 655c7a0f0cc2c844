"""Identities hold of every measure and slice that is told, printed or not."""

from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from candour.figures import Figure, State
from candour.gate import Finding, examine, identities, numerators, recovered
from candour.kpi import Fact, Kpis


@dataclass(frozen=True)
class Told:
    """Measures given their numbers: what the code under test asks of them, and no more."""

    example: ModuleType
    numbers: dict[str, int | tuple[int, int] | None]

    @property
    def kpis(self) -> object:
        return self.example.KPIS

    @property
    def period(self) -> object:
        return self.example.YEAR

    def figure(self, kpi: str, period: object, **about: str) -> Figure:
        value = self.numbers.get(kpi)
        figure: Figure = self.example.figure(kpi, value or 0, tuple(about.items()))
        if value is not None:
            return figure
        return replace(figure, count=None, value=None, state=State.NOT_RECORDED)


FLOW = {"brought_forward": 70, "arrived": 412, "reopened": 5, "closed": 400,
        "withdrawn_or_refused": 12, "open_steps": 75}  # fmt: skip
DECIDED = {"upheld": (90, 400), "partially_upheld": (60, 400), "not_upheld": (250, 400),
           "responses_decided": 400}  # fmt: skip


def broken(
    example: ModuleType, numbers: dict[str, Any], slices: tuple[dict[str, str], ...] = ({},)
) -> list[tuple[str, str, str]]:
    found = identities(Told(example, numbers), slices)  # type: ignore[arg-type]
    return [(f.code, f.printed, f.counted) for f in found]


def test_numbers_that_add_up_are_no_finding(example: ModuleType) -> None:
    assert broken(example, FLOW | DECIDED) == []


@pytest.mark.parametrize("kpi", list(FLOW))
def test_a_flow_that_is_one_out_is_found(example: ModuleType, kpi: str) -> None:
    (found,) = broken(example, {**FLOW, kpi: FLOW[kpi] + 1})
    assert found[0] == "E11"
    assert {found[1], found[2]} in ({"487", "488"}, {"487", "486"})


def test_each_slice_is_asked(example: ModuleType) -> None:
    slices = ({}, {"procedure": "adults"}, {"service": "waste"})
    assert len(broken(example, {**FLOW, "closed": 399}, slices)) == 3


def test_a_movement_the_exports_do_not_tell_counts_as_none(example: ModuleType) -> None:
    told = {**FLOW, "reopened": None, "open_steps": 70}
    assert broken(example, told) == []
    assert broken(example, {**told, "closed": None}) == []


def test_outcomes_that_are_not_the_decided_are_found(example: ModuleType) -> None:
    wrong = {**DECIDED, "not_upheld": (262, 400)}
    assert ("E15", "412", "400") in broken(example, wrong)


def test_what_the_ombudsman_dealt_with_is_the_sum_of_its_groups(example: ModuleType) -> None:
    dealt = {"lgsco_not_for_us": 40, "lgsco_assessed_and_closed": 20, "lgsco_investigated": 11,
             "lgsco_dealt_with": 71}  # fmt: skip
    assert broken(example, dealt) == []
    assert broken(example, {**dealt, "lgsco_dealt_with": 72}) == [("E15", "71", "72")]


def test_a_part_that_is_more_than_the_whole_is_found(example: ModuleType) -> None:
    assert broken(example, {"overdue_steps": 8, "open_steps": 7}) == [("E4", "8", "7")]


def test_rows_counted_outside_their_base_are_found(example: ModuleType) -> None:
    kpi = example.KPIS["upheld"].model_copy(update={"population": "all"})
    only = Kpis({"upheld": kpi}, {})
    rows = pd.DataFrame({"all": [True] * 3, "upheld": [True, True, False],
                         "decided": [True, True, True]})  # fmt: skip
    assert numerators({Fact.STEPS: rows}, only) == ()
    (finding,) = numerators({Fact.STEPS: rows.assign(decided=[True, False, True])}, only)
    assert (finding.code, finding.sentence) == ("E4", "It counts 1 row that is not in its base.")


def test_the_examination_asks_what_is_not_printed_as_well(example: ModuleType) -> None:
    kpi = example.KPIS["upheld"].model_copy(update={"population": "all"})
    rows = pd.DataFrame({"all": [True], "upheld": [True], "decided": [False]})
    draft = example.bare(
        measures=Told(example, {**FLOW, "closed": 399}),
        slices=({"service": "waste"},),
        facts={Fact.STEPS: rows},
        kpis=Kpis({**example.KPIS.by_id, "upheld": kpi}, example.KPIS.families),
    )
    only = replace(draft, kpis=Kpis({"upheld": kpi}, {}))
    assert {f.code for f in examine(replace(draft, facts={}))} == {"E11"}
    assert "E4" in {f.code for f in examine(replace(only, measures=None))}


def test_a_withheld_figure_that_can_be_worked_out_is_a_finding() -> None:
    withheld = type("Recovered", (), {"figure": "upheld|2023-24", "sentence": "It can only be 3."})
    (finding,) = recovered([withheld])  # type: ignore[list-item]
    assert isinstance(finding, Finding)
    assert (finding.code, finding.place, finding.blocks) == ("E13", "upheld|2023-24", True)
