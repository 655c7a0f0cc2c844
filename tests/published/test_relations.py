"""Each relation that figures have by what they mean, planted wrong in a small publication."""

from __future__ import annotations

import pytest

from candour.errors import ConfigurationError
from candour.published import Scheme, Slip, examine, read_published
from candour.published.slip import Fault

HEAD = """
documents:
  - title: Annual report
    source: annual report
    period: 2023-24
    entries:
"""


def _found(scheme: Scheme, *entries: str) -> tuple[Slip, ...]:
    listed = "".join(
        f"      - id: R-{number}\n        at: page {number}\n{entry}"
        for number, entry in enumerate(entries, start=1)
    )
    return examine(read_published(HEAD + listed, "published.yaml", scheme), scheme)


def _values(*values: str) -> str:
    return "        values:\n" + "".join(f"          - {{{value}}}\n" for value in values)


def _table(cells: str, rows: str = "service", columns: str = "2023-24", more: str = "") -> str:
    lines = "".join(f"            {line}\n" for line in cells.splitlines())
    return (
        "        table:\n          kpi: complaints_received\n"
        f"{more}          rows: {rows}\n          columns: [{columns}]\n          cells: |\n{lines}"
    )


SHARE = "kpi: responded_in_time, where: {stage: 1}"
RIGHT = {
    "a table": (_table("Licensing | 3\nHighways | 4\ntotal | 7"),),
    "a share": (_values(f"{SHARE}, printed: 67", f"{SHARE}, show: count, printed: 8",
                        f"{SHARE}, show: base, printed: 12"),),
    "a share that is half": (_values(f"{SHARE}, printed: 13", f"{SHARE}, show: count, printed: 1",
                                     f"{SHARE}, show: base, printed: 8"),),
    "shares of a table": (_table("Licensing | 3 | 43\nHighways | 4 | 57\ntotal | 7 | 100",
                                 columns="2023-24, share"),),
    "points from rounded shares": (_values(f"{SHARE}, printed: 67",
                                           f"{SHARE}, period: 2022-23, printed: 60",
                                           f"{SHARE}, show: change, printed: 6"),),
    "a change from nought": (_values("kpi: complaints_received, printed: 3",
                                     "kpi: complaints_received, period: 2022-23, printed: 0",
                                     "kpi: complaints_received, show: change, printed: 3"),),
    "a flow that nobody told": (_values("kpi: received_at_stage, where: {stage: 2}, printed: 9",
                                        "kpi: responses_sent, where: {stage: 2}, printed: 8"),),
    "services that are not all": (_table("Licensing | 3\nHighways | 4") + "        some: true\n",
                                  _values("kpi: complaints_received, printed: 9")),
}  # fmt: skip


@pytest.mark.parametrize("what", list(RIGHT))
def test_what_agrees_is_left_alone(scheme: Scheme, what: str) -> None:
    assert _found(scheme, *RIGHT[what]) == ()


