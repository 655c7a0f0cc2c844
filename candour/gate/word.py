"""Word: a document read again, paragraph by paragraph, with where in it each stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from candour.document.names import DRAWING, MARK, NUMBERING, w
from candour.gate.opened import Block, Drawing, Grid, Opened, Piece, Use
from candour.gate.places import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)
_SKIPPED = frozenset({w("del"), w("moveFrom"), w("fldSimple")})


def read_document(name: str, content: bytes, keys: Mapping[str, str]) -> Opened:
    """A Word file as its reader meets it.

    Args:
        name: the file's.
        content: its bytes.
        keys: the key of a figure by its control's tag; one that is not there stands for itself.
    """
    walk = _Walk(name, keys)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in sorted(package.namelist()):
            if found := _TEXTS.fullmatch(part):
                walk.read(found[1], etree.fromstring(package.read(part), _SAFE))
    return Opened(name, tuple(walk.blocks), tuple(walk.grids), tuple(walk.drawings))


@dataclass
class _Walk:
    """Walks through the parts of a file, keeping what is needed to say where something stands."""

    name: str
    keys: Mapping[str, str]
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    _part: str = ""
    _section: str = ""
    _caption: str = ""
    _tables: int = 0
    _in_field: int = 0
    """How many fields are open: a list of contents fills several paragraphs."""

    def read(self, part: str, root: etree._Element) -> None:
        self._part, self._section, self._caption, self._in_field = part, "", "", 0
        for element in _outermost(root):
            if element.tag == w("tbl"):
                self._table(element)
            else:
                self._paragraph(element)

    @property
    def _where(self) -> str:
        if self._part != "document":
            return f"{self.name}, {self._part}"
        return f"{self.name}, section '{self._section}'" if self._section else self.name

    def _paragraph(self, element: etree._Element) -> None:
        style = _style(element)
        heading = style.startswith("Heading") or style == "Title"
        use = Use.HEADING if heading else Use.CAPTION if style == "Caption" else Use.PROSE
        block = Block(self._where, use, self._pieces(element), self._section)
        self._pictures(element)
        if not (block.text or block.figures):
            return
        self.blocks.append(block)
        if heading:
            self._section = block.text
        elif use is Use.CAPTION:
            self._caption = " ".join(
                "".join(p.text for p in block.pieces if not p.numbering).split()
            )

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        cells = Cells(self._where, self._caption, self._tables)
        for line in table.iter(w("tr")):
            cells.begin_row()
            for element in line.iter(w("tc")):
                cells.add(self._pieces(element), self._section)
                self._pictures(element)
        self.blocks.extend(cells.filled())
        if cells.rows:
            self.grids.append(cells.grid())
        self._caption = ""

    def _pictures(self, element: etree._Element) -> None:
        for told in element.iter(f"{{{DRAWING}}}docPr"):
            alt = told.get("descr", "")
            self.drawings.append(Drawing(self._where, told.get("title", ""), alt, ()))

    def _pieces(self, element: etree._Element) -> tuple[Piece, ...]:
        """The texts of a paragraph or cell: plain words, figures in their controls, numbering.

        What a field shows is left out, because Word works it out again: a page's number.
        """
        pieces: list[Piece] = []
        last: etree._Element | None = None
        for part in element.iter(w("fldChar"), w("t"), w("tab"), w("br"), w("p")):
            if part.tag == w("fldChar"):
                self._in_field += {"begin": 1, "end": -1}.get(part.get(w("fldCharType"), ""), 0)
            elif part.tag != w("t"):
                pieces.append(Piece(" "))
            elif not self._in_field and not _unsaid(part):
                control = _control(part)
                made = self._piece(part, control)
                if control is not None and control is last:
                    made = Piece(pieces.pop().text + made.text, made.key)
                pieces.append(made)
                last = control
        return tuple(pieces)

    def _piece(self, text: etree._Element, control: etree._Element | None) -> Piece:
        if control is not None:
            tag = _tag(control)
            return Piece(text.text or "", self.keys.get(tag, tag.removeprefix(MARK)))
        return Piece(text.text or "", numbering=_numbered(text))


def _outermost(root: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a part that stand in no table."""
    for element in root.iter(w("p"), w("tbl")):
        if next(element.iterancestors(w("tbl")), None) is None:
            yield element


def _control(text: etree._Element) -> etree._Element | None:
    """The figure's control that a text stands in."""
    return next((c for c in text.iterancestors(w("sdt")) if _tag(c).startswith(MARK)), None)


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if tag is None else tag.get(w("val"), "")


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def _unsaid(text: etree._Element) -> bool:
    """Whether a text was deleted under tracked changes, or is shown by a field."""
    return any(above.tag in _SKIPPED for above in text.iterancestors())


def _numbered(text: etree._Element) -> bool:
    """Whether a text is numbering made by machine."""
    for above in text.iterancestors(w("r")):
        style = above.find(f"{w('rPr')}/{w('rStyle')}")
        if style is not None and style.get(w("val")) == NUMBERING:
            return True
    return False
