"""Stockport: synthetic cases built to the totals the council published for 2023-24."""

from __future__ import annotations

from data.generators.stockport.exports import files

__all__ = ["files"]
