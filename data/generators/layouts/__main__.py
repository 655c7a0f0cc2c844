"""``python -m data.generators.layouts``: write the exports of every layout again."""

from __future__ import annotations

import sys
from pathlib import Path

from data.generators.layouts import hocs, icasework, jadu, salesforce
from data.generators.writing_out import write_out

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
        write_out(folder / vendor / "exports", files(), vendor)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LAYOUTS)
