"""A workbook read in a process of its own: the same table, and no harm when the process dies."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from candour.errors import InputError
from candour.reading.files import read_table
from tasks import reading_process
from tasks.reading_process import read_in_child

if TYPE_CHECKING:
    from pathlib import Path

    from candour.reading.layout import Layout

END_OF_CHAIN = struct.pack("<I", 0xFFFFFFFE)


def landed(folder: Path, content: bytes) -> Path:
    """Raw files are kept under their digest, without an ending."""
    path = folder / "7d865e959b2466918c9863afca942d0f"
    path.write_bytes(content)
    return path


def endless(content: bytes) -> bytes:
    """An old workbook whose chains of sectors lead back to the first: the library never ends."""
    (sector,) = struct.unpack_from("<I", content, 76)
    start = 512 + 512 * sector
    table = content[start : start + 512].replace(END_OF_CHAIN, bytes(4))
    return content[:start] + table + content[start + 512 :]


@pytest.mark.parametrize("name", ["cases.csv", "cases.xlsx", "cases.xls", "cases.ods"])
def test_the_table_is_the_one_read_here(
    name: str, sound_files: dict[str, bytes], layout: Layout, tmp_path: Path
) -> None:
    here = read_table(sound_files[name], name, layout)

    there = read_in_child(landed(tmp_path, sound_files[name]), name, layout)

    pd.testing.assert_frame_equal(there.cells, here.cells)
    assert there.row_numbers.tolist() == here.row_numbers.tolist()
    assert there.row_numbers.dtype == here.row_numbers.dtype
    assert (there.noise, there.torn, there.notes) == (here.noise, here.torn, here.notes)
    assert (there.rows_in_file, there.from_spreadsheet) == (
        here.rows_in_file,
        here.from_spreadsheet,
    )


def test_a_refusal_comes_back_word_for_word(
    sound_files: dict[str, bytes], layout: Layout, tmp_path: Path
) -> None:
    content = sound_files["cases.xlsx"][:-300]
    with pytest.raises(InputError) as here:
        read_table(content, "cases.xlsx", layout)

    with pytest.raises(InputError) as there:
        read_in_child(landed(tmp_path, content), "cases.xlsx", layout)

    assert str(there.value) == str(here.value)


def test_a_file_that_kills_the_reader_is_refused(
    sound_files: dict[str, bytes], layout: Layout, tmp_path: Path
) -> None:
    content = endless(sound_files["cases.xls"])

    with pytest.raises(InputError, match=r"cases\.xls: could not be read within limits") as refusal:
        read_in_child(landed(tmp_path, content), "cases.xls", layout)

    assert "ended by SIGABRT" in str(refusal.value)


def test_a_reader_that_waits_is_stopped(
    sound_files: dict[str, bytes],
    layout: Layout,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading_process, "WALL_SECONDS", 0.01)

    with pytest.raises(InputError, match=r"it was stopped after 0\.01 s"):
        read_in_child(landed(tmp_path, sound_files["cases.xlsx"]), "cases.xlsx", layout)


def test_a_text_file_starts_no_process(
    sound_files: dict[str, bytes],
    layout: Layout,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(reading_process.subprocess, "run")

    table = read_in_child(landed(tmp_path, sound_files["cases.csv"]), "cases.csv", layout)

    assert len(table.cells) == 3


def test_nothing_is_left_behind(
    sound_files: dict[str, bytes],
    layout: Layout,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(reading_process.tempfile, "tempdir", str(tmp_path / "scratch"))

    read_in_child(landed(tmp_path, sound_files["cases.xlsx"]), "cases.xlsx", layout)

    assert list((tmp_path / "scratch").iterdir()) == []
