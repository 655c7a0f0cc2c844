"""Sound files with some bytes changed: a table whose rows add up, or a refusal, nothing else."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from candour.errors import InputError
from candour.reading.files import read_table
from tasks.reading_process import read_in_child

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from candour.reading.layout import Layout
    from candour.reading.raw import RawTable

Edit = tuple[float, int, bytes]
"""Where (a share of the length), how many bytes go, and what stands in their place."""

SPECIAL = [b"\0", b'"', b",", b"\r", b"\n", b"\x1a", b"\xff\xfe", b"\xc3\xa9", b"\xe9", b"<", b"9"]
edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from([0, 1, 1, 1, 4, 40]),
        st.one_of(st.sampled_from(SPECIAL), st.binary(max_size=4)),
    ),
    min_size=1,
    max_size=6,
)
often = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
seldom = settings(often, max_examples=8)


def mutate(content: bytes, edits: list[Edit]) -> bytes:
    for share, gone, new in edits:
        at = int(share * len(content))
        content = content[:at] + new + content[at + gone :]
    return content


def mutate_part(content: bytes, which: float, edits: list[Edit]) -> bytes:
    """Changes a part inside a package, which a change of the package itself rarely reaches."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = list(parts)[int(which * len(parts))]
    parts[chosen] = mutate(parts[chosen], edits)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return changed.getvalue()


def assert_adds_up(table: RawTable) -> None:
    assert len(table.cells) + len(table.noise) + len(table.torn) == table.rows_in_file
    told = [
        *table.row_numbers.tolist(),
        *(row.row_number for row in table.noise),
        *(row.row_number for row in table.torn),
    ]
    assert len(set(told)) == len(told)
    assert not any("\0" in cell for row in table.cells.to_numpy() for cell in row)


def assert_safe(read: Callable[[], RawTable], name: str) -> None:
    refusal = ""
    try:
        assert_adds_up(read())
    except InputError as error:
        refusal = str(error)
    assert refusal == "" or refusal.startswith(f"{name}: ")


def assert_read_safely(content: bytes, name: str, layout: Layout) -> None:
    assert_safe(lambda: read_table(content, name, layout), name)


@often
@given(edits)
@example([(0.5, 0, b'"')])
def test_a_text_file(sound_files: dict[str, bytes], layout: Layout, edits: list[Edit]) -> None:
    assert_read_safely(mutate(sound_files["cases.csv"], edits), "cases.csv", layout)


@often
@given(edits)
def test_an_excel_workbook(
    sound_files: dict[str, bytes], layout: Layout, edits: list[Edit]
) -> None:
    assert_read_safely(mutate(sound_files["cases.xlsx"], edits), "cases.xlsx", layout)


@often
@given(st.floats(0, 1, exclude_max=True), edits)
def test_the_parts_of_an_excel_workbook(
    sound_files: dict[str, bytes], layout: Layout, which: float, edits: list[Edit]
) -> None:
    assert_read_safely(mutate_part(sound_files["cases.xlsx"], which, edits), "cases.xlsx", layout)


@often
@given(st.floats(0, 1, exclude_max=True), edits)
def test_the_parts_of_an_open_document(
    sound_files: dict[str, bytes], layout: Layout, which: float, edits: list[Edit]
) -> None:
    assert_read_safely(mutate_part(sound_files["cases.ods"], which, edits), "cases.ods", layout)


@seldom
@given(edits)
def test_an_old_excel_workbook_in_its_own_process(
    sound_files: dict[str, bytes], layout: Layout, tmp_path: Path, edits: list[Edit]
) -> None:
    path = tmp_path / "cases.xls"
    path.write_bytes(mutate(sound_files["cases.xls"], edits))
    assert_safe(lambda: read_in_child(path, "cases.xls", layout), "cases.xls")
