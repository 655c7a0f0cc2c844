"""Data Docs: the pages Great Expectations writes."""

from __future__ import annotations

from pathlib import Path


def site(folder: Path) -> dict[str, dict[str, object]]:
    """The configuration of a site in that folder."""
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


def make_readable_offline(folder: Path) -> None:
    pass
