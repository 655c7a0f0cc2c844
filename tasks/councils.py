"""Councils: which folders are a council's, and in sentences what is wrong with the others."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.declarations.text import read_yaml
from candour.errors import CandourError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROFILE = "council.yaml"
"""The file that makes a folder a council's."""

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_ID = 60
"""Airflow takes a DAG id of 250 characters and a tag of 100."""
_PARTS = frozenset(
    {"alerts", "approval", "bulletins", "context", "delivery", "exports_arrive", "ombudsman"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """The councils there are folders for, by id, and what is wrong with other folders."""

    folders: Mapping[str, Path]
    objections: Sequence[str]


def is_id(name: str) -> bool:
    """Whether a folder of this name can be a council's: it begins the ids of the council's DAGs."""
    return len(name) <= _LONGEST_ID and _ID.fullmatch(name) is not None


def look(above: Sequence[Path]) -> Found:
    """Look through folders that hold council folders; opens no file.

    A folder counts if it has a ``council.yaml``, even one that cannot be read: its mistake is told
    where somebody looks, in the council's own runs. What vanishes meanwhile is not there.
    """
    folders: dict[str, Path] = {}
    objections: list[str] = []
    for holder in above:
        try:
            entries = sorted(os.scandir(holder), key=lambda entry: entry.name)
        except OSError as wrong:
            objections.append(
                f"{holder} holds no councils: {_why(wrong)}. Put it there, let Airflow's user read "
                "it, or take it out of CANDOUR_COUNCILS."
            )
            continue
        for entry in entries:
            objection = _consider(Path(entry.path), folders)
            if objection:
                objections.append(objection)
    return Found(dict(sorted(folders.items())), tuple(objections))


def is_there(folder: Path) -> bool:
    """Whether a folder has a ``council.yaml``, or nobody may look whether it has."""
    try:
        os.lstat(folder / PROFILE)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _consider(folder: Path, folders: dict[str, Path]) -> str:
    """Enter a folder if it is a council's; gives what is wrong with it, if anything."""
    if not is_there(folder):
        gone = folder.is_symlink() and not os.path.exists(folder)  # noqa: PTH110  - never raises
        return f"{folder} leads to a folder that is not there. Put that back." if gone else ""
    if not is_id(folder.name):
        return (
            f"{folder} cannot be a council's folder by that name. Begin with a letter and use "
            f"small letters, digits and single _ only, {_LONGEST_ID} at most, such as north_shire."
        )
    if folder.name in folders:
        return (
            f"There are two councils '{folder.name}'. {folders[folder.name]} is used and {folder} "
            "is not: rename one, or take it away."
        )
    folders[folder.name] = folder
    return ""


def outline(folder: Path) -> Mapping[str, Any]:
    """The entries of a folder's ``council.yaml`` as they stand, for what must parse at once.

    Nothing is checked but their shape: an entry that holds others is left out where it holds none,
    and a file that cannot be read has no entries. Both show in the council's own runs.
    """
    try:
        written = read_profile(folder)
    except CandourError:
        return {}
    return dict(_shaped(written)) if isinstance(written, dict) else {}


def objection_to(folder: Path) -> str:
    """Why a folder's ``council.yaml`` cannot be read; nothing where it can."""
    try:
        written = read_profile(folder)
    except CandourError as wrong:
        return str(wrong)
    if isinstance(written, dict):
        return ""
    return f"{folder / PROFILE} must hold entries such as 'name: Northmere Council'; it does not."


def read_profile(folder: Path) -> object:
    """What a folder's ``council.yaml`` says.

    Raises:
        CandourError: it cannot be read, with the reason.
    """
    file = folder / PROFILE
    try:
        return _read(file, file.stat().st_mtime_ns)
    except OSError as wrong:
        raise CandourError(f"{file} cannot be read: {_why(wrong)}.") from None
    except UnicodeDecodeError:
        raise CandourError(f"{file} is not a text in UTF-8. Save it as one.") from None


@cache
def _read(file: Path, _written_at: int) -> object:
    return read_yaml(file.read_text("utf-8"), str(file)).value


def _shaped(written: Mapping[object, Any]) -> Iterator[tuple[str, Any]]:
    for key, entry in written.items():
        if key == "reports":
            if isinstance(entry, dict):
                yield key, {name: _part(choice) for name, choice in entry.items()}
        elif key == "approval":
            approval = _part(entry)
            yield key, approval | {"approvers": _part(approval.get("approvers"))}
        elif key in _PARTS:
            yield str(key), _part(entry)
        else:
            yield str(key), entry


def _part(entry: object) -> dict[Any, Any]:
    return entry if isinstance(entry, dict) else {}


def _why(wrong: OSError) -> str:
    return (wrong.strerror or type(wrong).__name__).lower()
