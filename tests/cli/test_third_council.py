"""A third council is taken on by writing a folder, and its figures are those of its own file.

Its export is a workbook with one row a case, a block of columns a stage, Welsh headings and days
written 2024.03.04; it has procedures, limits, clocks and a reporting year of its own.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
import pytest
from openpyxl import Workbook

from .conftest import PROJECT, Answer, Typist, type_at

HEADERS = (
    "Cyfeirnod", "Enw", "Cyfeiriad", "Gweithdrefn", "Cyfarwyddiaeth", "Gwasanaeth", "Natur y gŵyn",
    "Derbyniwyd Cam 1", "Cydnabuwyd Cam 1", "Ymatebwyd Cam 1", "Canlyniad Cam 1",
    "Derbyniwyd Cam 2", "Ymatebwyd Cam 2", "Canlyniad Cam 2", "Iawndal",
)  # fmt: skip

FOLDER = {
    "council.yaml": """
name: Cyngor Glanwern
kind: fictional
inbox: {inbox}
history_from: 2023-01-01
reporting_year_starts: January
closures: [{{on: 2024-03-01, why: Gŵyl Ddewi}}]
complaints_team: {{name: Tîm Cwynion, email: cwynion@glanwern.invalid}}
reports:
  monthly_pack: {{audience: rheolwyr}}
""",
    "procedures.yaml": """
corfforaethol:
  name: Cwynion corfforaethol
  short_name: Corfforaethol
  basis: Polisi Pryderon a Chwynion
  after_last_stage: Ombwdsmon Gwasanaethau Cyhoeddus Cymru
  stages:
    1: {name: Cam un, clock: day_of_receipt, acknowledge_within: 3, respond_within: 8}
    2: {name: Cam dau, clock: day_after_receipt, respond_within: 18}
gofal:
  name: Gofal cymdeithasol
  short_name: Gofal
  basis: Rheoliadau 2014
  stages:
    1:
      name: Cam un
      clock: rolled_receipt
      acknowledge_within: 3
      respond_within: [{days: 12}, {from: 2024-01-01, days: 9}]
    2: {name: Cam dau, clock: rolled_receipt, respond_within: 25}
""",
    "services.yaml": """
directorates:
  amgylchedd:
    name: Amgylchedd
    services:
      gwastraff: {name: Gwastraff ac ailgylchu, also: [Gwastraff & ailgylchu]}
      ffyrdd: {name: Ffyrdd}
  pobl:
    name: Pobl
    services:
      oedolion: {name: Gwasanaethau oedolion}
categories: {oedi: {name: Oedi}, staff: {name: Agwedd staff}}
""",
    "exports.yaml": """
cwynion:
  fills: steps
  files: [{name: "cwynion {date}.xlsx", holds: everything}]
  date_in_name: "%Y.%m.%d"
  one_row: case
  sheet: Cwynion
  dates: ["%Y.%m.%d"]
  blanks: ["", "amherthnasol"]
  columns:
    case_ref: Cyfeirnod
    procedure:
      column: Gweithdrefn
      values: {corfforaethol: [Corfforaethol], gofal: [Gofal cymdeithasol]}
    directorate: Cyfarwyddiaeth
    service: {column: Gwasanaeth, within: Cyfarwyddiaeth}
    category: Natur y gŵyn
  stages:
    1:
      received_on: Derbyniwyd Cam 1
      acknowledged_on: Cydnabuwyd Cam 1
      responded_on: Ymatebwyd Cam 1
      outcome:
        column: Canlyniad Cam 1
        values:
          upheld: [Cadarnhawyd]
          partially_upheld: [Yn rhannol]
          not_upheld: [Ni chadarnhawyd]
      redress_pence: {column: Iawndal, money: pounds}
    2:
      received_on: Derbyniwyd Cam 2
      responded_on: Ymatebwyd Cam 2
      outcome:
        column: Canlyniad Cam 2
        values:
          upheld: [Cadarnhawyd]
          partially_upheld: [Yn rhannol]
          not_upheld: [Ni chadarnhawyd]
  personal: [Enw, Cyfeiriad]
  noise: [Cyfanswm]
""",
    "targets.yaml": """
