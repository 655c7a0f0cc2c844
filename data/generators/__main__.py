"""``python -m data.generators``: write every sample export again, byte for byte the same."""

from __future__ import annotations

import sys
from pathlib import Path

from data.generators import cheshire_west, knowsley, northmere, stockport
from data.generators.writing_out import write_out

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
        write_out(folder / council, files(), council)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXPORTS)
