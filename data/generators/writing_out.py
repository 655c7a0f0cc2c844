"""Writing out: a folder holds exactly the files that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_out(inbox: Path, made: Mapping[str, bytes], whose: str) -> None:
    """Write every file into a folder, remove what is no longer made, and say what there is."""
    inbox.mkdir(parents=True, exist_ok=True)
    for stale in set(inbox.iterdir()) - {inbox / name for name in made}:
        stale.unlink()
    for name, content in made.items():
        (inbox / name).write_bytes(content)
        print(f"{whose}/{name}: {len(content):,} bytes")