- {kpi: responded_in_time, where: {stage: "1"}, at_least: 80, source: Cynllun corfforaethol}
""",
    "audiences.yaml": "rheolwyr: {name: Rheolwyr, sees: cases}\n",
}

LAST_DAY = dt.date(2024, 6, 3)
MARCH = (dt.date(2024, 3, 1), dt.date(2024, 4, 1))


@dataclass
class Case:
    """A case as the test made it up."""

    reference: str
    care: bool
    service: tuple[str, str]
    received: list[dt.date]
    acknowledged: dt.date | None
    answered: list[dt.date | None]
    outcomes: list[str]
    redress: str


def _cases() -> list[Case]:
    """Eighteen months of cases, the same at every run."""
    chance = Random(20240603)
    services = [
        ("Amgylchedd", "Gwastraff ac ailgylchu"),
        ("Amgylchedd", "Gwastraff & ailgylchu"),
        ("Amgylchedd", "Ffyrdd"),
    ]
    cases = []
    for number in range(420):
        received = dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(519))
        care = chance.random() < 0.3
        first = _later(received, chance.choice((4, 8, 10, 11, 12, 13, 14, 18, 25, 40)))
        case = Case(
            reference=f"GW-{number:04}",
            care=care,
            service=("Pobl", "Gwasanaethau oedolion") if care else chance.choice(services),
            received=[received],
            acknowledged=_later(received, chance.randrange(6)),
            answered=[first],
            outcomes=[chance.choice(("Cadarnhawyd", "Yn rhannol", "Ni chadarnhawyd"))],
            redress=chance.choice(("", "", "", "£75.50", "120")),
        )
        if first is not None and chance.random() < 0.2:
            again = _later(first, chance.randrange(1, 20))
            if again is not None:
                case.received.append(again)
                case.answered.append(_later(again, chance.choice((20, 24, 26, 35))))
                case.outcomes.append(chance.choice(("Cadarnhawyd", "Ni chadarnhawyd")))
        cases.append(case)
    return cases


def _later(day: dt.date, days: int) -> dt.date | None:
    later = day + dt.timedelta(days=days)
    return later if later <= LAST_DAY else None


def _written(day: dt.date | None) -> str:
    return "" if day is None else f"{day:%Y.%m.%d}"


def _row(case: Case) -> list[str]:
    outcomes = [
        outcome if answered else "amherthnasol"
        for outcome, answered in zip(case.outcomes, case.answered, strict=True)
    ]
    second = len(case.received) > 1
    return [
        case.reference, "Siân Caneri", "1 Heol Caneri",
        "Gofal cymdeithasol" if case.care else "Corfforaethol", *case.service,
        "Oedi" if int(case.reference[3:]) % 2 else "Agwedd staff",
        _written(case.received[0]), _written(case.acknowledged), _written(case.answered[0]),
        outcomes[0],
        _written(case.received[1]) if second else "",
        _written(case.answered[1]) if second else "",
        outcomes[1] if second else "",
        case.redress if case.answered[0] else "",
    ]  # fmt: skip


@dataclass(frozen=True)
class Glanwern:
    """The third council, its cases and somebody who types."""

    root: Path
    cases: list[Case]

    def candour(self, *words: str) -> Answer:
        return type_at(self.root / "home", *words, councils=self.root / "councils")

    def figure(self, *words: str) -> dict:
        answer = self.candour("figures", "glanwern", *words, "--json")
        assert answer.code == 0, answer.err
        return answer.json


@pytest.fixture(scope="module")
def glanwern(tmp_path_factory: pytest.TempPathFactory) -> Glanwern:
    root = tmp_path_factory.mktemp("glanwern")
    inbox, folder = root / "mewnflwch", root / "councils" / "glanwern"
    inbox.mkdir()
    folder.mkdir(parents=True)
    for name, text in FOLDER.items():
        (folder / name).write_text(text.format(inbox=inbox) if name == "council.yaml" else text)
    cases = _cases()
    book = Workbook()
    book.create_sheet("Nodiadau").append(["Adroddiad o'r system gwynion"])
    sheet = book.create_sheet("Cwynion")
    for line in (["Pob cwyn hyd at 2024.06.03"], [], HEADERS, *map(_row, cases)):
        sheet.append([*line])
    sheet.append(["Cyfanswm", len(cases)])
    path = inbox / "cwynion 2024.06.03.xlsx"
    book.save(path)
    os.utime(path, (0, 0))
    return Glanwern(root, cases)


@pytest.fixture(scope="module")
def checked(glanwern: Glanwern) -> Answer:
    return glanwern.candour("check", "glanwern")


def test_its_folder_and_export_need_no_attention(checked: Answer) -> None:
    assert (checked.code, checked.lines[-1]) == (0, "Nothing needs attention."), checked.out
    assert "The exports cover 2023-01 to 2024-05 whole." in checked.lines


def test_a_row_a_case_is_not_a_row_a_stage(glanwern: Glanwern) -> None:
    (file,) = glanwern.candour("check", "glanwern", "--json").json["files"]
    assert (file["loaded"], file["quarantined"]) == (len(glanwern.cases), 0)
    assert file["loaded"] + file["noise"] == file["rows_in_file"]


def test_what_it_has_no_export_for_is_said_and_is_no_fault(checked: Answer) -> None:
    assert "No export fills compliments. compliments_received, compliments_quoted" in checked.lines
    extended = "exports.yaml maps nothing to extended_to_on (the new last day told to the person)."
    assert any(line.startswith(extended) for line in checked.lines)


@pytest.fixture(scope="module")
def ran(glanwern: Glanwern, checked: Answer) -> Answer:
    return glanwern.candour("run", "glanwern", "monthly_pack", "2024-03", "--json")


def test_its_pack_is_released(ran: Answer) -> None:
    assert ran.code == 0, ran.err
    assert "glanwern-monthly-pack-2024-03.xlsx" in [name for name, _ in ran.json["files"]]


def _in_march(day: dt.date | None) -> bool:
    return day is not None and MARCH[0] <= day < MARCH[1]


@pytest.fixture(scope="module")
def closed_days() -> np.ndarray:
    """England and Wales's bank holidays, and the day the council closes by itself."""
    with (PROJECT / "data/reference/bank_holidays.csv").open(encoding="utf-8-sig") as file:
        days = [row["date"] for row in csv.DictReader(file)]
    return np.array([*days, "2024-03-01"], dtype="M8[D]")


