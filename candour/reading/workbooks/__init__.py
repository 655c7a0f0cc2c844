"""Workbooks: spreadsheets are weighed and marked first, and only then opened."""
