"""Data Docs: Great Expectations' own pages, made to open without asking anything of a network."""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.store import Store

INDEX: Final = "index.html"

_FETCHED: Final = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<footer\b.*?</footer>|<link\b[^>]*>|<img\b[^>]*>",
    re.DOTALL,
)
"""What the pages fetch from elsewhere, and the style and scripts that only work with it."""

_STYLE: Final = """
body { font: 16px/1.5 Arial, sans-serif; color: #0b0c0c; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }
h1, h4, h5, h6 { font-size: 1.25rem; margin: 1.5rem 0 .5rem; }
h6 { font-size: 1rem; }
nav { height: auto !important; }
.ge-breadcrumbs { display: flex; gap: 1rem; list-style: none; padding: 0; }
a { color: #1d70b8; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #b1b4b6; padding: .3rem .6rem; text-align: left;
  vertical-align: top; }
td:first-child { width: 16rem; }
.badge { font-weight: bold; }
.card.mb-3 { display: none; }
[style*="color:red"] { color: inherit !important; }
.fas { font-style: normal; font-weight: bold; }
.fa-check-circle::before { content: "\\2713  holds"; color: #00703c; }
.fa-times::before { content: "\\2717  does not hold"; color: #d4351c; }
"""


def site(folder: Path) -> dict[str, dict[str, object]]:
    """The site Great Expectations is to build in that folder."""
    return {
        "validation": {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(folder),
            },
        }
    }


def stand_alone(folder: Path) -> None:
    """Make the built pages open anywhere: a style of their own, no scripts, a plain list first.

    As built, they fetch styles, scripts and a picture from eight other hosts whenever they are
    opened, and their first page is empty where it may not.
    """
    shutil.rmtree(folder / "static", ignore_errors=True)
    index = folder / INDEX
    pages = sorted(path for path in folder.rglob("*.html") if path != index)
    for page in pages:
        bare = _FETCHED.sub("", page.read_text("utf-8"))
        page.write_text(bare.replace("</head>", f"<style>{_STYLE}</style></head>"), "utf-8")
    index.write_text(_index(page.relative_to(folder).as_posix() for page in pages), "utf-8")


def keep(built: Path, store: Store, folder: str) -> None:
    """Keep built pages in a folder of the store; its first page lists those of before too."""
    for path in sorted(built.rglob("*")):
        if path.is_file() and path != built / INDEX:
            store.write(f"{folder}/{path.relative_to(built).as_posix()}", path.read_bytes())
    names = (name.removeprefix(f"{folder}/") for name in store.names(folder))
    pages = (name for name in names if name.endswith(".html") and name != INDEX)
    store.write(f"{folder}/{INDEX}", _index(pages).encode())


def _index(names: Iterable[str]) -> str:
    pages = [PurePosixPath(name) for name in names]
    results = _links([page for page in pages if page.parts[0] == "validations"])
    suites = _links([page for page in pages if page.parts[0] == "expectations"])
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Validation</title>'
        f"<style>{_STYLE}</style></head><body><h1>What was found</h1><ul>{results}</ul>"
        f"<h1>What must hold</h1><ul>{suites}</ul></body></html>\n"
    )


def _links(pages: list[PurePosixPath]) -> str:
    return "".join(
        f'<li><a href="{escape(page.as_posix())}">{escape(_title(page))}</a></li>' for page in pages
    )


def _title(page: PurePosixPath) -> str:
    """*steps, 2024-04-02* for a result, *steps* for a suite."""
    return ", ".join(page.parts[1:3]) if page.parts[0] == "validations" else page.stem
