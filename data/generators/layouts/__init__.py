"""Layouts: a small invented council for each vendor, its cases under that vendor's own headings."""
