"""candour/ takes bytes and text and gives bytes and text: it asks the world for nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CANDOUR = Path(__file__).parents[2] / "candour"

BUILT_IN = {"breakpoint", "eval", "exec", "input", "open", "print"}
MODULES = {
    "aiohttp", "asyncio", "glob", "http", "httpx", "io.open", "logging", "multiprocessing", "os",
    "pathlib.Path", "random", "requests", "secrets", "shutil", "smtplib", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid.uuid1", "uuid.uuid4",
}  # fmt: skip
OF_THE_DAY = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "Timestamp.now",
    "Timestamp.today", "Timestamp.utcnow",
}  # fmt: skip


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (found.name for found in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield from (f"{module}.{found.name}" for found in names)


def _used(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in BUILT_IN:
            yield name
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
            if f"{owner}.{name}" in OF_THE_DAY | MODULES:
                yield f"{owner}.{name}"


def _is_of(module: str) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:length]) in MODULES for length in range(1, len(parts) + 1))


def questions(source: str) -> list[str]:
    """What a module asks of the world, with the line it does so."""
    return [
        f"line {node.lineno}: {name}"
        for node in ast.walk(ast.parse(source))
        for name in [*filter(_is_of, _imported(node)), *_used(node)]
    ]


@pytest.mark.parametrize(
    "module", sorted(CANDOUR.rglob("*.py")), ids=lambda path: path.relative_to(CANDOUR).as_posix()
)
def test_candour_asks_the_world_for_nothing(module: Path) -> None:
    assert not questions(module.read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "open('cases.csv')",
        "datetime.now(tz=UTC)",
        "pd.Timestamp.today()",
        "datetime.date.today()",
        "import os.path",
        "from os import environ",
        "from pathlib import Path",
        "import pathlib; pathlib.Path('cases.csv').read_text()",
        "from urllib import request",
        "def sample():\n    import random",
    ],
)
def test_a_question_to_the_world_is_seen(line: str) -> None:
    assert questions(line)


@pytest.mark.parametrize(
    "line", ["from pathlib import PurePath", "frame.time.dt.date", "from urllib.parse import quote"]
)
def test_what_asks_nothing_is_let_through(line: str) -> None:
    assert not questions(line)
