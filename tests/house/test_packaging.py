"""What is installed is what was locked, from wherever the machine's own settings say."""

import ast
import itertools
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")
OURS = {"candour", "dags", "tasks"}
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "debian" + ".org")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|home/\w+|tmp/w|Users/\w+)/")
ENTRY = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)")


def _entries(lock: str) -> dict[str, str]:
    """Each requirement of a lock, with its version, its marker and its hashes as one text."""
    joined = lock.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return {re.split(r"[=<>~!\s\[;]", line, maxsplit=1)[0]: line for line in lines}


def _imported(source: str) -> set[str]:
    """The top-level modules a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found |= {name.name.split(".")[0] for name in names}
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.split(".")[0])
    return found


@pytest.fixture(scope="module", params=LOCKS)
def lock(request: pytest.FixtureRequest, project: Path) -> str:
    return (project / request.param).read_text("utf-8")


@pytest.fixture(scope="module")
def declared(project: Path) -> dict:
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))


def test_every_locked_library_has_one_version_and_its_hashes(lock: str) -> None:
    for name, entry in _entries(lock).items():
        assert ENTRY.match(entry), f"{name} is not pinned: {entry[:80]}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{name} has no hash"


def test_no_lock_says_where_to_fetch_from(lock: str) -> None:
    assert "://" not in lock
    assert not re.search(r"^\s*-", re.sub(r"^ +--hash=.*$", "", lock, flags=re.MULTILINE))


def test_the_libraries_of_tests_are_locked_at_the_versions_that_run(project: Path) -> None:
    running, testing = (_entries((project / name).read_text("utf-8")) for name in LOCKS)
    for name in running.keys() & testing.keys():
        assert ENTRY.match(running[name])["version"] == ENTRY.match(testing[name])["version"], name


def test_every_declared_library_is_locked(declared: dict, project: Path) -> None:
    running, testing = (_entries((project / name).read_text("utf-8")) for name in LOCKS)
    wanted = declared["project"]["dependencies"] + declared["dependency-groups"]["build"]
    for extra in declared["project"]["optional-dependencies"].values():
        wanted += extra

    def missing(requirements: list[str], locked: dict[str, str]) -> set[str]:
        names = {re.split(r"[=<>~!\s\[;]", wish, maxsplit=1)[0].lower() for wish in requirements}
        return names - locked.keys()

    assert not missing(wanted, running)
    assert not missing(declared["dependency-groups"]["dev"], testing)


def test_every_library_that_is_imported_is_declared(declared: dict, texts: dict[str, str]) -> None:
    brought_by = {
        module: {name.lower().replace("_", "-") for name in names}
        for module, names in packages_distributions().items()
    }
    extras = declared["project"]["optional-dependencies"].values()
    wanted = {
        re.split(r"[=<>~!\s\[;]", wish, maxsplit=1)[0]
        for wish in itertools.chain(declared["project"]["dependencies"], *extras)
    }
    undeclared = {
        f"{path}: {module}"
        for path, text in texts.items()
        if path.endswith(".py") and path.split("/")[0] in OURS
        for module in _imported(text) - sys.stdlib_module_names - OURS
        if not wanted.intersection(brought_by.get(module, []))
    }
    assert not undeclared


@pytest.mark.parametrize(
    ("library", "version"), [("apache-airflow", "3.3.2"), ("great-expectations", "1.24.1")]
)
def test_airflow_and_great_expectations_are_the_versions_that_were_measured(
    library: str, version: str, project: Path
) -> None:
    running = _entries((project / "requirements.lock").read_text("utf-8"))
    assert ENTRY.match(running[library])["version"] == version


def test_no_file_names_a_registry(texts: dict[str, str]) -> None:
    named = {path for path, text in texts.items() if any(host in text for host in REGISTRIES)}
    assert not named


def test_no_file_knows_the_machine_it_was_written_on(texts: dict[str, str]) -> None:
    found = {path: MACHINE_PATH.search(text) for path, text in texts.items()}
    assert not {path: match.group() for path, match in found.items() if match}


def test_every_command_of_the_makefile_says_what_it_does(project: Path) -> None:
    makefile = (project / "Makefile").read_text("utf-8")
    commands = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    told = subprocess.run(
        ["make", "help"], cwd=project, capture_output=True, text=True, check=True
    ).stdout
    assert commands == set(re.findall(r"^  make ([\w-]+)", told, re.MULTILINE))


def test_without_a_suitable_python_make_says_which_to_install(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "Makefile").write_bytes((project / "Makefile").read_bytes())
    (tmp_path / "requirements.lock").write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    answer = subprocess.run(
        ["make", "run", "PYTHON="], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert "No Python 3.11, 3.12 or 3.13" in answer.stderr
    assert not (tmp_path / ".venv").exists()
