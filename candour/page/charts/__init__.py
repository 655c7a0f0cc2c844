"""Charts on a page: each drawn as an SVG whose text stays text, the same bytes every time."""

from candour.page.charts.canvas import Size
from candour.page.charts.draw import draw, picture

__all__ = ["Size", "draw", "picture"]
