"""Planted people are found nowhere but in what was landed, and in the quarantine beside it."""

from __future__ import annotations

import csv
import io
import logging
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candour.errors import InputError
from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.distribute import distribute
from tasks.extract import extract
from tasks.mail_sink import sink
from tasks.publish import publish
from tasks.settings import settings
from tasks.validate import validate
from tests.audiences.opening import texts_of
from tests.conftest import LANDED_ON, RELEASED_AT, approved_by_name

if TYPE_CHECKING:
    from tasks.settings import Settings

pytestmark = pytest.mark.gate

ROOT = Path(__file__).parents[2]
COUNCIL = "westbeck"
PLANTED = (
    "Ermintrude Wobblethorpe", "3 Gherkin Parade, ZZ97 7QZ", "ermintrude@planted.invalid",
    "07700 900777", "QQ 77 88 99 C", "943 476 5919", "RHUBARB-BASSOON-4417",
)  # fmt: skip
MARKS = ("Wobblethorpe", "Gherkin Parade", "ermintrude@", "900777", "QQ 77 88 99", "943 476 5919",
         "RHUBARB-BASSOON")  # fmt: skip
"""Stretches by which each is known, however it was cut."""

Row = dict[str, str]


def _in_an_unmapped_column(rows: list[Row]) -> None:
    for row in rows:
        row["Carer's own notes"] = " ".join(PLANTED)


def _in_texts(rows: list[Row]) -> None:
    for row in rows[:20]:
        row["Details of Complaint"] = " ".join(PLANTED)
        row["Customer Name"], row["Customer Address"], row["Customer Email"] = PLANTED[:3]


def _where_a_day_should_be(rows: list[Row]) -> None:
    for row, words in zip(rows[20:], PLANTED, strict=False):
        row["Received"] = words


def _in_two_cells_more_than_there_are(text: str) -> str:
    lines = text.splitlines()
    lines[30] += f",{PLANTED[0]},{PLANTED[3]}"
    return "\r\n".join([*lines, ""])


CHANGED: dict[str, Callable[[list[Row]], None]] = {
    "complaints_full_20240304.csv": _in_an_unmapped_column,
    "complaints_changes_20240325.csv": _in_texts,
    "complaints_changes_20240401.csv": _where_a_day_should_be,
}
TORN = "complaints_changes_20240318.csv"


def plant(inbox: Path) -> None:
    for name, change in CHANGED.items():
        rows = list(csv.DictReader(io.StringIO((inbox / name).read_text("utf-8-sig"))))
        change(rows)
        written = io.StringIO()
        lines = csv.DictWriter(written, list(rows[0]), extrasaction="ignore")
        lines.writeheader()
        lines.writerows(rows)
        (inbox / name).write_text(written.getvalue(), "utf-8-sig", newline="")
    torn = inbox / TORN
    torn.write_text(_in_two_cells_more_than_there_are(torn.read_text("utf-8-sig")), "utf-8-sig")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A council like Northmere, whose exports hold planted people."""
    folder = tmp_path_factory.mktemp("planted")
    inbox = folder / "inbox"
    shutil.copytree(ROOT / "data/exports/northmere", inbox)
    plant(inbox)
    council = folder / "councils" / COUNCIL
    shutil.copytree(ROOT / "councils/northmere", council)
    declared = (council / "council.yaml").read_text("utf-8")
    (council / "council.yaml").write_text(
        re.sub(r"(?m)^inbox: .*$", f"inbox: {inbox}", declared), "utf-8"
    )
    return settings(
        {"CANDOUR_HOME": str(folder / "var"), "CANDOUR_COUNCILS": str(folder / "councils")}
    )


@pytest.fixture(scope="module")
def everything(at: Settings) -> tuple[Path, str]:
    """Every report made, released and given out, and a file refused; where, and what was logged."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        said = _everything(at)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    return Path(at.home).parent, heard.getvalue() + said


def _everything(at: Settings) -> str:
    intake = extract(at, COUNCIL, LANDED_ON)
    validate(at, COUNCIL, intake.id)
    folder = Path(at.home).parent
    with sink(folder / "mails") as address:
        for report, period in (
            ("monthly_pack", "2024-03"), ("weekly_bulletin", "2024-W14"),
            ("annual_report", "2023-24"),
        ):  # fmt: skip
            draft = build(at, compute_kpis(at, COUNCIL, report, Period.parse(period)))
            approved_by_name(at, draft, at=RELEASED_AT)
            release = publish(at, draft, released_at=RELEASED_AT)
            distribute(replace(at, smtp=address), release, now=RELEASED_AT)
    refused = folder / "inbox/complaints_changes_20240603.csv"
    refused.write_text(f'Ref,Wrong\r\n{PLANTED[0]},"{", ".join(PLANTED[1:])}"\r\n', "utf-8")
    with pytest.raises(InputError) as stopped:
        extract(at, COUNCIL, LANDED_ON)
    return str(stopped.value)


def test_the_planted_are_there_to_be_found(everything: tuple[Path, str]) -> None:
    folder, _ = everything
    landed = "".join(
        texts_of(p.read_bytes()) for p in (folder / "var/raw").rglob("*") if p.is_file()
    )
    assert [mark for mark in MARKS if mark not in landed] == []


def test_no_byte_of_anything_made_holds_one(everything: tuple[Path, str]) -> None:
    """Frames, facts, drafts, releases, portal, mails and both databases, each unpacked."""
    folder, _ = everything
    made = [p for place in ("var", "mails") for p in (folder / place).rglob("*") if p.is_file()]
    found, kinds = {}, set()
    for path in made:
        parts = path.relative_to(folder).parts
        kinds.add(parts[1] if parts[0] == "var" else parts[0])
        if "raw" in parts or path.name == "quarantine.parquet":
            continue
        said = texts_of(path.read_bytes())
        if marks := [mark for mark in MARKS if mark in said]:
            found[str(path.relative_to(folder))] = marks
    assert not found
    assert {"candour.db", "drafts", "facts", "portal", "releases"} <= kinds
    assert [p for p in made if p.suffix == ".eml"]


def test_no_frame_holds_one(at: Settings, everything: tuple[Path, str]) -> None:
    """Parquet packs its columns, so that frames are read and not only their bytes."""
    import pandas as pd  # noqa: PLC0415

    frames = [p for p in Path(at.home).rglob("*.parquet") if p.name != "quarantine.parquet"]
    assert frames
    for path in frames:
        said = pd.read_parquet(path).to_csv()
        assert not [mark for mark in MARKS if mark in said], path.name


def test_no_log_and_no_error_says_one(everything: tuple[Path, str]) -> None:
    _, heard = everything
    assert "complaints_changes_20240603.csv" in heard
    assert not [mark for mark in MARKS if mark in heard]