WRONG = {
    "a row left out": (
        (_table("Licensing | 3\nHighways | 4\ntotal | 9"),),
        (Fault.PARTS, "9", "7", "The other 2 have no row."),
    ),
    "a part left out of the whole": (
        (_table("Licensing | 3\nHighways | 4\nLibraries | 5\ntotal | 7"),),
        (Fault.PARTS, "7", "12", "The 5 of Libraries are missing."),
    ),
    "a procedure left out": (
        (
            _values("kpi: complaints_received, printed: 30"),
            _table("corporate | 20\nadults | 5\nchildrens | 10", rows="procedure"),
        ),
        (Fault.PARTS, "30", "35", "The 5 of Adult social care are missing."),
    ),
    "a share cut off": (
        (
            _values(
                f"{SHARE}, printed: 66",
                f"{SHARE}, show: count, printed: 8",
                f"{SHARE}, show: base, printed: 12",
            ),
        ),
        (Fault.SHARE, "66", "67", "cut off"),
    ),
    "a share rounded half to even": (
        (
            _values(
                f"{SHARE}, printed: 12",
                f"{SHARE}, show: count, printed: 1",
                f"{SHARE}, show: base, printed: 8",
            ),
        ),
        (Fault.SHARE, "12", "13", "cut off"),
    ),
    "a share of another population": (
        (
            _values(
                f"{SHARE}, printed: 40",
                f"{SHARE}, show: count, printed: 8",
                f"{SHARE}, show: base, printed: 12",
                "kpi: complaints_received, printed: 20",
            ),
        ),
        (Fault.SHARE, "40", "67", "40% is 8 of 20: the base is complaints received"),
    ),
    "a share of last year's base": (
        (
            _values(
                f"{SHARE}, printed: 80",
                f"{SHARE}, show: count, printed: 8",
                f"{SHARE}, show: base, printed: 12",
                f"{SHARE}, show: base, period: 2022-23, printed: 10",
            ),
        ),
        (Fault.SHARE, "80", "67", "80% is 8 of 10: the base of 2022-23."),
    ),
    "a share no whole number gives": (
        (_values(f"{SHARE}, printed: 70", f"{SHARE}, show: base, printed: 12"),),
        (Fault.SHARE, "70", "", ""),
    ),
    "the share of a table's row": (
        (
            _table(
                "Licensing | 3 | 34\nHighways | 4 | 57\ntotal | 7 | 100", columns="2023-24, share"
            ),
        ),
        (Fault.SHARE, "34", "43", ""),
    ),
    "a change of the later year": (
        (
            _values(
                "kpi: complaints_received, printed: 50",
                "kpi: complaints_received, period: 2022-23, printed: 40",
                "kpi: complaints_received, show: per_cent_change, printed: 20",
            ),
        ),
        (Fault.CHANGE, "20", "25", "It was taken of the later period, 50."),
    ),
    "a difference called per cent": (
        (
            _values(
                "kpi: complaints_received, printed: 50",
                "kpi: complaints_received, period: 2022-23, printed: 40",
                "kpi: complaints_received, show: per_cent_change, printed: 10",
            ),
        ),
        (Fault.CHANGE, "10", "25", "It is the difference, not the change per cent."),
    ),
    "the wrong way round": (
        (
            _values(
                "kpi: complaints_received, printed: 50",
                "kpi: complaints_received, period: 2022-23, printed: 40",
                "kpi: complaints_received, show: change, printed: -10",
            ),
        ),
        (Fault.CHANGE, "-10", "10", "The direction is the wrong way round."),
    ),
    "a flow that does not close": (
        (
            _values(
                "kpi: received_at_stage, where: {stage: 2}, printed: 9",
                "kpi: brought_forward, where: {stage: 2}, printed: 2",
                "kpi: open_steps, where: {stage: 2}, printed: 1",
                "kpi: withdrawn_or_refused, where: {stage: 2}, printed: 1",
                "kpi: responses_sent, where: {stage: 2}, printed: 8",
            ),
        ),
        (Fault.FLOW, "8", "9", ""),
    ),
    "what the Ombudsman dealt with": (
        (
            _values(
                "kpi: lgsco_dealt_with, printed: 36",
                "kpi: lgsco_not_for_us, printed: 12",
                "kpi: lgsco_assessed_and_closed, printed: 19",
                "kpi: lgsco_investigated, printed: 4",
            ),
        ),
        (Fault.PARTS, "36", "35", ""),
    ),
    "what is left of a base": (
        (
            _values(
                "kpi: upheld_or_partially_of_received, where: {stage: 1}, show: base, printed: 20",
                "kpi: upheld_or_partially_of_received, where: {stage: 1}, show: count, printed: 8",
                "kpi: not_upheld_of_received, where: {stage: 1}, show: count, printed: 13",
            ),
        ),
        (Fault.PARTS, "20", "21", ""),
    ),
    "one fact in two places": (
        (
            _values("kpi: complaints_received, printed: 9"),
            _values(
                "kpi: upheld_or_partially_of_received, where: {stage: 1}, show: base, printed: 8"
            ),
        ),
        (Fault.TWO_VALUES, "9", "8", ""),
    ),
    "a trend that is none": (
        (
            _values(
                "kpi: complaints_received, printed: 9",
                "kpi: complaints_received, period: 2022-23, printed: 8",
                "kpi: complaints_received, show: direction, printed: fell",
            ),
        ),
        (Fault.DIRECTION, "fell", "rose", ""),
    ),
}


@pytest.mark.parametrize("what", list(WRONG))
def test_what_is_wrong_is_found_once_and_its_cause_told(scheme: Scheme, what: str) -> None:
    entries, (fault, printed, recomputed, cause) = WRONG[what]
    (slip,) = _found(scheme, *entries)
    assert (slip.fault, slip.printed, slip.recomputed) == (fault, printed, recomputed)
    assert cause in slip.cause
    assert slip.place.startswith("Annual report, page ")


def test_a_list_of_days_is_counted_against_its_bands(scheme: Scheme) -> None:
    where = "where: {procedure: childrens, stage: 1}"
    days = [
        f"kpi: days_taken_median, {where}, show: each, printed: {d}" for d in (4, 9, 10, 11, 30)
    ]
    limits = [
        f"kpi: limit.respond, {where}, printed: 10",
        f"kpi: limit.extend, {where}, printed: 20",
    ]
    told = "kpi: received_at_stage, where: {procedure: childrens, stage: 1, band: within_limit}"
    assert not _found(scheme, _values(*days, *limits, f"{told}, printed: 3"))
    (slip,) = _found(scheme, _values(*days, *limits, f"{told}, printed: 4"))
    assert (slip.fault, slip.printed, slip.recomputed) == (Fault.LIST, "4", "3")


def test_a_mean_worked_out_beside_a_list_is_checked(scheme: Scheme) -> None:
    where = "where: {procedure: childrens, stage: 1}"
    days = [f"kpi: days_taken_median, {where}, show: each, printed: {d}" for d in (4, 9)]
    assert not _found(scheme, _values(*days) + "        mean: 6.5\n")
    (slip,) = _found(scheme, _values(*days) + "        mean: 6.4\n")
    assert (slip.printed, slip.recomputed) == ("6.4", "6.5")


WRITTEN_WRONG = {
    "an unknown KPI": (_values("kpi: complaints_recieved, printed: 1"), "complaints_received"),
    "an unknown value": (_table("Lisencing | 1"), "licensing"),
    "a label two services bear": (_table("Business Support | 1"), "business_support_childrens"),
    "a cell too many": (_table("Licensing | 1 | 2"), "2 cells for 1 columns"),
    "an unknown context number": (_values("kpi: context.resident, printed: 1"), "residents"),
    "no period": (_values("kpi: complaints_received, period: 2023, printed: 1"), "2023"),
}


@pytest.mark.parametrize("what", list(WRITTEN_WRONG))
def test_a_mistake_in_the_file_is_told_with_its_place(scheme: Scheme, what: str) -> None:
    entry, told = WRITTEN_WRONG[what]
    with pytest.raises(ConfigurationError, match=told) as refused:
        _found(scheme, entry)
    assert "published.yaml" in str(refused.value)
    assert "R-1" in str(refused.value)
