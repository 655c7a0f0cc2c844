"""The theme: a mistake in it is a sentence."""

import re
from types import ModuleType

import pytest

from candour.errors import ConfigurationError
from candour.page import Theme, read_theme

FONTS = {"LiberationSans-Regular.ttf": b"", "LiberationSans-Bold.ttf": b"",
         "LiberationSans-Italic.ttf": b""}  # fmt: skip


@pytest.fixture
def files(example: ModuleType) -> dict[str, str]:
    folder = example.ROOT / "templates/themes"
    return {name: (folder / name).read_text("utf-8") for name in ("page.yaml", "page.css")}


def test_colours_are_named_in_the_style_sheet(theme: Theme) -> None:
    assert theme.css.startswith(":root{--accent:#12436D;")
    for name in ("missed-ink", "not-rated-fill", "concern"):
        assert f"--{name}:#" in theme.css


def test_every_colour_the_style_sheet_uses_is_named(theme: Theme) -> None:
    used = set(re.findall(r"var\((--[a-z-]+)\)", theme.style))
    named = set(re.findall(r"(--[a-z-]+):#", theme.css))
    assert used <= named


def test_a_missing_file_is_named(files: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"templates/themes/page\.css is missing"):
        read_theme({"page.yaml": files["page.yaml"]}, FONTS)


def test_a_missing_font_is_named(files: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"LiberationSans-Bold\.ttf"):
        read_theme(files, {"LiberationSans-Regular.ttf": b"", "LiberationSans-Italic.ttf": b""})


def test_a_colour_that_is_none_is_named_with_its_line(files: dict[str, str]) -> None:
    wrong = files["page.yaml"].replace('accent: "#12436D"', "accent: blue")
    with pytest.raises(ConfigurationError, match=r"page\.yaml, line 3: accent"):
        read_theme({**files, "page.yaml": wrong}, FONTS)
