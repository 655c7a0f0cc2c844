"""The generators: synthetic exports of councils, the same bytes on every run."""

from __future__ import annotations

import os

# With lxml beside it openpyxl writes the same workbook in other bytes.
os.environ["OPENPYXL_LXML"] = "False"
