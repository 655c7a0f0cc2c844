"""Markup: a finished page read again, block by block, with where on the page each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from candour.gate.opened import Block, Drawing, Grid, Opened, Piece, Use

_VOID = frozenset({"br", "img", "meta", "link", "input", "hr", "use", "col", "wbr", "base"})
_SKIPPED = frozenset({"style", "script", "defs"})
_INLINE = frozenset({"data", "em", "strong", "b", "i", "a", "abbr", "sup", "sub", "code", "time"})
_BLOCKS = {
    **dict.fromkeys(("p", "li", "dt", "dd", "summary", "blockquote", "div", "section"), Use.PROSE),
    **dict.fromkeys(("header", "footer", "main", "body", "nav", "aside", "article"), Use.PROSE),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Use.HEADING),
    **dict.fromkeys(("caption", "figcaption"), Use.CAPTION),
    "th": Use.HEADER,
    "td": Use.CELL,
    "title": Use.UNSEEN,
}
_OFF_PAPER = frozenset({"details", "footer"})
"""What a page shows on a screen and may leave off paper."""
_READ_OUT = ("alt", "aria-label", "title")


def read_page(name: str, page: str) -> Opened:
    """A page as its reader meets it; ``name`` is the file's."""
    walk = _Walk(name)
    walk.feed(page)
    walk.close()
    walk.flush()
    return Opened(
        name,
        tuple(walk.blocks),
        tuple(walk.grids),
        tuple(walk.drawings),
        frozenset(walk.anchors),
        tuple(walk.links),
    )


@dataclass
class _Table:
    number: int
    title: str = ""
    rows: list[list[Block]] = field(default_factory=list)
    headings: bool = True

    def place(self, where: str, column: int, first: str) -> str:
        """The cell that was read, in words; ``first`` is its text, which names a row."""
        title = f"table '{self.title}'" if self.title else f"table {self.number}"
        place = f"{where}, {title}"
        if len(self.rows) <= 1:
            return f"{place}, column headings"
        row = self.rows[-1][0].text if self.rows[-1] else first
        top = self.rows[0][column].text if column < len(self.rows[0]) else ""
        place += f", row {row}" if row else f", row {len(self.rows) - 1}"
        return f"{place}, column {top}" if top and column else place


@dataclass
class _Chart:
    title: str = ""
    alt: str = ""
    figures: list[Piece] = field(default_factory=list)
    labels: list[tuple[float, float, str]] = field(default_factory=list)
    inside: str = ""
    keys: list[str] = field(default_factory=list)
    at: tuple[float, float] = (0.0, 0.0)