def _steps(cases: list[Case]) -> list[tuple[Case, int]]:
    return [(case, stage) for case in cases for stage in range(len(case.received))]


def _due(case: Case, stage: int, closed: np.ndarray) -> dt.date:
    """The last day in time, counted here by numpy's calendar from the council's own words."""
    received = case.received[stage]
    if not case.care and stage == 0:  # the day of receipt, or the next working day, is day one
        return np.busday_offset(received, 8 - 1, roll="forward", holidays=closed).item()
    if not case.care:  # the day after receipt is day one
        return np.busday_offset(received, 18, roll="backward", holidays=closed).item()
    # Receipt on a day that does not count moves to the next one; the day after it is day one.
    limit = 25 if stage else (9 if received >= dt.date(2024, 1, 1) else 12)
    return np.busday_offset(received, limit, roll="forward", holidays=closed).item()


def test_received_is_what_the_file_says(ran: Answer, glanwern: Glanwern) -> None:
    received = [case for case in glanwern.cases if _in_march(case.received[0])]
    told = glanwern.figure("complaints_received", "2024-03", "--by", "service", "--cases")
    assert told["cases"]["counted"] == sorted(f"{case.reference} stage 1" for case in received)
    by_service = {part["about"]: part["count"] for part in told["figures"][1:]}
    waste = [case for case in received if case.service[1].startswith("Gwastraff")]
    assert by_service == {
        "Gwastraff ac ailgylchu": len(waste),
        "Ffyrdd": len([case for case in received if case.service[1] == "Ffyrdd"]),
        "Gwasanaethau oedolion": len([case for case in received if case.care]),
    }


@pytest.mark.parametrize("stage", [0, 1])
def test_in_time_follows_its_own_limits_and_clocks(
    ran: Answer, glanwern: Glanwern, closed_days: np.ndarray, stage: int
) -> None:
    sent = [
        (case, case.answered[stage])
        for case, at in _steps(glanwern.cases)
        if at == stage and _in_march(case.answered[at])
    ]
    in_time = [
        f"{case.reference} stage {stage + 1}"
        for case, answered in sent
        if answered <= _due(case, stage, closed_days)
    ]
    where = f"stage={stage + 1}"
    told = glanwern.figure("responded_in_time", "2024-03", "--where", where, "--cases")
    assert 0 < len(in_time) < len(sent)
    assert told["cases"]["counted"] == sorted(in_time)
    assert (told["figures"][0]["count"], told["figures"][0]["base"]) == (len(in_time), len(sent))


