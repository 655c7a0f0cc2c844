"""The gate finds a case told by its reference wherever an audience may not see every case."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from candour.gate import Draft, Kind, Policy
from candour.gate.small import unfit
from candour.kpi import Fact, read_kpis
from candour.ledger import Ledger
from candour.period import Period
from candour.report import Report, Section
from candour.table import Listing, ListingKind

REFERENCES = ["EA/2024/00017", "COR000101", "12"]
PAGE = (
    "<!doctype html><html><head><title>T</title></head><body><main><p>{}</p></main></body></html>"
)
PLAIN = ("There were 12 of them in 2024.", "12 of COR0001012 and of EA/2024/000171")


def draft(
    words: str = "",
    *,
    listed: str = "",
    headline: str = "",
    page: str = "",
    sees_cases: bool = False,
) -> Draft:
    """A draft of one list, with words of officers, a headline and a page."""
    listing = Listing("found", "What was found", (("What", ListingKind.WORDS),), ((listed,),))
    report = Report(
        id="monthly_pack", title="Pack", council="Eastshire Council",
        period=Period.parse("2024-03"), as_of=dt.date(2024, 3, 31), known_on=dt.date(2024, 4, 8),
        audience="Managers", marking="", notice="", headlines=(headline,),
        sections=(Section("quality", "Quality", (listing,)),),
    )  # fmt: skip
    return Draft(
        report=report,
        ledger=Ledger(),
        kpis=read_kpis({}, {}),
        files={"narrative.html": PAGE.format(page).encode()} if page else {},
        commentary={"learning.md": words} if words else {},
        policy=Policy(sees_cases=sees_cases),
        facts={Fact.STEPS: pd.DataFrame({"case_ref": REFERENCES})},
    )


PLACES = {"words": "words", "listed": "listed", "headline": "headline", "page": "page"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "reference", ["EA/2024/00017", "ea/2024/00017", "(COR000101)", "COR000101."]
)
def test_a_case_that_is_named_stops_the_draft(place: str, reference: str) -> None:
    told = {"words": ""} if place != "words" else {}
    found = list(unfit(draft(**(told | {place: f"We wrote late in {reference}"}))))
    assert {(f.code, f.kind) for f in found} == {("E13", Kind.BLOCKS)}
    assert reference.strip("().") in found[0].sentence


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", PLAIN)
def test_a_number_is_no_case(place: str, words: str) -> None:
    """A reference of two digits could be any number, and a longer word is another one."""
    assert not list(unfit(draft(**{place: words})))


def test_whoever_may_see_every_case_may_read_of_one() -> None:
    assert not list(unfit(draft("See EA/2024/00017", listed="COR000101", sees_cases=True)))
