"""Releases written by hand, as publish leaves them, for a portal to be made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from candour.ledger import COLUMNS
from tasks.portal import publish_portal
from tasks.settings import Settings
from tasks.state import Release, State
from tests.conftest import settings_at

MANAGERS = {"name": "Managers", "sees": "own_cases", "marking": "Official-Sensitive"}
PUBLIC = {"name": "The public", "sees": "counts", "marking": ""}
PROFILES: Mapping[str, Mapping[str, str]] = {"managers": MANAGERS, "public": PUBLIC}
APPROVER = {"name": "Bronwen Hale", "role": "Complaints manager", "how": "command"}

Files = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True)
class Shelved:
    """A run state with releases in it."""

    settings: Settings

    @property
    def root(self) -> Path:
        """Where the council's portal is."""
        return Path(self.settings.home) / "portal/northmere"

    def release(
        self,
        report: str,
        period: str,
        audience: str,
        files: Files,
        /,
        *,
        version: int = 1,
        at: str = "2024-06-03T09:00:00+00:00",
        reason: str = "First release",
        **told: Any,
    ) -> Path:
        """Write a release as publish does; gives its folder."""
        place = f"releases/northmere/{report}/{period}/{audience}/v{version}"
        folder = Path(self.settings.home) / place
        folder.mkdir(parents=True)
        for name, (_, content) in files.items():
            (folder / name).write_bytes(content)
        manifest = {
            "audience": audience,
            "as_of": "2024-04-01",
            "profile": PROFILES[audience],
            "headlines": [],
            "approver": APPROVER,
            "exceptions": [],
            "files": [
                {
                    "name": name,
                    "reader": reader,
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
                for name, (reader, content) in files.items()
            ],
            **told,
        }
        written = json.dumps(manifest).encode()
        (folder / "manifest.json").write_bytes(written)
        row = Release("northmere", report, period, audience, version, f"{place}", place, reason, at)
        assert State(self.settings.database).commit_release(
            row, hashlib.sha256(written).hexdigest()
        )
        return folder

    def publish(self) -> list[str]:
        """Make the portal."""
        return publish_portal(self.settings, "northmere")

    def page(self, folder: str) -> str:
        """The page of a group."""
        return (self.root / folder / "index.html").read_text("utf-8")

    def bytes_of(self, folder: str) -> dict[str, bytes]:
        """Every file of a group's folder, by its path in it."""
        above = self.root / folder
        return {
            path.relative_to(above).as_posix(): path.read_bytes()
            for path in sorted(above.rglob("*"))
            if path.is_file()
        }


def ledger(*rows: tuple[str, str, str]) -> bytes:
    """A bulletin's ledger: KPI, manager (or nobody: the council) and what is displayed."""
    lines = [",".join(COLUMNS)]
    for kpi, manager, display in rows:
        held = {
            "figure": f"{kpi}|2024-W14", "kpi": kpi, "period": "2024-W14", "manager": manager,
            "count": display, "display": display,
        }  # fmt: skip
        lines.append(",".join(held.get(column, "") for column in COLUMNS))
    return "\n".join([*lines, ""]).encode()


@pytest.fixture
def shelved(tmp_path: Path) -> Shelved:
    """Nothing released yet."""
    return Shelved(settings_at(tmp_path))


@pytest.fixture
def stocked(shelved: Shelved) -> Shelved:
    """A bulletin, two versions of a pack, and an annual report for the public."""
    shelved.release(
        "weekly_bulletin",
        "2024-W14",
        "managers",
        {
            "ledger.csv": ("", ledger(
                ("overdue_steps", "p_osei", "8"), ("due_next_five_days", "p_osei", "6"),
                ("open_steps", "p_osei", "26"), ("overdue_steps", "p_singh", "71"),
                ("open_steps", "", "164"),
            )),
            "bulletin-p_osei.html": ("p_osei", b"<p>NM/2024/00001</p>"),
            "bulletin-p_osei.xlsx": ("p_osei", b"x" * 33_800),
            "bulletin-p_osei.eml": ("p_osei", b"mail"),
            "bulletin-p_singh.html": ("p_singh", b"<p>NM/2024/00002</p>"),
            "bulletin-p_singh.xlsx": ("p_singh", b"y"),
            "bulletin-p_ellery.html": ("p_ellery", b"nothing"),
        },
        at="2024-04-01T07:00:00+00:00",
        approver=None,
    )  # fmt: skip
    pack = {
        "northmere-monthly-pack-2024-03.xlsx": ("", b"pack"),
        "northmere-case-list-p_osei.xlsx": ("p_osei", b"NM/2024/00001"),
        "northmere-case-list-p_singh.xlsx": ("p_singh", b"NM/2024/00002"),
        "northmere-case-list-complaints_team.xlsx": ("complaints_team", b"NM/2024/00003"),
        "ledger.csv": ("", b"figures"),
    }
    said = {"headlines": ["Received: 221 complaints, up from 102.", "Overdue: 28 complaints."]}
    shelved.release("monthly_pack", "2024-03", "managers", pack, **said)
    corrected = pack | {"northmere-monthly-pack-2024-03.xlsx": ("", b"pack two")}
    shelved.release(
        "monthly_pack", "2024-03", "managers", corrected, version=2,
        at="2024-06-30T23:30:00+00:00", reason="Two cases were logged late", **said,
    )  # fmt: skip
    shelved.release(
        "annual_report", "2023-24", "public",
        {"northmere-annual-report-2023-24.pdf": ("", b"%PDF"), "ledger.csv": ("", b"figures")},
        headlines=["1,378 complaints were received."],
    )  # fmt: skip
    shelved.publish()
    return shelved