def test_a_year_is_its_own_reporting_year(
    ran: Answer, glanwern: Glanwern, closed_days: np.ndarray
) -> None:
    sent = [
        (case, stage)
        for case, stage in _steps(glanwern.cases)
        if case.answered[stage] is not None and case.answered[stage].year == 2023
    ]
    late = [1 for case, stage in sent if case.answered[stage] > _due(case, stage, closed_days)]
    told = glanwern.figure("responded_in_time", "2023")["figures"][0]
    assert (told["count"], told["base"]) == (len(sent) - len(late), len(sent))


def test_open_and_overdue_at_the_end_of_the_month(
    ran: Answer, glanwern: Glanwern, closed_days: np.ndarray
) -> None:
    there = [
        (case, stage)
        for case, stage in _steps(glanwern.cases)
        if case.received[stage] < MARCH[1]
        and not (case.answered[stage] and case.answered[stage] < MARCH[1])
    ]
    overdue = [1 for case, stage in there if _due(case, stage, closed_days) < MARCH[1]]
    assert glanwern.figure("open_steps", "2024-03")["figures"][0]["count"] == len(there)
    assert glanwern.figure("overdue_steps", "2024-03")["figures"][0]["count"] == len(overdue)


def test_money_written_with_and_without_a_sign_is_added_up(ran: Answer, glanwern: Glanwern) -> None:
    pence = {"£75.50": 7550, "120": 12000, "": 0}
    paid = sum(pence[case.redress] for case in glanwern.cases if _in_march(case.answered[0]))
    told = glanwern.figure("redress_paid", "2024-03")["figures"][0]
    assert Fraction(told["value"]) == Fraction(paid, 100) > 0


def test_its_clock_is_told_with_its_own_limit_and_closure(
    ran: Answer, glanwern: Glanwern, closed_days: np.ndarray
) -> None:
    over_the_closure = next(
        case
        for case in glanwern.cases
        if not case.care and dt.date(2024, 2, 22) <= case.received[0] < dt.date(2024, 3, 1)
    )
    lines = glanwern.candour("explain", "glanwern", over_the_closure.reference).lines
    due = _due(over_the_closure, 0, closed_days)
    assert f"Day eight, the last day, is {due:%A} {due.day} {due:%B %Y}." in lines
    assert "Not counted, besides weekends: Friday 1 March 2024 (Council closed)." in lines
    assert "Cam un" in lines


@pytest.mark.parametrize(("year", "limit"), [(2023, "twelve"), (2024, "nine")])
def test_a_limit_that_changed_on_a_day_holds_for_what_came_from_then_on(
    ran: Answer, glanwern: Glanwern, closed_days: np.ndarray, year: int, limit: str
) -> None:
    case = next(c for c in glanwern.cases if c.care and c.received[0].year == year)
    due = _due(case, 0, closed_days)
    lines = glanwern.candour("explain", "glanwern", case.reference).lines
    assert f"Day {limit}, the last day, is {due:%A} {due.day} {due:%B %Y}." in lines


def test_nobody_is_named(glanwern: Glanwern, checked: Answer, ran: Answer) -> None:
    assert "caneri" not in (checked.out + checked.err + ran.out + ran.err).casefold()
    for path in (glanwern.root / "home").rglob("*"):
        if path.is_file() and "raw" not in path.parts:
            assert b"Caneri" not in path.read_bytes(), path


def test_its_folder_can_be_begun_from_a_file_whose_headings_nobody_knows(
    glanwern: Glanwern, tmp_path: Path
) -> None:
    (file,) = (glanwern.root / "mewnflwch").iterdir()
    typist = Typist(tmp_path / "home")
    two_sheets = typist("new", "drydydd", str(file), "--into", str(tmp_path))
    assert (two_sheets.code, two_sheets.out) == (3, "")
    assert "has 2 sheets" in two_sheets.err
    assert [*tmp_path.iterdir()] == []

    drafted = typist("new", "drydydd", str(file), "--into", str(tmp_path), "--sheet", "Cwynion")
    assert drafted.code == 0, drafted.err
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "drydydd").iterdir()}
    assert set(texts) == set(FOLDER)
    assert "Natur y gŵyn" in texts["exports.yaml"]
    assert "sheet: Cwynion" in texts["exports.yaml"]
    assert "caneri" not in "".join(texts.values()).casefold()
