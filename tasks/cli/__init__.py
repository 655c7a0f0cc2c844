"""The command line: Candour's verbs without Airflow."""

from tasks.cli.app import app, main

__all__ = ["app", "main"]
