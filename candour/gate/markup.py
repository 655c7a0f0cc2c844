"""Markup: a finished page read again, block by block, with where on the page each stands."""

from __future__ import annotations

from html.parser import HTMLParser

from candour.gate.drawn import Sketch
from candour.gate.opened import DETAILS, FOOTER, Block, Drawing, Grid, Opened, Piece, Use
from candour.gate.places import Cells

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
_OFF_PAPER = frozenset({DETAILS, FOOTER})
"""What a page shows on a screen and may leave off paper."""
_STARTS = frozenset({*_BLOCKS, *_OFF_PAPER, "table", "tr"})
_IN_A_TABLE = frozenset({Use.HEADER, Use.CELL})
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
        walk.numbers,
        tuple(walk.references),
    )


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
        self.numbers: dict[str, str] = {}
        self.references: list[tuple[str, str, str]] = []
        self._section = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._pieces: list[Piece] = []
        self._use = Use.PROSE
        self._tables: list[Cells] = []
        self._met = 0
        self._sketch: Sketch | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(given)
        if self._sketch is not None or tag == "svg":
            self._sketch = self._sketch or Sketch()
            self._sketch.begin(tag, given)
        elif tag in _STARTS:
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
        if tag not in (names := [name for name, _ in self._open]):
            return
        if self._sketch is None and tag in _STARTS:
            self._end_block(tag)
        elif self._sketch is not None:
            self._sketch.end(tag)
            if tag == "svg":
                self.drawings.append(self._sketch.finished(self._where()))
                self._sketch = None
        elif tag not in _INLINE:
            self._pieces.append(Piece(" "))
        del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._inside(_SKIPPED):
            return
        marked = next((g for _, g in reversed(self._open) if "data-figure" in g), None)
        if self._sketch is not None:
            self._sketch.say(data, marked=marked is not None)
        elif marked is not None:
            self._pieces.append(Piece(data, marked["data-figure"], marked.get("value")))
        else:
            numbering = any(
                tag == "span" and "number" in given.get("class", "").split()
                for tag, given in self._open
            )
            self._pieces.append(Piece(data, numbering=numbering))
            if numbering and (to := self._leads_to()):
                self.references.append((data.strip(), to, self._where()))

    def flush(self) -> None:
        """End the block of text that is open."""
        use, self._use = self._use, Use.PROSE
        pieces, self._pieces = tuple(self._pieces), []
        folded = next((tag for tag, _ in self._open if tag in _OFF_PAPER), "")
        table = self._tables[-1] if self._tables else None
        if table is not None and table.rows and use in _IN_A_TABLE:
            block = table.add(pieces, self._section, use, folded=folded)
        else:
            listed = use is Use.PROSE and self._inside(frozenset({"nav"}))
            use = Use.NAVIGATION if listed else use
            block = Block(self._where(), use, pieces, self._section, folded)
        if not (block.text or block.figures):
            return
        self.blocks.append(block)
        self._number(block)
        if use is Use.HEADING:
            self._section = block.text
        elif use is Use.CAPTION and table is not None:
            table.title = table.title or _first_words(block)

    def _start_block(self, tag: str) -> None:
        if self._use is not Use.PROSE or any(piece.text for piece in self._pieces):
            self.flush()
        if tag == "table":
            self._met += 1
            self._tables.append(Cells(self._where(), "", self._met))
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        self._use = _BLOCKS.get(tag, Use.PROSE)

    def _end_block(self, tag: str) -> None:
        self.flush()
        if tag == "table" and self._tables:
            table = self._tables.pop()
            if any(table.rows):
                self.grids.append(table.grid())

    def _number(self, block: Block) -> None:
        """Remember the number a heading or caption was given, and the one a list of them says."""
        given = next((piece.text.strip() for piece in block.pieces if piece.numbering), "")
        if given and block.use in {Use.HEADING, Use.CAPTION}:
            for _, attributes in self._open:
                if attributes.get("id"):
                    self.numbers.setdefault(attributes["id"], given)
        elif given and block.use is Use.NAVIGATION and self.links:
            self.references.append((given, self.links[-1][0], block.place))

    def _leads_to(self) -> str:
        """Where the link that is open leads, if it stays inside the page."""
        to = next((g.get("href", "") for tag, g in reversed(self._open) if tag == "a"), "")
        return to[1:] if to.startswith("#") else ""

    def _inside(self, tags: frozenset[str]) -> bool:
        return any(tag in tags for tag, _ in self._open)

    def _where(self) -> str:
        return f"{self.name}, section '{self._section}'" if self._section else self.name

    def _note(self, given: dict[str, str]) -> None:
        """What an element is called, where it leads, and what is read out of it."""
        if "id" in given:
            self.anchors.add(given["id"])
        if given.get("href", "").startswith("#"):
            self.links.append((given["href"][1:], self._where()))
        for name in _READ_OUT:
            if given.get(name):
                self._aloud(given[name])

    def _aloud(self, words: str) -> None:
        self.blocks.append(Block(self._where(), Use.UNSEEN, (Piece(words),), self._section))


def _first_words(block: Block) -> str:
    """A caption's title: its words up to the first change of style, numbering left out."""
    groups, said = [""], [piece for piece in block.pieces if not piece.numbering]
    for piece in said:
        if piece.text == " ":
            groups.append("")
        groups[-1] += piece.text
    return next((" ".join(group.split()) for group in groups if group.strip()), "")
