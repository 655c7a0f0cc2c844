"""What an analyst would write: read the spreadsheet, apply row by row, pivot, write to Excel.

It has no validation, no rounding rule, no charts, no words and no ledger.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

HOLIDAYS = [
    line.split(",")[0]
    for line in (Path(__file__).resolve().parents[1] / "data/reference/bank_holidays.csv")
    .read_text()
    .splitlines()[1:]
]
IMPORTS = ("openpyxl",)
LIMIT = 10
DAYS = [
    "Received",
    "Acknowledgement Sent",
    "Response Sent",
    "Withdrawn/Refused On",
    "Record Closed",
]


def main(export: str, pack: str) -> None:
    """Read an export and write a pack of pivot tables."""
    cases = pd.read_excel(export, dtype=str)
    for column in DAYS:
        cases[column] = pd.to_datetime(cases[column].str[:10], dayfirst=True, errors="coerce")
    cases["Service"] = cases["Service"].str.strip().str.title()
    cases["Month"] = cases["Received"].dt.to_period("M").astype(str)
    cases["Days"] = cases.apply(_days, axis=1)
    cases["In time"] = cases.apply(lambda row: row["Days"] <= LIMIT, axis=1)
    cases["Open"] = cases.apply(lambda row: pd.isna(row["Response Sent"]), axis=1)
    with pd.ExcelWriter(pack) as writer:
        for index in ("Month", "Service", "Department", "Procedure", "Nature of Complaint"):
            for value, how in (
                ("Ref", "count"),
                ("In time", "mean"),
                ("Days", "median"),
                ("Open", "sum"),
            ):
                table = cases.pivot_table(
                    index=index, columns="Complaint Stage", values=value, aggfunc=how, margins=True
                )
                table.to_excel(writer, sheet_name=f"{index[:12]} {value}"[:31].replace("/", " "))
        cases.to_excel(writer, sheet_name="Cases", index=False)


def _days(row: pd.Series) -> float:
    if pd.isna(row["Received"]) or pd.isna(row["Response Sent"]):
        return float("nan")
    return float(
        np.busday_count(row["Received"].date(), row["Response Sent"].date(), holidays=HOLIDAYS)
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
