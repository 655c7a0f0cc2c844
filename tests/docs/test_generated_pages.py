"""The generated pages say what the declarations say now."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from candour.facts import FLAGS
from candour.frames import LINEAGE, SCHEMAS
from tasks import declared
from tasks.documentation.columns import columns
from tasks.documentation.methodology import methodology
from tasks.settings import settings
from tests.docs.conftest import STALE

if TYPE_CHECKING:
    from pathlib import Path


def test_the_methodology_is_what_the_kpis_declare_now(root: Path) -> None:
    written = (root / "docs/methodology.md").read_text("utf-8")
    assert written == methodology(settings({})), STALE.format("docs/methodology.md")


def test_the_page_of_columns_is_what_the_frames_declare_now(root: Path) -> None:
    written = (root / "docs/columns.md").read_text("utf-8")
    assert written == columns(), STALE.format("docs/columns.md")


def test_the_page_of_dags_is_what_airflow_shows_now(root: Path, tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "from tasks.documentation.dags import dags; print(dags(), end='')"],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, check=True, text=True, cwd=tmp_path,
    ).stdout  # fmt: skip
    shown = shown[shown.index("<!--") :]  # Airflow logs to the same stream.
    assert (root / "docs/dags.md").read_text("utf-8") == shown, STALE.format("docs/dags.md")


def test_the_methodology_tells_of_every_kpi_all_a_reader_needs(root: Path) -> None:
    page = (root / "docs/methodology.md").read_text("utf-8")
    for kpi_id, kpi in declared.kpis(settings({})).by_id.items():
        told = page.split(f"\n### {kpi.title}\n")[1].split("\n### ")[0]
        wanted = [kpi_id, kpi.question, kpi.of, kpi.clock, kpi.answer.display]
        wanted += [kpi.answer.because.strip(), kpi.caveat.strip(), *kpi.breakdowns]
        missing = [words for words in wanted if words.replace("_", " ") not in _spaced(told)]
        assert not missing, f"{kpi_id}: {missing}"


def test_the_methodology_gives_every_flag_its_meaning(root: Path) -> None:
    page = (root / "docs/methodology.md").read_text("utf-8")
    for fact, flags in FLAGS.items():
        listed = page.split(f"\n### Rows of {fact.value}\n")[1].split("\n### ")[0]
        for flag, meaning in flags.items():
            assert f"| `{flag}` | {meaning} |" in listed


def test_every_column_of_every_frame_is_explained(root: Path) -> None:
    parts = (root / "docs/columns.md").read_text("utf-8").split("\n## ")
    explained = {part.splitlines()[0].lower(): part for part in parts}
    lineage = parts[-1].split("Every frame ends with")[1]
    for schema in SCHEMAS.values():
        for column in schema.columns:
            told = lineage if column in LINEAGE else explained[schema.name]
            row = f"| `{column.name}` | {column.kind} | {column.need} | {column.meaning} |"
            assert row in told


def _spaced(text: str) -> str:
    return text.replace("_", " ")
