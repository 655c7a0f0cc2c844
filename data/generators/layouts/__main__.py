"""``python -m data.generators.layouts``: write the exports of every layout again."""

from __future__ import annotations

import sys
from pathlib import Path

from data.generators.layouts import hocs, icasework, jadu, salesforce

LAYOUTS = Path(__file__).parents[2] / "layouts"
VENDORS = {
    "hocs": hocs.files,
    "icasework": icasework.files,
    "jadu": jadu.files,
    "salesforce": salesforce.files,
}


def main(folder: Path) -> None:
    """Write every vendor's exports below a folder, and remove files no longer made."""
    for vendor, files in VENDORS.items():
        inbox = folder / vendor / "exports"
        inbox.mkdir(parents=True, exist_ok=True)
        made = files()
        for stale in set(inbox.iterdir()) - {inbox / name for name in made}:
            stale.unlink()
        for name, content in made.items():
            (inbox / name).write_bytes(content)
            print(f"{vendor}/{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LAYOUTS)
