"""SVG: a drawing as one element of a page, the same bytes every time, its text still text."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, cast

from matplotlib import rc_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

    from candour.chart import Chart
    from candour.figures import Figure

FONTS = "'Candour Sans', Arial, Helvetica, sans-serif"
"""The PDF supplies the first; a screen has one of the others. All have Arial's widths."""

_DRAWN_WITH = "DejaVu Sans"
"""matplotlib's own font measures the text, so that no machine lays a chart out otherwise."""

FONT_SIZE = 8.5

_SHARP = 220
"""Dots an inch of a picture: sharp on paper."""


@contextmanager
def drawn_alike(chart: Chart) -> Iterator[None]:
    """The settings under which the same chart gives the same bytes."""
    with rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": chart.id,
            "font.family": _DRAWN_WITH,
            "font.size": FONT_SIZE,
            "axes.unicode_minus": False,
            "text.parse_math": False,
            "path.simplify": False,
        }
    ):
        yield


def figure_group(figure: Figure) -> str:
    """The mark by which a printed figure is found again in the drawing."""
    return f"figure:{figure.key}"


def to_svg(drawing: Axes, chart: Chart) -> str:
    """The drawing as an ``<svg>`` element with its title and its description."""
    bytes_ = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    cast("Sheet", drawing.get_figure(root=True)).savefig(
        bytes_, format="svg", metadata=nothing, transparent=True
    )
    svg = bytes_.getvalue().decode()
    box = re.search(r'viewBox="([^"]*)"', svg)
    body = svg[svg.index("<g ") :]
    # Its own rules would hold for the whole page, so they become attributes.
    body = re.sub(r"<style.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r'style="([^"]*)"', _as_attributes, body)
    body = re.sub(r'<g id="figure:([^"]*)"', r'<g data-figure="\1"', body)
    # Several drawings share a page: only ids that something refers to, which are hashes, stay.
    body = re.sub(r'<g id="[^"]*"', "<g", body)
    body = re.sub(r"\s*\n\s*", " ", body).strip()
    name = f"chart-{chart.id}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{box[1] if box else ""}" stroke-linejoin="round" role="img" '
        f'aria-labelledby="{name}-title {name}-alt">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-alt">{escape(chart.alt)}</desc>{body}'
    )


def to_png(drawing: Axes) -> bytes:
    """The drawing as a picture, for a medium whose readers restyle what surrounds it."""
    bytes_ = io.BytesIO()
    cast("Sheet", drawing.get_figure(root=True)).savefig(
        bytes_, format="png", dpi=_SHARP, metadata={"Software": None}, facecolor="white"
    )
    return bytes_.getvalue()


def _as_attributes(style: re.Match[str]) -> str:
    """A style attribute as the attributes it stands for, which every SVG reader knows."""
    rules = (rule.split(": ", 1) for rule in style[1].split("; "))
    return " ".join(
        f'{name}="{FONTS if name == "font-family" else value}"' for name, value in rules
    )
