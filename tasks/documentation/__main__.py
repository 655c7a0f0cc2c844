"""Make docs: the generated pages and the sample written again; pictures where they can be."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tasks.documentation.columns import columns
from tasks.documentation.coverage import coverage
from tasks.documentation.findings import checklist, findings
from tasks.documentation.methodology import methodology
from tasks.documentation.pictures import PICTURES, NoPictureError, picture
from tasks.documentation.printed import others, rows_of, texts_of
from tasks.documentation.sample import chosen, make, portal
from tasks.settings import PROJECT, Settings, settings

DOCS = PROJECT / "docs"
SAMPLE = DOCS / "sample"

WithPictures = Annotated[
    bool,
    typer.Option(
        "--pictures", help="Take pictures of the sample too; needs LibreOffice, Poppler, Chromium."
    ),
]


def main(*, pictures: WithPictures = False) -> None:
    """Write the pages of docs/ that are generated, and sample/, again."""
    with tempfile.TemporaryDirectory() as home:
        here = settings({"CANDOUR_HOME": home})
        _write(DOCS / "methodology.md", methodology(here).encode())
        _write(DOCS / "columns.md", columns().encode())
        _write(DOCS / "findings.md", findings(here).encode())
        _write(DOCS / "checklist.md", checklist(here).encode())
        _sample(here)
    _dags()
    if pictures:
        _pictures()


def _sample(here: Settings) -> None:
    """Make every file of the sample, then put them in the place of the old ones.

    What the yearly reports print is set beside what was published.
    """
    releases = list(make(here, typer.echo))
    yearly = [*releases, *others(here)]
    covered = coverage(here, rows_of(here, yearly), texts_of(here, yearly))
    _write(DOCS / "coverage.md", covered.encode())
    files = {
        path: content for release in releases for path, content in chosen(here, release).items()
    } | portal(here)
    for folder in {path.split("/")[0] for path in files}:
        shutil.rmtree(SAMPLE / folder, ignore_errors=True)
    for path, content in files.items():
        _write(SAMPLE / path, content)


def _dags() -> None:
    # Airflow comes last: importing it changes how this process logs.
    from tasks.documentation.dags import dags  # noqa: PLC0415

    _write(DOCS / "dags.md", dags().encode())


def _pictures() -> None:
    for name in PICTURES:
        try:
            _write(SAMPLE / "pictures" / name, picture(SAMPLE, name))
        except NoPictureError as missing:
            typer.echo(f"{name}: {missing}")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    typer.echo(str(path.relative_to(PROJECT)))


if __name__ == "__main__":
    typer.run(main)
