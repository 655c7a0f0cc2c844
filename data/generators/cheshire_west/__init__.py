"""Cheshire West and Chester: synthetic cases built to the totals it published for 2022-23."""

from __future__ import annotations

from data.generators.cheshire_west.exports import files

__all__ = ["files"]
