"""Pages: reports as HTML, the master, and as PDF, the same page printed."""

from candour.page.annual import DRAFT, pictures_of, write_annual
from candour.page.page import write_page
from candour.page.pdf import PangoMissingError, write_pdf
from candour.page.theme import Look, Theme, read_theme

__all__ = [
    "DRAFT",
    "Look",
    "PangoMissingError",
    "Theme",
    "pictures_of",
    "read_theme",
    "write_annual",
    "write_page",
    "write_pdf",
]
