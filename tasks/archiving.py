"""Archiving: the declarations a release depends on are kept by their digest, and laid out again."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from candour.errors import CandourError
from tasks import declared

if TYPE_CHECKING:
    from candour.kpi import Kpis
    from tasks.settings import Settings
    from tasks.store import Store

_HOLIDAYS = "data/reference/bank_holidays.csv"
_WORD = "templates/word/report.docx"
_FONTS = "templates/fonts"


def archive(settings: Settings, store: Store, council_id: str, digest: str) -> None:
    """Write down every declaration that ``digest`` is of, once; the same digest is the same."""
    name = path_of(digest)
    if store.exists(name):
        return
    council = f"councils/{council_id}"
    texts = {
        **_below(council, declared.council_texts(settings, council_id)),
        **_below("kpis", declared.shared_texts(settings, "kpis")),
        **_below("templates", declared.template_texts(settings, council_id)),
        **_below("expectations", declared.shared_texts(settings, "expectations")),
        _HOLIDAYS: (settings.project / _HOLIDAYS).read_text("utf-8"),
    }
    word = base64.b64encode(declared.word_template(settings, council_id)).decode()
    written = {"council": council_id, "texts": texts, "bytes": {_WORD: word}}
    store.write(name, json.dumps(written, sort_keys=True, ensure_ascii=False).encode())
    store.protect(name)


def path_of(digest: str) -> str:
    """Where the declarations of a digest are in the store."""
    return f"declarations/{digest}.json"


def laid_out(settings: Settings, store: Store, digest: str, folder: Path) -> Settings:
    """The declarations of a digest as a project folder of their own, and settings that read it.

    A council's own templates were laid over the shared ones when they were kept. Fonts ship with
    the code and are the ones of today.

    Raises:
        CandourError: they were not kept, or are not what was kept.
    """
    name = path_of(digest)
    if not store.exists(name):
        raise CandourError(f"The declarations of then were not kept: there is no {name}.")
    held = json.loads(store.read(name))
    contents = {path: text.encode() for path, text in held["texts"].items()}
    contents |= {path: base64.b64decode(coded) for path, coded in held["bytes"].items()}
    for path, content in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    fonts = (settings.project / _FONTS).resolve()
    (folder / _FONTS).symlink_to(fonts, target_is_directory=True)
    made = replace(settings, project=folder, council_folders=(folder / "councils",))
    if declared.config_digest(made, held["council"]) != digest:
        raise CandourError(
            f"{store.path(name)} does not hold the declarations it is named for: it was altered. "
            "Take it back from a backup."
        )
    return made


def kpis_of(store: Store, digest: str) -> Kpis | None:
    """The KPIs as the declarations of a digest define them; nothing where they were not kept."""
    from candour.facts import offered  # noqa: PLC0415  - pydantic models cost at parse time
    from candour.kpi import read_kpis  # noqa: PLC0415

    if not store.exists(path_of(digest)):
        return None
    texts = json.loads(store.read(path_of(digest)))["texts"]
    start = "kpis/"
    own = {path.removeprefix(start): text for path, text in texts.items() if path.startswith(start)}
    return read_kpis(own, offered())


def _below(folder: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in texts.items()}
