"""The start-up check as a command: 0 when this installation may start, 2 and why when not."""

from __future__ import annotations

import sys

from tasks.starting.entrance import check

if __name__ == "__main__":
    sys.exit(check())
