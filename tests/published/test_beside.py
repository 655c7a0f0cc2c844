"""A published value stands beside ours: equal as printed, or corrected, or of no kind at all."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from candour.figures import Figure, Unit
from candour.ledger import Ledger
from candour.period import Period
from candour.published import (
    Kind,
    Ours,
    Published,
    Restatements,
    Scheme,
    Value,
    Verdict,
    compared,
    examine,
    kind_of,
    read_ledger,
    read_published,
    told_by,
)
from candour.published.beside import same
from candour.words.beside import base_of, count_of, size
from candour.words.direction import trend

YEAR, BEFORE = Period.parse("2023-24"), Period.parse("2022-23")
TEXT = """
documents:
  - title: Annual report
    source: annual report
    period: 2023-24
    entries:
      - id: R-1
        at: page 1
        values:
          - {kpi: complaints_received, printed: 1019}
          - {kpi: complaints_received, show: change, printed: 130}
          - {kpi: complaints_received, show: direction, printed: increase}
          - {kpi: upheld_or_partially_of_received, where: {stage: 1}, printed: 33}
          - {kpi: limit.respond, where: {procedure: corporate, stage: 1}, printed: 15}
          - {what: people trained, printed: 250}
        notes: {n1: "345 of 1019 is 34 per cent, and 33 is printed."}
synonyms: {rose: [increase]}
"""


def _count(number: int, period: Period = YEAR) -> Figure:
    return Figure(
        "complaints_received", "Received", period, (), Unit.COUNT,
        count=number, value=Fraction(number),
    )  # fmt: skip


UPHELD = Figure(
    "upheld_or_partially_of_received", "Upheld", YEAR, (("stage", "1"),), Unit.PERCENT,
    count=345, base=1019, value=Fraction(34500, 1019),
)  # fmt: skip
LIMIT = Figure(
    "limit.respond", "Days", YEAR, (("procedure", "corporate"), ("stage", "1")),
    Unit.WORKING_DAYS, value=Fraction(15), source="Have Your Say policy",
)  # fmt: skip
STATED = Figure(
    "stated.0123abcd", "", YEAR, (), Unit.COUNT, value=Fraction(250), source="paragraph 5.15"
)


def _published(scheme: Scheme) -> Published:
    return read_published(TEXT, "published.yaml", scheme)


def _beside(
    scheme: Scheme, *figures: Figure
) -> dict[int, tuple[Verdict, Kind | None, Ours | None]]:
    ledger = Ledger()
    for figure in figures:
        ledger.enter(figure, "report.html #section-2")
    published = _published(scheme)
    rows = {row.key: row for row in read_ledger(ledger.to_csv())}
    found = compared(published, told_by(rows, published, scheme), examine(published, scheme))
    return {c.value.number: (c.verdict, kind_of(c, scheme), c.ours) for c in found}


def test_every_value_is_of_one_of_four_kinds(scheme: Scheme) -> None:
    now, earlier = _count(1019), _count(889, BEFORE)
    direction = trend(now, earlier)
    found = _beside(scheme, now, now.change(earlier), direction, UPHELD, LIMIT, STATED)
    assert {number: kind for number, (_, kind, _) in found.items()} == {
        1: Kind.COUNTED, 2: Kind.COUNTED, 3: Kind.COUNTED,
        4: Kind.CORRECTED, 5: Kind.DECLARED, 6: Kind.STATED,
    }  # fmt: skip
    ours = [ours for _, _, ours in found.values()]
    assert all(o is not None and o.places == ("report.html #section-2",) for o in ours)


def test_a_statement_in_words_is_found_in_the_reports_texts(scheme: Scheme) -> None:
    text = TEXT.replace("printed: 250", "printed: weekly, said: [every week]")
    published = read_published(text, "published.yaml", scheme)
    value = list(published.values())[-1]
    told = told_by({}, published, scheme, {"report.html": "Managers are told Every\u00a0week."})
    assert told[value].places == ("report.html",)
    assert value not in told_by({}, published, scheme, {"report.html": "Every month."})


def test_a_size_without_sign_says_the_change(scheme: Scheme) -> None:
    found = _beside(scheme, size(_count(1019).change(_count(889, BEFORE))))
    assert found[2][0] is Verdict.EQUAL


def test_a_base_printed_by_another_kpi_is_the_same_number(scheme: Scheme) -> None:
    assert _beside(scheme, base_of(UPHELD))[1][0] is Verdict.EQUAL
    assert _beside(scheme, count_of(UPHELD))[1][0] is Verdict.UNTOLD


def test_what_no_ledger_prints_is_not_told(scheme: Scheme) -> None:
    assert _beside(scheme)[1] == (Verdict.UNTOLD, None, None)


def test_a_difference_nobody_explains_is_of_no_kind(scheme: Scheme) -> None:
    verdict, kind, _ = _beside(scheme, _count(1018))[1]
    assert (verdict, kind) == (Verdict.DIFFERENT, None)


def test_a_note_that_tells_another_number_explains_nothing(scheme: Scheme) -> None:
    other = replace(UPHELD, value=Fraction(36))
    assert _beside(scheme, other)[4][1] is None


@pytest.mark.parametrize(
    ("printed", "exact", "equal"),
    [
        ("34", Fraction(34500, 1019), True),
        ("33", Fraction(34500, 1019), False),
        ("29", Fraction(400, 14), True),
        ("28", Fraction(400, 14), False),
        ("13", Fraction(25, 2), True),
        ("-13", Fraction(-25, 2), True),
        ("0.4", Fraction(1400, 3201), True),
        ("+16.21", Fraction(11900, 734), True),
        ("16.22", Fraction(11900, 734), False),
    ],
)
def test_equal_is_rounded_half_away_from_zero(
    scheme: Scheme, printed: str, exact: Fraction, equal: bool
) -> None:
    value = _value(scheme, printed)
    assert same(value, Ours("", "", exact), {}) is equal


@pytest.mark.parametrize(
    ("printed", "words", "equal"),
    [
        ("increase", "rose", True),
        ("increase", "fell", False),
        ("2022-04-01/2023-03-31", "1 April 2022 to 31 March 2023", True),
        ("2020-07-22", "22 July 2020", True),
    ],
)
def test_words_are_equal_by_declared_synonyms(
    scheme: Scheme, printed: str, words: str, equal: bool
) -> None:
    value = _value(scheme, printed)
    assert same(value, Ours("", words, words=words), {"rose": ("increase",)}) is equal


def test_a_cell_of_no_team_is_equal_only_to_not_applicable(scheme: Scheme) -> None:
    for printed in ("", "N/A"):
        value = _value(scheme, printed)
        assert same(value, Ours("", "[z]"), {})
        assert not same(value, Ours("", "0", Fraction(0)), {})


def _value(scheme: Scheme, printed: str) -> Value:
    text = TEXT.replace("printed: 1019", f'printed: "{printed}"')
    return next(read_published(text, "published.yaml", scheme).values())


def test_a_year_published_otherwise_is_restated(scheme: Scheme) -> None:
    restated = Restatements(_published(scheme), scheme).restated
    assert restated(_count(1019)) is None
    assert restated(_count(1020)) == "1019"
    assert restated(_count(889, BEFORE)) is None
    assert restated(UPHELD) == "33"
    assert restated(base_of(UPHELD)) is None
    assert restated(base_of(replace(UPHELD, base=1020))) == "1019"
