"""What goes wrong with a council's folder: each does one such thing to one folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

Mutation = Callable[[Path], None]


def _entry(name: str, written: str) -> Mutation:
    """Another value for an entry of council.yaml: its last mention would not do, twice is wrong."""

    def mutate(folder: Path) -> None:
        file = folder / "council.yaml"
        lines = file.read_text().splitlines()
        begins = next(
            (n for n, line in enumerate(lines) if line.startswith(f"{name}:")), len(lines)
        )
        after = begins + 1
        while after < len(lines) and lines[after].startswith((" ", "#")):
            after += 1
        file.write_text("\n".join([*lines[:begins], f"{name}: {written}", *lines[after:]]) + "\n")

    return mutate


def _whole(content: bytes) -> Mutation:
    def mutate(folder: Path) -> None:
        (folder / "council.yaml").write_bytes(content)

    return mutate


def _closed_file(folder: Path) -> None:
    (folder / "council.yaml").chmod(0)


def _closed_folder(folder: Path) -> None:
    folder.chmod(0)


def _folder_for_a_file(folder: Path) -> None:
    (folder / "council.yaml").unlink()
    (folder / "council.yaml").mkdir()


def _link_to_nothing(folder: Path) -> None:
    (folder / "council.yaml").unlink()
    (folder / "council.yaml").symlink_to(folder / "gone.yaml")


def _link_to_itself(folder: Path) -> None:
    (folder / "council.yaml").unlink()
    (folder / "council.yaml").symlink_to("council.yaml")


def _moved(name: str) -> Mutation:
    def mutate(folder: Path) -> None:
        folder.rename(folder.with_name(name))

    return mutate


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(folder.with_name("not_there"))


READ_BUT_WRONG: dict[str, Mutation] = {
    "no YAML": _whole(b"name: [Westshire\nkind: {"),
    "a tab": _whole(b"name:\n\t- Westshire\n"),
    "a list": _whole(b"- name\n- kind\n"),
    "a word": _whole(b"Westshire\n"),
    "empty": _whole(b""),
    "only a comment": _whole(b"# to be written\n"),
    "binary": _whole(bytes(range(256)) * 8),
    "another character set": _whole("name: Ynys Môn\n".encode("cp1252")),
    "two documents": _whole(b"name: a\n---\nname: b\n"),
    "an alias of itself": _whole(b"reports: &r {monthly_pack: *r}\n"),
    "a tag that would run code": _whole(b"name: !!python/object/apply:os.system ['true']\n"),
    "brackets without end": _whole(b"[" * 100_000),
    "lists without end": _whole(b"- " * 100_000 + b"x"),
    "a number without end": _whole(b"history_from: " + b"9" * 5_000),
    "a day there is not": _entry("history_from", "2021-02-30"),
    "reports is a list": _entry("reports", "[monthly_pack, weekly_bulletin]"),
    "reports is a word": _entry("reports", "monthly_pack"),
    "reports is empty": _entry("reports", ""),
    "a report is a list": _entry("reports", "{monthly_pack: [managers]}"),
    "a report is a number": _entry("reports", "{monthly_pack: 7, weekly_bulletin: yes}"),
    "a schedule is nonsense": _entry(
        "reports", "{monthly_pack: {audience: managers, schedule: nonsense}}"
    ),
    "a schedule is out of bounds": _entry(
        "reports", "{monthly_pack: {audience: managers, schedule: {working_day: 99, at: '25:99'}}}"
    ),
    "approval is a number": _entry("approval", "7"),
    "approvers is a list": _entry("approval", "{approvers: [somebody]}"),
    "hours without end": _entry(
        "approval",
        "{approvers: {a.b: {name: A, role: B, email: a@b.invalid}}, remind_after_hours: "
        "99999999999999, expires_after_hours: 999999999999999}",
    ),
    "bulletins is a word": _entry("bulletins", "x"),
    "bulletins on no day": _entry("bulletins", "{day: [Monday]}"),
    "exports arrive on no day": _entry("exports_arrive", '{on: Someday, by: "07:30"}'),
    "exports arrive at no time": _entry("exports_arrive", "{on: [Monday], by: noon}"),
    "exports arrive: a list": _entry("exports_arrive", "[Monday]"),
    "closures is a word": _entry("closures", "Christmas"),
    "a year that begins in no month": _entry("reporting_year_starts", "Smarch"),
    "inbox is a number": _entry("inbox", "[7]"),
    "a folder for a file": _folder_for_a_file,
    "a link to nothing": _link_to_nothing,
    "a link to itself": _link_to_itself,
}
CLOSED: dict[str, Mutation] = {
    "a file nobody may read": _closed_file,
    "a folder nobody may look into": _closed_folder,
}
"""The council's DAGs are there, and fail with a sentence that names its file."""

NO_COUNCIL: dict[str, Mutation] = {
    "a name with a space": _moved("west shire"),
    "a name with capitals": _moved("WestShire"),
    "a name in another alphabet": _moved("wést_shire"),
    "a name like a DAG's": _moved("west__intake"),
    "a name that is too long": _moved("w" * 61),
    "a folder that leads nowhere": _gone,
}
"""There is no such council, and the only import error says why."""


def lay_out(folder: Path, like: Path) -> None:
    """Two councils, both as they should be; nobody but their owner is kept out."""
    folder.mkdir(mode=0o755)
    for council in ("eastshire", "westshire"):
        shutil.copytree(like, folder / council)


def clear(folder: Path) -> None:
    """Take away what was laid out, whatever became of it."""
    for path in folder.iterdir():
        if not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)
