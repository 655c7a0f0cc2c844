"""Options: what Airflow is configured to do, read where it reads it, without importing it."""

from __future__ import annotations

import configparser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELSEWHERE = ("cmd", "secret")
"""Endings that say a value comes from a command or a secrets backend, which is not asked here."""


@dataclass(frozen=True, slots=True)
class Option:
    """What is known of one option."""

    value: str | None
    """None where nobody set it, and Airflow's default holds."""
    kept_elsewhere: bool = False
    """Whether it comes from a command or a secrets backend."""


class Options:
    """Airflow's options: the environment before ``airflow.cfg``, as Airflow has it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._file = configparser.RawConfigParser(strict=False)
        self._file.read(_file(environment), "utf-8")

    def get(self, section: str, option: str) -> Option:
        """What is known of an option."""
        name = f"AIRFLOW__{section}__{option}".upper()
        if name in self.environment:
            return Option(self.environment[name])
        if any(f"{name}_{where.upper()}" in self.environment for where in _ELSEWHERE):
            return Option(None, kept_elsewhere=True)
        if self._file.has_option(section, option):
            return Option(self._file.get(section, option))
        elsewhere = any(self._file.has_option(section, f"{option}_{w}") for w in _ELSEWHERE)
        return Option(None, kept_elsewhere=elsewhere)

    def text(self, section: str, option: str, otherwise: str = "") -> str:
        """An option's value, or Airflow's default as the caller knows it."""
        value = self.get(section, option).value
        return otherwise if value is None else value

    def is_on(self, section: str, option: str, *, otherwise: bool = False) -> bool:
        """Whether an option that is on or off is on."""
        value = self.text(section, option).strip().casefold()
        return otherwise if not value else value not in {"false", "f", "0", "no"}


def _file(environment: Mapping[str, str]) -> Path:
    home = Path(environment.get("AIRFLOW_HOME") or Path.home() / "airflow")
    return Path(environment.get("AIRFLOW_CONFIG") or home / "airflow.cfg").expanduser()
