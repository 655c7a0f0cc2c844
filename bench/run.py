"""The benchmark: intake, pack and annual report beside a plain script and plain group-bys."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from bench.exports import write_council
from bench.measure import Measured, measure

SIZES = (10_000, 100_000, 1_000_000)
SCRIPT_TO = 100_000
"""Beyond it the plain script takes longer than anybody waits."""


def main(sizes: tuple[int, ...]) -> None:
    """Measure every size and print the seconds, the memory and the ratios."""
    console = Console(highlight=False, width=120)
    table = Table(title="Seconds and peak memory, each in a process of its own")
    for heading in ("Steps", "What", "Seconds", "of which imports", "MB", "Script / Candour"):
        table.add_column(heading, justify="left" if heading == "What" else "right")
    counted = Table(title="Counting every KPI by every breakdown")
    for heading in ("Steps", "Tables", "Candour s", "pandas group-bys s", "Ratio"):
        counted.add_column(heading, justify="right")
    for size in sizes:
        with console.status(f"{size:,} steps"), tempfile.TemporaryDirectory() as folder:
            _measure_size(Path(folder), size, table, counted)
    with console.status("annual report"), tempfile.TemporaryDirectory() as home:
        measure("bench.annual", home, "intake")
        _row(table, 0, "annual report", measure("bench.annual", home, "report"))
    console.print(table)
    console.print(counted)


def _measure_size(folder: Path, size: int, table: Table, counted: Table) -> None:
    with_script = size <= SCRIPT_TO
    export = write_council(folder, size, "xlsx" if with_script else "csv")
    intake = measure("bench.intake", str(folder))
    pack = measure("bench.pack", str(folder))
    script = (
        measure("bench.plain_script", str(export), str(folder / "plain.xlsx"))
        if with_script
        else None
    )
    ours = Measured(
        intake.seconds + pack.seconds,
        intake.imports + pack.imports,
        max(intake.megabytes, pack.megabytes),
    )
    source = "spreadsheet" if with_script else "CSV"
    _row(table, size, f"intake from {source}", intake)
    _row(table, size, "monthly pack", pack)
    _row(table, size, "intake and pack", ours)
    if script is not None:
        whole, working = script.seconds / ours.seconds, script.working / ours.working
        ratios = f"{whole:.1f} ({working:.1f} without imports)"
        _row(table, size, "plain script", script, ratios)
    measure("bench.counting", str(folder))
    answer = json.loads((folder / "counting.json").read_text())
    counted.add_row(
        f"{size:,}",
        str(answer["tables"]),
        f"{answer['candour']:.2f}",
        f"{answer['pandas']:.2f}",
        f"{answer['pandas'] / answer['candour']:.1f}",
    )


def _row(table: Table, size: int, what: str, measured: Measured, ratio: str = "") -> None:
    table.add_row(
        f"{size:,}" if size else "shipped",
        what,
        f"{measured.seconds:.1f}",
        f"{measured.imports:.1f}",
        f"{measured.megabytes:,.0f}",
        ratio,
    )


if __name__ == "__main__":
    main(tuple(int(size.replace(",", "")) for size in sys.argv[1:]) or SIZES)
