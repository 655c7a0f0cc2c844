"""Workbooks: reports and case lists as Excel files that anyone can read, filter and check."""

from candour.workbook.checklist import check
from candour.workbook.pack import write_listings, write_pack
from candour.workbook.readback import read_back
from candour.workbook.theme import Theme, read_theme

__all__ = ["Theme", "check", "read_back", "read_theme", "write_listings", "write_pack"]
