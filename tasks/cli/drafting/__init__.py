"""Drafting: a council's folder proposed from its exports."""

from tasks.cli.drafting.example import draft_like
from tasks.cli.drafting.folder import Drafted, DraftedExport, draft

__all__ = ["Drafted", "DraftedExport", "draft", "draft_like"]
