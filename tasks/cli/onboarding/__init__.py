"""Onboarding: what a council's folder and exports give before its first report."""

from tasks.cli.onboarding.report import Onboarding, onboarding

__all__ = ["Onboarding", "onboarding"]
