"""Pictures: sheets, pages and mails of the sample as a person sees them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from candour.errors import CandourError


class NoPictureError(CandourError):
    """A picture could not be taken; the old one stays."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is pictured: a file of the sample, and how it becomes pages."""

    pattern: str
    """Which file, by a pattern inside the sample."""
    take: Callable[[Path, Path], bytes]


def _sheet(heading: str) -> Callable[[Path, Path], bytes]:
    """The first printed page of a workbook whose first line begins like this."""

    def take(workbook: Path, scratch: Path) -> bytes:
        printed = _printed(workbook, scratch)
        pages = _run("pdftotext", "-layout", str(printed), "-").decode().split("\f")
        headings = [text.strip().startswith(heading) for text in pages]
        if True not in headings:
            raise NoPictureError(f"No sheet of {workbook.name} begins with “{heading}”.")
        return _page(printed, scratch, headings.index(True) + 1)

    return take


def _printed(document: Path, scratch: Path) -> Path:
    """A workbook or Word file as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(scratch / 'office').as_uri()}"
    _run(
        "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch),
        str(document),
    )  # fmt: skip
    return scratch / f"{document.stem}.pdf"


def _page_of(number: int) -> Callable[[Path, Path], bytes]:
    """A page of a PDF, or of a Word file as it is printed."""

    def take(document: Path, scratch: Path) -> bytes:
        printed = document if document.suffix == ".pdf" else _printed(document, scratch)
        return _page(printed, scratch, number)

    return take


def _page(printed: Path, scratch: Path, number: int) -> bytes:
    only = ["-f", str(number), "-l", str(number), "-singlefile"]
    _run("pdftoppm", "-png", "-r", "90", *only, str(printed), str(scratch / "page"))
    return (scratch / "page.png").read_bytes()


def _browser(size: str) -> Callable[[Path, Path], bytes]:
    """A page as a browser shows it in a window of so many pixels."""

    def take(page: Path, scratch: Path) -> bytes:
        shot = scratch / "page.png"
        _run(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={scratch / 'browser'}", f"--window-size={size}",
            f"--screenshot={shot}", page.resolve().as_uri(),
        )  # fmt: skip
        return shot.read_bytes()

    return take


PICTURES = {
    "summary.png": Picture("northmere/monthly_pack/*-monthly-pack-*.xlsx", _sheet("")),
    "control-chart.png": Picture(
        "northmere/monthly_pack/*-monthly-pack-*.xlsx",
        _sheet("Stage one responses in time, month by month"),
    ),
    "narrative.png": Picture("northmere/monthly_pack/*.pdf", _page_of(1)),
    "annual-public.png": Picture("northmere/annual_report/*.pdf", _page_of(1)),
    "annual-committee.png": Picture("stockport/annual_report/*.pdf", _page_of(4)),
    "annual-statutory.png": Picture("cheshire_west/annual_report/*.pdf", _page_of(4)),
    "annual-word.png": Picture("stockport/annual_report/*.docx", _page_of(4)),
    "bulletin.png": Picture(
        "northmere/weekly_bulletin/bulletin-p_singh.html", _browser("760,1000")
    ),
    "digest.png": Picture("northmere/weekly_bulletin/bulletin-*-*.html", _browser("760,1000")),
    "portal.png": Picture("northmere/portal/managers/p_singh/index.html", _browser("1100,1000")),
    "portal-public.png": Picture("northmere/portal/public/index.html", _browser("1100,700")),
}
"""What is pictured, by the picture's file name."""


def picture(sample: Path, name: str) -> bytes:
    """A picture of the sample, as PNG.

    Raises:
        NoPictureError: a program it takes is missing or failed, or there is nothing to picture.
    """
    wanted = PICTURES[name]
    found = sorted(sample.glob(wanted.pattern), key=lambda path: -path.stat().st_size)
    if not found:
        raise NoPictureError(f"Nothing in the sample is called {wanted.pattern}.")
    with tempfile.TemporaryDirectory() as scratch:
        return wanted.take(found[0], Path(scratch))


def _run(program: str, *given: str) -> bytes:
    where = shutil.which(program)
    if where is None:
        raise NoPictureError(
            f"No picture was taken: {program} is not on this machine. The old one stays."
        )
    ran = subprocess.run([where, *given], capture_output=True, check=False, timeout=180)
    if ran.returncode:
        raise NoPictureError(f"No picture was taken: {program} ended with {ran.returncode}.")
    return ran.stdout
