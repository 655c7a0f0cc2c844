"""The page printed: two sides, tagged, in its own fonts, the same bytes every time."""

import builtins
import hashlib
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path
from types import ModuleType

import pytest

from candour.errors import CandourError
from candour.page import PangoMissingError, Theme, write_page, write_pdf
from candour.words import Speaker


def pango_is_here() -> bool:
    try:
        import weasyprint  # noqa: F401, PLC0415
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(not pango_is_here(), reason="this machine has no Pango")


@pytest.fixture
def page(example: ModuleType, speaker: Speaker, theme: Theme) -> str:
    return write_page(
        example.month_report(), speaker, theme, template="narrative/monthly_pack.html.j2",
        place="narrative.html", commentary=example.COMMENTARY, target=example.target,
        rating=example.rating,
    )  # fmt: skip


def opened(pdf: bytes) -> bytes:
    """A PDF with its compressed parts opened."""

    def inflated(found: re.Match[bytes]) -> bytes:
        try:
            return found[1] + zlib.decompress(found[2])
        except zlib.error:
            return found[0]

    return re.sub(rb"((?<!end)stream\r?\n)(.*?)(?=endstream)", inflated, pdf, flags=re.DOTALL)


@needs_pango
def test_a_month_fills_two_sides_of_a4(page: str, theme: Theme) -> None:
    pdf = opened(write_pdf(page, theme))
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", pdf)) == 2
    assert set(re.findall(rb"/MediaBox ?\[ ?([^\]]*?) ?\]", pdf)) == {b"0 0 595.275591 841.889764"}


@needs_pango
def test_the_pdf_is_tagged_titled_and_in_british_english(page: str, theme: Theme) -> None:
    pdf = opened(write_pdf(page, theme))
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"en-GB" in pdf
    assert b"pdfuaid:part" in pdf
    assert b"Complaints in March 2024: Northmere Council" in pdf


@needs_pango
def test_only_the_themes_fonts_are_in_the_pdf(page: str, theme: Theme) -> None:
    pdf = opened(write_pdf(page, theme))
    fonts = set(re.findall(rb"/BaseFont ?/([A-Za-z+-]+)", pdf))
    assert fonts
    assert all(b"+Candour-Sans" in font for font in fonts), fonts


@needs_pango
def test_no_path_of_the_machine_is_in_the_pdf(page: str, theme: Theme) -> None:
    pdf = opened(write_pdf(page, theme))
    assert b"file:" not in pdf
    assert b"/work" not in pdf


@needs_pango
def test_another_process_makes_the_same_bytes(page: str, theme: Theme, tmp_path: Path) -> None:
    here = write_pdf(page, theme)
    (tmp_path / "page.html").write_text(page, "utf-8")
    code = (
        "import sys, pathlib, hashlib\n"
        "from candour.page import Look, Theme, write_pdf\n"
        "fonts = {p.name: p.read_bytes() for p in pathlib.Path('templates/fonts').glob('*.ttf')}\n"
        f"look = Look.model_validate_json({theme.look.model_dump_json()!r})\n"
        "page = pathlib.Path(sys.argv[1]).read_text('utf-8')\n"
        "print(hashlib.sha256(write_pdf(page, Theme(look, '', fonts))).hexdigest())\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "page.html")],
        check=True, capture_output=True, text=True,
        env={**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert made.stdout.strip() == hashlib.sha256(here).hexdigest()


@needs_pango
@pytest.mark.parametrize(
    "asking",
    ['<img src="https://example.invalid/x.png">', '<img src="file:///etc/passwd">',
     '<link rel="stylesheet" href="x.css">', '<p style="background: url(../x.png)">x</p>'],
)  # fmt: skip
def test_a_page_that_asks_for_something_outside_makes_no_pdf(asking: str, theme: Theme) -> None:
    with pytest.raises(CandourError, match="outside it"):
        write_pdf(f"<!DOCTYPE html><html lang='en'><title>x</title>{asking}</html>", theme)


def test_without_pango_one_sentence_says_how_to_get_it(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = builtins.__import__

    def missing(name: str, *rest: object) -> ModuleType:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return genuine(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(PangoMissingError, match=r"apt install libpango-1\.0-0 libpangoft2-1\.0-0"):
        write_pdf("<p>x</p>", theme)