class _Walk(HTMLParser):
    """Walks through a page, keeping what is needed to say where something stands."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.blocks: list[Block] = []
        self.grids: list[Grid] = []
        self.drawings: list[Drawing] = []
        self.anchors: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self._section = ""
        self._folded = 0
        self._open: list[tuple[str, dict[str, str]]] = []
        self._pieces: list[Piece] = []
        self._use = Use.PROSE
        self._tables: list[_Table] = []
        self._met = 0
        self._chart: _Chart | None = None

    # --- tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(given)
        if self._chart is not None or tag == "svg":
            self._start_drawing(tag, given)
        elif tag in _BLOCKS or tag in {"table", "tr", *_OFF_PAPER}:
            self._start_block(tag)
        elif tag not in _INLINE:
            self._pieces.append(Piece(" "))
        if tag == "meta" and given.get("name") != "viewport" and given.get("content"):
            self._aloud(given["content"])
        if tag not in _VOID:
            self._open.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self._note({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag not in names:
            return
        del self._open[len(names) - 1 - names[::-1].index(tag) :]
        if self._chart is not None:
            self._end_drawing(tag)
        elif tag in _BLOCKS or tag in _OFF_PAPER:
            self.flush()
            self._folded -= tag in _OFF_PAPER
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag not in _INLINE:
            self._pieces.append(Piece(" "))

    def handle_data(self, data: str) -> None:
        if any(tag in _SKIPPED for tag, _ in self._open):
            return
        if self._chart is not None:
            self._drawn(data)
            return
        tag, given = next(
            (
                (tag, given)
                for tag, given in reversed(self._open)
                if "data-figure" in given or (tag == "span" and "number" in _classes(given))
            ),
            ("", {}),
        )
        if not tag:
            self._pieces.append(Piece(data))
        elif "data-figure" in given:
            self._pieces.append(Piece(data, given["data-figure"], given.get("value")))
        else:
            self._pieces.append(Piece(data, numbering=True))

    # --- text and tables

    def flush(self) -> None:
        """End the block of text that is open."""
        block = Block(
            self._place(), self._use, tuple(self._pieces), self._section, folded=self._folded > 0
        )
        self._pieces = []
        use, self._use = self._use, Use.PROSE
        table = self._tables[-1] if self._tables else None
        if table is not None and use in {Use.HEADER, Use.CELL} and table.rows:
            table.rows[-1].append(block)
        if not block.text:
            return
        self.blocks.append(block)
        if use is Use.HEADING:
            self._section = block.text
        elif use is Use.CAPTION and table is not None:
            table.title = table.title or _first_words(block)

    def _start_block(self, tag: str) -> None:
        if self._pieces and (self._use is not Use.PROSE or "".join(p.text for p in self._pieces)):
            self.flush()
        if tag in _OFF_PAPER:
            self._folded += 1
        if tag in _BLOCKS:
            self._use = _BLOCKS[tag]
        elif tag == "table":
            self._met += 1
            self._tables.append(_Table(self._met))
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])

    def _end_table(self) -> None:
        table = self._tables.pop()
        rows = [tuple(row) for row in table.rows if row]
        if rows:
            named = f"table '{table.title}'" if table.title else f"table {table.number}"
            place = f"{self._where()}, {named}"
            self.grids.append(Grid(place, table.title, rows[0], tuple(rows[1:])))

    def _where(self) -> str:
        return f"{self.name}, section '{self._section}'" if self._section else self.name

    def _place(self) -> str:
        if self._use in {Use.HEADER, Use.CELL} and self._tables:
            table = self._tables[-1]
            column = len(table.rows[-1]) if table.rows else 0
            text = " ".join("".join(piece.text for piece in self._pieces).split())
            return table.place(self._where(), column, text)
        return self._where()

    def _note(self, given: dict[str, str]) -> None:
        if "id" in given:
            self.anchors.add(given["id"])
        if given.get("href", "").startswith("#"):
            self.links.append((given["href"][1:], self._where()))
        for name in _READ_OUT:
            if given.get(name):
                self._aloud(given[name])

    def _aloud(self, words: str) -> None:
        self.blocks.append(Block(self._where(), Use.UNSEEN, (Piece(words),), self._section))

    # --- drawings

    def _start_drawing(self, tag: str, given: dict[str, str]) -> None:
        if self._chart is None:
            self._chart = _Chart()
        chart = self._chart
        if tag in {"title", "desc"}:
            chart.inside = tag
        elif tag == "text":
            chart.at = _position(given)
        if "data-figure" in given:
            chart.figures.append(Piece("", given["data-figure"]))

    def _drawn(self, data: str) -> None:
        chart = self._chart
        if chart is None or not data.strip():
            return
        if chart.inside == "title":
            chart.title += data
        elif chart.inside == "desc":
            chart.alt += data
        elif any("data-figure" in given for _, given in self._open):
            last = chart.figures[-1]
            chart.figures[-1] = Piece(last.text + data.strip(), last.key)
        else:
            chart.labels.append((*chart.at, data.strip()))

    def _end_drawing(self, tag: str) -> None:
        chart = self._chart
        if chart is None:
            return
        if tag in {"title", "desc"}:
            chart.inside = ""
        if tag == "svg":
            place = f"{self._where()}, chart '{chart.title}'"
            figures = tuple(piece for piece in chart.figures if piece.text)
            self.drawings.append(
                Drawing(place, chart.title, chart.alt, figures, tuple(chart.labels))
            )
            self._chart = None


def _first_words(block: Block) -> str:
    """A caption's title: its words up to the first change of style, numbering left out."""
    groups, said = [""], [piece for piece in block.pieces if not piece.numbering]
    for piece in said:
        if piece.text == " ":
            groups.append("")
        groups[-1] += piece.text
    return next((" ".join(group.split()) for group in groups if group.strip()), "")


def _classes(given: dict[str, str]) -> list[str]:
    return given.get("class", "").split()


def _position(given: dict[str, str]) -> tuple[float, float]:
    if "x" in given and "y" in given:
        return float(given["x"]), float(given["y"])
    inside = given.get("transform", "").partition("translate(")[2].partition(")")[0].split()
    return (float(inside[0]), float(inside[1])) if len(inside) > 1 else (0.0, 0.0)
