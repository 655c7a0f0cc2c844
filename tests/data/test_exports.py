"""What ``data/README.md`` says of the sample exports is so."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "data" / "exports"
README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
CANARIES = json.loads((Path(__file__).parent / "canaries.json").read_text(encoding="utf-8"))
COUNCILS = ("knowsley", "northmere")
REFERENCE = {
    "knowsley": ("Contact Ref", "Case Reference"),
    "northmere": ("Enquiry No", "Ref", "reference"),
}
STAGE = {"knowsley": "Stage", "northmere": "Complaint Stage"}
PAST = {
    "knowsley": (
        *("Date Received", "Date Logged", "Date Acknowledged", "Date Statement Agreed"),
        *("Extension Agreed", "Date Response Sent", "Date Closed", "Date Withdrawn", "Reopened"),
    ),
    "northmere": (
        *("Received", "Registered", "Acknowledgement Sent", "Complaint Definition Agreed"),
        *("Extension Letter Sent", "Response Sent", "Record Closed", "Withdrawn/Refused On"),
        "Re-opened On",
    ),
}


def text_of(path: Path) -> str:
    content = path.read_bytes()
    mark = content.startswith(b"\xef\xbb\xbf")
    return content.decode("utf-8-sig" if mark else "cp1252")


def records(path: Path) -> list[dict[str, str]]:
    text = text_of(path)
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    return [
        {header: " ".join((cell or "").split()) for header, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]


def said_in_the_readme() -> Iterator[tuple[str, str, str, int]]:
    for line in README.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in COUNCILS and len(cells) == 6:
            yield cells[0], cells[1], cells[2], int(cells[3])


def known_as(council: str, row: dict[str, str]) -> str:
    """A row's reference; of a row without one, its first filled cell when it has nothing else."""
    header = next(name for name in REFERENCE[council] if name in row)
    filled = [cell for cell in row.values() if cell]
    return row[header] or (filled[0] if len(filled) <= 2 else "(blank)")


def day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text[:10], "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


@pytest.mark.parametrize(("council", "file", "reference", "count"), list(said_in_the_readme()))
def test_a_wrong_row_stands_where_the_readme_says(
    council: str, file: str, reference: str, count: int
) -> None:
    found = [known_as(council, row) for row in records(EXPORTS / council / file)]
    assert found.count(reference) == count


def test_the_readme_names_every_row_without_a_reference_or_far_out_of_sequence() -> None:
    strange = {
        (council, known_as(council, row))
        for council in COUNCILS
        for path in (EXPORTS / council).glob("complaints_*.csv")
        for row in records(path)
        if not re.fullmatch(r"(KC-\d\d-0\d{4}|NM/\d{4}/0\d{4})", known_as(council, row))
    }
    assert strange == {
        (council, reference)
        for council, file, reference, _ in said_in_the_readme()
        if file.startswith("complaints_") and reference not in repeated(council)
    }


def repeated(council: str) -> set[str]:
    return {ref for one, _, ref, count in said_in_the_readme() if one == council and count > 1}


@pytest.mark.parametrize("council", COUNCILS)
def test_the_only_repeated_keys_are_those_named(council: str) -> None:
    for path in sorted((EXPORTS / council).glob("complaints_*.csv")):
        keys = [(known_as(council, row), row[STAGE[council]][-1:]) for row in records(path)]
        twice = {key[0] for key in keys if keys.count(key) > 1}
        assert twice == (repeated(council) if "20240325" in path.name else set())


@pytest.mark.parametrize("council", COUNCILS)
def test_two_complaints_vanish_from_the_last_full_extract(council: str) -> None:
    header = REFERENCE[council][1]

    def seen(file: str) -> set[str]:
        return {row[header] for row in records(EXPORTS / council / file)}

    earlier = set().union(
        *(
            seen(path.name)
            for path in (EXPORTS / council).glob("complaints_changes_*.csv")
            if "20240527" not in path.name
        )
    )
    true = re.compile(r"(KC-\d\d-0\d{4}|NM/\d{4}/0\d{4})")
    gone = {ref for ref in earlier - seen("complaints_full_20240527.csv") if true.fullmatch(ref)}
    sentence = README.split("so to be reported and\nkept: ")[1].split(".")[0]
    assert gone == {ref for ref in true.findall(sentence) if ref[0] == council[0].upper()}
    assert len(gone) == 2


