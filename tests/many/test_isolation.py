"""Isolation: whatever is wrong with one council's folder, every other council's DAGs are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from candour.errors import ConfigurationError
from tasks import councils, declared
from tasks.settings import settings
from tests.many.mutations import CLOSED, NO_COUNCIL, READ_BUT_WRONG
from tests.many.running import FLOWS, found_by

TELLS = "folders.py"
"""The DAG file that makes no DAG and says which folders are wrong."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Airflow finds after each mutation, in a process of its own."""
    return found_by("tests.many.parsing", tmp_path_factory.mktemp("airflow"))


def _of_councils(look: dict[str, Any]) -> set[str]:
    """The DAGs that are of one council each."""
    return {name for name in look["dags"] if not name.startswith("every_council__")}


def _dags_of(council: str, look: dict[str, Any]) -> dict[str, list[str]]:
    return {name: tasks for name, tasks in look["dags"].items() if name.startswith(f"{council}__")}


def test_two_sound_councils_have_the_same_dags(found: dict[str, Any]) -> None:
    look = found["as it should be"]
    wanted = {f"{council}__{flow}" for council in ("eastshire", "westshire") for flow in FLOWS}
    assert _of_councils(look) == wanted
    assert look["errors"] == {}
    assert look["said"] == ""


@pytest.mark.parametrize("name", [*READ_BUT_WRONG, *CLOSED, *NO_COUNCIL])
def test_the_other_council_loses_nothing(found: dict[str, Any], name: str) -> None:
    sound = _dags_of("eastshire", found["as it should be"])
    assert _dags_of("eastshire", found[name]) == sound
    assert set(found[name]["errors"]) <= {TELLS}


@pytest.mark.parametrize("name", [*READ_BUT_WRONG, *CLOSED])
def test_the_council_keeps_its_dags_which_say_what_is_wrong(
    found: dict[str, Any], name: str
) -> None:
    assert "westshire__intake" in found[name]["dags"]
    assert "westshire__monthly_pack" in found[name]["dags"]
    assert "westshire/" in found[name]["said"]


@pytest.mark.parametrize("name", NO_COUNCIL)
def test_a_folder_that_cannot_be_a_councils_is_told_by_name(
    found: dict[str, Any], name: str
) -> None:
    assert _of_councils(found[name]) == set(_dags_of("eastshire", found["as it should be"]))
    assert "/councils/w" in found[name]["errors"][TELLS].lower()


def test_a_file_that_cannot_be_read_is_told_before_anything_runs(found: dict[str, Any]) -> None:
    for name in ("no YAML", "binary", "brackets without end", "a file nobody may read"):
        assert "westshire/council.yaml" in found[name]["errors"][TELLS], name


def test_a_folder_that_comes_and_goes_meanwhile_stops_no_other(found: dict[str, Any]) -> None:
    assert all(missed == [] for missed in found["vanishing"]["missed"])
    assert {Path(file).name for file, _ in found["vanishing"]["errors"]} <= {TELLS}


def test_of_two_folders_with_one_name_the_first_is_used_and_the_other_told(tmp_path: Path) -> None:
    for holder in ("one", "two"):
        (tmp_path / holder / "eastshire").mkdir(parents=True)
        (tmp_path / holder / "eastshire/council.yaml").write_text(f"name: {holder}\n")
    found = councils.look([tmp_path / "one", tmp_path / "two", tmp_path / "three"])
    assert found.folders == {"eastshire": tmp_path / "one/eastshire"}
    twice, missing = found.objections
    assert str(tmp_path / "two/eastshire") in twice
    assert "CANDOUR_COUNCILS" in missing
    assert "three" in missing


def test_what_is_no_council_is_passed_over_without_a_word(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shared templates").mkdir()
    (tmp_path / "README.md").write_text("Councils\n")
    assert councils.look([tmp_path]) == councils.Found({}, ())


@pytest.mark.parametrize("name", ["..", "northmere/../knowsley", "", "north mere", "northmere/"])
def test_no_name_leads_out_of_the_folders_of_councils(name: str) -> None:
    with pytest.raises(ConfigurationError, match="There is no council"):
        declared.council_folder(settings({}), name)


_WORDS = st.text("aé0 :-[]{}#&*!|'\"\n", max_size=8)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_ENTRIES = st.sampled_from(
    ["reports", "approval", "bulletins", "exports_arrive", "alerts", "delivery", "name", "x"]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random") / "eastshire"


def _outline(folder: Path, content: bytes) -> Any:
    folder.mkdir(exist_ok=True)
    (folder / "council.yaml").write_bytes(content)
    councils._read.cache_clear()
    return councils.outline(folder)


@given(written=st.dictionaries(_ENTRIES, _ANYTHING, max_size=8))
def test_an_outline_has_the_shape_that_dag_files_read_whatever_is_written(
    folder: Path, written: dict[str, object]
) -> None:
    outline = _outline(folder, yaml.safe_dump(written, allow_unicode=True).encode())
    for part in ("approval", "bulletins", "exports_arrive", "alerts", "delivery"):
        assert isinstance(outline.get(part, {}), dict)
    assert isinstance(outline.get("approval", {}).get("approvers", {}), dict)
    assert all(isinstance(choice, dict) for choice in outline.get("reports", {}).values())


@given(
    content=st.binary(max_size=200) | st.text("a0 :-[]{}#&*!|'\"\n", max_size=99).map(str.encode)
)
def test_no_bytes_stop_an_outline(folder: Path, content: bytes) -> None:
    assert isinstance(_outline(folder, content), dict)
