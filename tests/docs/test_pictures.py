"""Pictures are taken where the programs are there, and left alone with a sentence where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.documentation.pictures import PICTURES, NoPictureError, picture
from tests.docs.conftest import ROOT

SAMPLE = ROOT / "docs/sample"


@pytest.mark.parametrize("name", PICTURES)
def test_a_missing_program_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPictureError, match=r"\w+ is not on this machine\. The old one stays\.$"):
        picture(SAMPLE, name)


@pytest.mark.parametrize("name", PICTURES)
def test_there_is_a_file_to_picture(name: str) -> None:
    assert list(SAMPLE.glob(PICTURES[name].pattern))


@pytest.mark.gate
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_taken(name: str) -> None:
    try:
        taken = picture(SAMPLE, name)
    except NoPictureError as missing:
        if "not on this machine" not in str(missing):
            raise
        pytest.skip(str(missing))
    assert taken.startswith(b"\x89PNG")
