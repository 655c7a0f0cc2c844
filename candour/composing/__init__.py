"""Composing: a declared report and the measures become a report of figures and sentences."""

from candour.composing.composer import Composer
from candour.composing.declared import Library, read_library
from candour.composing.listings import Background
from candour.composing.report import compose

__all__ = ["Background", "Composer", "Library", "compose", "read_library"]
