"""``python -m data.generators``: write every sample export again, byte for byte the same."""

from __future__ import annotations

import sys
from pathlib import Path

from data.generators import cheshire_west, knowsley, northmere, stockport

EXPORTS = Path(__file__).parents[1] / "exports"
COUNCILS = {
    "cheshire_west": cheshire_west.files,
    "knowsley": knowsley.files,
    "northmere": northmere.files,
    "stockport": stockport.files,
}


def main(folder: Path) -> None:
    """Write the exports of every council below a folder, and remove files no longer made."""
    for council, files in COUNCILS.items():
        inbox = folder / council
        inbox.mkdir(parents=True, exist_ok=True)
        made = files()
        for stale in set(inbox.iterdir()) - {inbox / name for name in made}:
            stale.unlink()
        for name, content in made.items():
            (inbox / name).write_bytes(content)
            print(f"{council}/{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXPORTS)
