"""Exports of any size: Northmere's own full extract, repeated under new references."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

PROJECT = Path(__file__).resolve().parents[1]
FULL = PROJECT / "data/exports/northmere/complaints_full_20240527.csv"


def write_council(folder: Path, steps: int, ending: str) -> Path:
    """A council folder like Northmere's whose inbox holds one full extract of so many steps.

    ``ending`` is csv or xlsx; gives the export's path.
    """
    council, inbox = folder / "councils/northmere_large", folder / "inbox"
    shutil.copytree(PROJECT / "councils/northmere", council)
    inbox.mkdir()
    profile = council / "council.yaml"
    profile.write_text(profile.read_text().replace("data/exports/northmere", str(inbox)))
    mapping = council / "exports.yaml"
    mapping.write_text(
        mapping.read_text().replace(
            "complaints_full_{date}.csv", f"complaints_full_{{date}}.{ending}"
        )
    )
    export = inbox / f"complaints_full_20240527.{ending}"
    repeated = _repeated(steps)
    if ending == "csv":
        repeated.to_csv(export, index=False, encoding="utf-8-sig")
    else:
        _write_spreadsheet(repeated, export)
    return export


def _repeated(steps: int) -> pd.DataFrame:
    rows = pd.read_csv(FULL, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    copies = -(-steps // len(rows))
    large = pd.concat([rows] * copies, ignore_index=True).head(steps)
    copy = pd.Series(range(len(large))) // len(rows)
    return large.assign(Ref=large["Ref"].str.strip() + "-" + copy.astype(str))


def _write_spreadsheet(rows: pd.DataFrame, path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  - only where a spreadsheet is asked for

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Complaints")
    sheet.append(list(rows.columns))
    for values in rows.itertuples(index=False):
        # openpyxl would write a text that begins with = as a formula, as no real export does.
        sheet.append([value.removeprefix("=") for value in values])
    workbook.save(path)
