"""Measuring: a KPI's figures, the definition they stand on and the cases behind them."""

from tasks.cli.measuring.measured import Definition, Measured, measure

__all__ = ["Definition", "Measured", "measure"]
