"""Settings: where things are, read from the environment once, at the outermost edge."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).resolve().parents[1]
"""The folder that holds kpis/, templates/, expectations/, councils/ and data/."""


class Profile(StrEnum):
    """What this installation is for."""

    DEVELOPMENT = "development"
    """Somebody looks or tries something out; every default is made for it."""
    PRODUCTION = "production"
    """A council's readers depend on it: what is only good enough to try is refused at the start."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the declarations are read from and the run state is kept."""

    project: Path
    home: str
    """Folder or fsspec URL of the run state (``CANDOUR_HOME``, by default ``var``)."""
    council_folders: tuple[Path, ...]
    """Folders that hold council folders: ``councils/``, then those of ``CANDOUR_COUNCILS``."""
    database: str
    """SQLAlchemy URL of the run-state database (``CANDOUR_DATABASE``); empty: none is named."""
    smtp: str
    """``smtp://host:port`` to send mail to; empty: the Airflow connection ``smtp_default``."""
    mail_redirect: str = ""
    """Outside production: the address every mail goes to instead (``CANDOUR_MAIL_REDIRECT``)."""
    mail_dry_run: bool = False
    """Outside production: no mail is kept or sent, only told of (``CANDOUR_MAIL_DRY_RUN=1``)."""
    approval: str = "page"
    """Where drafts are approved (``CANDOUR_APPROVAL``): ``page``, Airflow's own, or ``command``."""
    profile: Profile = Profile.DEVELOPMENT
    """What the installation is for (``CANDOUR_PROFILE``)."""


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this machine.

    Raises:
        ConfigurationError: ``CANDOUR_PROFILE`` is neither of the two there are.
    """
    given = os.environ if environment is None else environment
    project = Path(given.get("CANDOUR_PROJECT", PROJECT))
    home = given.get("CANDOUR_HOME", str(project / "var"))
    further = [Path(p) for p in given.get("CANDOUR_COUNCILS", "").split(os.pathsep) if p]
    return Settings(
        project=project,
        home=home,
        council_folders=(project / "councils", *further),
        database=given.get("CANDOUR_DATABASE") or _beside(home),
        smtp=given.get("CANDOUR_SMTP", ""),
        mail_redirect=given.get("CANDOUR_MAIL_REDIRECT", ""),
        mail_dry_run=given.get("CANDOUR_MAIL_DRY_RUN", "") not in {"", "0"},
        approval=given.get("CANDOUR_APPROVAL", "page"),
        profile=_profile(given.get("CANDOUR_PROFILE", "")),
    )


def _beside(home: str) -> str:
    """The database of a run state that is a folder; one at a URL has none of its own."""
    return "" if "://" in home else f"sqlite:///{Path(home).absolute()}/candour.db"


def _profile(written: str) -> Profile:
    try:
        return Profile(written or Profile.DEVELOPMENT)
    except ValueError:
        msg = (
            f"CANDOUR_PROFILE is '{written}'. Set it to 'production' where readers depend on it, "
            "or leave it out for 'development'."
        )
        raise ConfigurationError(msg) from None
