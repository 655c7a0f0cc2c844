"""Telling: the story of one case, stage by stage."""

from tasks.cli.telling.story import Story, tell_case

__all__ = ["Story", "tell_case"]
