"""The councils' mappings name every header and every label of the sample exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).parents[2]
OFFICERS = {"(an officer)"}
"""What stands in a list of labels for everybody in ``people.yaml``."""
LISTS = {
    "category": "categories",
    "channel": "channels",
    "complainant_type": "complainant_types",
    "reason": "reasons",
}
UNKNOWN_ON_PURPOSE = {
    ("knowsley", "Complaint Type", "licensing act review"),
    ("knowsley", "Service Area", "bereavement services"),
    ("northmere", "Procedure", "freedom of information"),
    ("northmere", "Service", "allotments office"),
    ("northmere", "Team", "allotments"),
    ("northmere", "event", "case_unarchived"),
}
FILES = [
    (council, path.name)
    for council in ("knowsley", "northmere")
    for path in sorted((ROOT / "data" / "exports" / council).iterdir())
]


def plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()


def labels(terms: dict[str, dict]) -> set[str]:
    return {plain(one) for term in terms.values() for one in (term["name"], *term.get("also", ()))}


def declared(council: str, file: str) -> dict:
    return yaml.safe_load((ROOT / "councils" / council / f"{file}.yaml").read_text("utf-8"))


def known_labels(council: str, fills: str) -> dict[str, set[str]]:
    services = declared(council, "services")
    departments = services["directorates"]
    owned = {id_: one for part in departments.values() for id_, one in part["services"].items()}
    teams = {id_: t for one in owned.values() for id_, t in one.get("teams", {}).items()}
    people = declared(council, "people") if council == "northmere" else {}
    known = {column: labels(services[name]) for column, name in LISTS.items()}
    if fills in {"decisions", "improvements"}:
        known["category"] = labels(services["ombudsman_categories"])
    return known | {
        "directorate": labels(departments),
        "service": labels(owned),
        "team": labels(teams),
        "officer": labels(people),
        "owner": labels(people),
    }


def export_of(council: str, file: str) -> dict:
    (found,) = [
        export
        for export in declared(council, "exports").values()
        for one in export["files"]
        if re.fullmatch(re.escape(one["name"]).replace(r"\{date\}", r"\d{8}"), file)
    ]
    return found


def table(council: str, file: str, export: dict) -> Iterator[list[str]]:
    """The header and the rows below it."""
    path = ROOT / "data" / "exports" / council / file
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)[export["sheet"]]
        for row in sheet.iter_rows(values_only=True):
            if sum(cell is not None for cell in row) > 1:
                yield ["" if cell is None else str(cell) for cell in row]
        return
    content = path.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252"
    (delimiter,) = export.get("delimiters", [","])
    text = io.StringIO(content.decode(encoding), newline="")
    for cells in csv.reader(text, delimiter=delimiter):
        if sum(bool(cell) for cell in cells) > 1:
            yield cells


def sources(export: dict) -> dict[str, dict]:
    return {
        column: {"column": source} if isinstance(source, str) else source
        for column, source in export["columns"].items()
    }


def told_by_events(export: dict) -> dict[str, set[str]]:
    """Headers that events bring, with the labels declared for them; those of officers say so."""
    log = export.get("events", {})
    if not log:
        return {}
    # PyYAML reads the key ``on`` as true.
    found = {log["column"]: {plain(label) for label in log["labels"]}, log[True]: set()}
    for settings in log["labels"].values():
        for one in settings if isinstance(settings, list) else [settings]:
            if isinstance(one, dict) and "from" in one:
                said = {plain(label) for group in one.get("values", {}).values() for label in group}
                said |= OFFICERS if one["sets"] == "officer" else set()
                found.setdefault(one["from"], set()).update(said)
    return found


@pytest.mark.parametrize(("council", "file"), FILES)
def test_every_header_is_mapped_personal_or_ignored(council: str, file: str) -> None:
    export = export_of(council, file)
    mapped = {source["column"] for source in sources(export).values()}
    mapped |= set(told_by_events(export))
    named = [*mapped, *export.get("personal", ()), *export.get("ignored", ())]
    assert sorted(next(table(council, file, export))) == sorted(named)


@pytest.mark.parametrize(("council", "file"), FILES)
def test_every_label_is_known_but_those_planted(council: str, file: str) -> None:
    export = export_of(council, file)
    known = known_labels(council, export["fills"])
    means: dict[str, set[str]] = {}
    for column, source in sources(export).items():
        said = {plain(one) for group in source.get("values", {}).values() for one in group}
        means.setdefault(source["column"], set()).update(said, known.get(column, ()))
    blank = {plain(one) for one in (*export.get("blanks", ()), "")}
    for name, said in told_by_events(export).items():
        means.setdefault(name, set()).update(said, known["officer"] if said >= OFFICERS else ())
    header, *rows = table(council, file, export)
    unknown = {
        (council, name, plain(cell))
        for row in rows
        for name, cell in zip(header, row, strict=True)
        if means.get(name) and plain(cell) not in means[name] | blank | {plain(name)}
    }
    assert unknown <= UNKNOWN_ON_PURPOSE


@pytest.mark.parametrize(("council", "file"), FILES)
def test_the_day_in_the_name_is_a_monday(council: str, file: str) -> None:
    written = re.search(r"\d{8}", file)
    assert written
    form = export_of(council, file)["date_in_name"]
    assert dt.datetime.strptime(written[0], form).weekday() == 0  # noqa: DTZ007


def test_every_manager_and_owner_is_somebody_with_an_address_that_reaches_nobody() -> None:
    people = declared("northmere", "people")
    managers = {
        service["manager"]
        for directorate in declared("northmere", "services")["directorates"].values()
        for service in directorate["services"].values()
    }
    assert managers <= set(people)
    assert all(person["email"].endswith(".invalid") for person in people.values())
    assert not (ROOT / "councils" / "knowsley" / "people.yaml").exists()
