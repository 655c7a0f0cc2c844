"""Restating: what a correction changed, figure by figure, and what became of the cases behind."""

from candour.restating.counted import Facts
from candour.restating.differing import Told, differing
from candour.restating.listing import listed
from candour.restating.restated import Restated, Version, restated
from candour.restating.why import Why

__all__ = ["Facts", "Restated", "Told", "Version", "Why", "differing", "listed", "restated"]