@pytest.mark.parametrize("council", COUNCILS)
def test_no_extract_knows_the_day_it_was_made_or_any_later_day(council: str) -> None:
    for path in sorted((EXPORTS / council).glob("complaints_*.csv")):
        made = dt.datetime.strptime(path.stem[-8:], "%Y%m%d").date()  # noqa: DTZ007
        days = [day(row[header]) for row in records(path) for header in PAST[council]]
        assert max(known for known in days if known) < made


def test_a_complaint_open_in_one_extract_is_answered_in_the_next() -> None:
    first, second = (
        {
            row["Case Reference"]: row["Date Response Sent"]
            for row in records(EXPORTS / "knowsley" / f"complaints_changes_{on}.csv")
            if row["Stage"] in {"Stage 1", "Stage One", "S1"}
        }
        for on in ("20240311", "20240318")
    )
    answered = {ref for ref in first if not first[ref] and second.get(ref)}
    assert len(answered) >= 10
    weeks = {day(second[ref]) for ref in answered}
    assert weeks <= {dt.date(2024, 3, n) for n in range(11, 18)}


@pytest.mark.parametrize("council", COUNCILS)
@pytest.mark.parametrize("canary", CANARIES["strings"])
def test_a_canary_stands_in_the_complaints(council: str, canary: str) -> None:
    full = text_of(EXPORTS / council / "complaints_full_20240527.csv")
    assert canary in full


@pytest.mark.parametrize("council", COUNCILS)
def test_canaries_stand_in_compliments_and_learning_too(council: str) -> None:
    assert "Quillfeather" in text_of(EXPORTS / council / "compliments_20240408.csv")
    book = openpyxl.load_workbook(EXPORTS / council / "learning_20240408.xlsx")
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert any("Ostrichduster" in cell for cell in cells)


@pytest.mark.parametrize("council", COUNCILS)
def test_addresses_and_telephones_reach_nobody(council: str) -> None:
    for path in sorted((EXPORTS / council).glob("*.csv")):
        text = text_of(path)
        assert set(re.findall(r"@[\w.]+", text)) <= {"@mail.invalid", "@canary.invalid"}
        phones = re.findall(r"\b(?:0151 \d{3} \d{4}|07\d{3} \d{6})\b", text)
        assert all(phone.startswith(("0151 496 0", "07700 900")) for phone in phones)


def test_northmere_has_some_150_open_and_30_overdue_at_the_end_of_march() -> None:
    rows = standing_on(dt.date(2024, 4, 1))
    end = dt.date(2024, 3, 31)
    still_open = [row for row in rows if is_open(row)]
    overdue = [row for row in still_open if (due := day(row["Due Date"])) and due <= end]
    assert 145 <= len(still_open) <= 190
    assert 25 <= len(overdue) <= 40
    assert all(row["Investigating Officer"] for row in still_open)


def test_two_managers_of_northmere_have_nothing_outstanding_and_every_other_has_something() -> None:
    council = ROOT / "councils" / "northmere"
    services = yaml.safe_load((council / "services.yaml").read_text(encoding="utf-8"))
    manager = {
        label.casefold(): service["manager"]
        for directorate in services["directorates"].values()
        for service in directorate["services"].values()
        for label in (service["name"], *service.get("also", ()))
    }
    for monday in (dt.date(2024, 4, 8), dt.date(2024, 4, 15)):
        busy = {
            manager.get(row["Service"].casefold()) for row in standing_on(monday) if is_open(row)
        }
        assert set(manager.values()) - busy == {"p_ashdown", "p_ellery"}


def standing_on(extracted: dt.date) -> list[dict[str, str]]:
    """Northmere's newest rows as known from the extracts up to a day."""
    newest: dict[tuple[str, str], dict[str, str]] = {}
    folder = EXPORTS / "northmere"
    for path in sorted(folder.glob("complaints_*.csv"), key=lambda path: path.stem[-8:]):
        if path.stem[-8:] <= extracted.strftime("%Y%m%d"):
            for row in records(path):
                if re.fullmatch(r"NM/\d{4}/0\d{4}", row["Ref"]):
                    newest[row["Ref"], row["Complaint Stage"][-3:]] = row
    return list(newest.values())


def is_open(row: dict[str, str]) -> bool:
    answered, reopened = day(row["Response Sent"]), day(row["Re-opened On"])
    left = day(row["Withdrawn/Refused On"])
    return left is None and (answered is None or (reopened is not None and reopened > answered))
