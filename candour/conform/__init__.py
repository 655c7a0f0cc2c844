"""Conform: raw tables become typed frames, and every row of the file is accounted for."""

from candour.conform.conformed import Accounts, Conformed, Unknown
from candour.conform.conforming import conform
from candour.conform.faults import Fault

__all__ = ["Accounts", "Conformed", "Fault", "Unknown", "conform"]
