"""Drawn: a chart's drawing read again - its title, its alt text and every text in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from candour.gate.opened import Drawing, Piece


@dataclass
class Sketch:
    """A drawing that is being read."""

    title: str = ""
    alt: str = ""
    figures: list[Piece] = field(default_factory=list)
    labels: list[tuple[float, float, str]] = field(default_factory=list)
    _inside: str = ""
    _at: tuple[float, float] = (0.0, 0.0)

    def begin(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        if tag in {"title", "desc"}:
            self._inside = tag
        elif tag == "text":
            self._at = _position(given)
        if "data-figure" in given:
            self.figures.append(Piece("", given["data-figure"]))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in {"title", "desc"}:
            self._inside = ""

    def say(self, text: str, *, marked: bool) -> None:
        """A text stands there, ``marked`` as a figure or not."""
        if not text.strip():
            return
        if self._inside == "title":
            self.title += text
        elif self._inside == "desc":
            self.alt += text
        elif marked:
            last = self.figures[-1]
            self.figures[-1] = Piece(last.text + text.strip(), last.key)
        else:
            self.labels.append((*self._at, text.strip()))

    def finished(self, where: str) -> Drawing:
        """The drawing, with where it stands."""
        place = f"{where}, chart '{self.title}'"
        figures = tuple(piece for piece in self.figures if piece.text)
        return Drawing(place, self.title, self.alt, figures, tuple(self.labels))


def _position(given: dict[str, str]) -> tuple[float, float]:
    if "x" in given and "y" in given:
        return float(given["x"]), float(given["y"])
    inside = given.get("transform", "").partition("translate(")[2].partition(")")[0].split()
    return (float(inside[0]), float(inside[1])) if len(inside) > 1 else (0.0, 0.0)
