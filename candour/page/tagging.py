"""Tagging: what a printed page's tags lack for whoever listens to it - scopes and printed links."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRINTED = 4
"""The flag of an annotation that is there on paper too."""


def finish_tags(pdf: bytes) -> bytes:
    """The same PDF, each heading cell with its scope and each link with its print flag."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for cell, in_head in _heading_cells(document.Root.get("/StructTreeRoot")):
            scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row
            cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = int(annotation.get("/F", 0)) | _PRINTED
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()


def _heading_cells(root: pikepdf.Object | None) -> Iterator[tuple[pikepdf.Object, bool]]:
    """Every heading cell, and whether it stands in the head of its table."""
    waiting = [] if root is None else [(root, False)]
    while waiting:
        element, in_head = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting += [(part, in_head) for part in element]
        elif isinstance(element, pikepdf.Dictionary) and "/K" in element:
            kind = element.get("/S")
            if kind == pikepdf.Name.TH:
                yield element, in_head
            waiting.append((element.K, in_head or kind == pikepdf.Name.THead))
