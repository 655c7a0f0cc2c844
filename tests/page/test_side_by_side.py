"""Numbers that stand beside each other on a sheet are read as two."""

import pytest

from candour.page.readback import text_of_pdf

weasyprint = pytest.importorskip("weasyprint", exc_type=OSError)


def _sheet(*pieces: tuple[int, int, str]) -> str:
    style = "position: absolute; font: 10pt sans-serif; left: {}pt; top: {}pt"
    placed = (f'<p style="{style.format(x, y)}">{text}</p>' for x, y, text in pieces)
    return text_of_pdf(weasyprint.HTML(string="".join(placed)).write_pdf())


@pytest.mark.parametrize("second", [(60, 50), (46, 52), (47, 54)])
def test_two_numbers_are_not_one(second: tuple[int, int]) -> None:
    assert "33" not in _sheet((40, 50, "3"), (*second, "3"))


@pytest.mark.parametrize("number", ["33", "1,110", "2023-24", "11.1%"])
def test_one_number_is_not_two(number: str) -> None:
    assert number in _sheet((40, 50, number))
