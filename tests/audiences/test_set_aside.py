"""What a row says that was set aside is told only where it can be nothing but a day or a number."""

from __future__ import annotations

import pandas as pd
import pytest

from candour.composing.quality import rows_set_aside, rows_set_aside_counted
from candour.table import Listing


class _Background:
    def __init__(self, *found: str) -> None:
        self.quarantine = pd.DataFrame(
            {
                "file": "a.csv", "row_number": range(2, 2 + len(found)), "code": "Q03",
                "column": "Received", "advice": "Correct it.",
                "reason": [f"“Received” says “{text}”; expected dd/mm/yyyy." for text in found],
            }
        )  # fmt: skip


def _said(listing: Listing) -> str:
    return " ".join(str(value) for row in listing.rows for value in row)


@pytest.mark.parametrize(
    "text", ["31/02/2024", "2024-02-30", "2024-02-30T09:15:00", "3-Feb-24", "9", "Stage 9", ""]
)
def test_a_day_or_a_number_is_told(text: str) -> None:
    assert f"“{text}”" in _said(rows_set_aside(None, _Background(text)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Zebedee Quillfeather", "Quillfeather", "07700 900999", "01514960999", "943 476 5919",
        "9434765919", "QQ 12 34 56 C", "QQ123456C", "ZZ99 9QX", "zebedee@canary.invalid",
        "1 Canary Row", "MARZIPAN",
    ],
)  # fmt: skip
def test_anything_else_is_not(text: str) -> None:
    told = _said(rows_set_aside(None, _Background(text)))  # type: ignore[arg-type]
    assert text not in told
    assert "“Received” says what is not told here; expected dd/mm/yyyy." in told


def test_who_is_given_counts_is_told_how_many_and_where() -> None:
    listing = rows_set_aside_counted(None, _Background("31/02/2024", "Quillfeather"))  # type: ignore[arg-type]
    assert listing.rows == (("a.csv", "Q03", "Received", 2, "Correct it."),)
