"""Northmere: a fictional council with a story to chart."""

from __future__ import annotations

from data.generators.northmere.exports import files

__all__ = ["files"]
