"""Data Docs are kept in the store, wherever it is, and their first page lists every one of them."""

from __future__ import annotations

from pathlib import Path

from tasks.data_docs import keep
from tasks.store import Store


def built(root: Path, day: str) -> Path:
    """Pages as Great Expectations leaves them for one day's intake."""
    for name in ("index.html", "expectations/steps.html", f"validations/steps/{day}/1.html"):
        page = root / day / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<html>{day}</html>")
    return root / day


def test_pages_of_another_machine_are_listed_beside_those_of_before(tmp_path: Path) -> None:
    store = Store("memory://docs-of-two-machines")
    for day in ("2024-04-02", "2024-05-02"):
        keep(built(tmp_path, day), store, "data_docs/northmere")
    index = store.read("data_docs/northmere/index.html").decode()
    for day in ("2024-04-02", "2024-05-02"):
        assert f'href="validations/steps/{day}/1.html">steps, {day}<' in index
        assert store.exists(f"data_docs/northmere/validations/steps/{day}/1.html")
    assert index.count("expectations/steps.html") == 1
    assert "index.html" not in index
