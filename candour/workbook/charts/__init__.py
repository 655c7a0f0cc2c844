"""Charts: native Excel charts on sheets of their own, their message above and alt text inside."""

from candour.workbook.charts.marks import with_marks
from candour.workbook.charts.sheet import chart_sheet

__all__ = ["chart_sheet", "with_marks"]
