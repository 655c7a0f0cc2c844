"""Caveats: the complaints team hears of a release whose cases end earlier than they should."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tasks import declared
from tasks.store import Store

if TYPE_CHECKING:
    import datetime as dt

    from tasks.settings import Settings
    from tasks.state import Release


def tell_if_stale(settings: Settings, release: Release, *, now: dt.datetime) -> None:
    """Tell the complaints team, once a release, what its readers are told of its age.

    Raises:
        ConfigurationError: nobody is named to be told, or the templates are wrong.
    """
    from candour.alert import Kind, key_of  # noqa: PLC0415  - only what is stale pays for it
    from candour.period import Period  # noqa: PLC0415
    from tasks.alerts.telling import Occasion, tell_of  # noqa: PLC0415

    manifest = json.loads(Store(settings.home).read(f"{release.folder}/manifest.json"))
    caveat = manifest.get("caveat", "")
    if not caveat:
        return
    council = release.council
    year_starts = declared.council(settings, council).year_starts
    occasion = Occasion(
        Kind.STALE,
        council,
        key_of(Kind.STALE, council, release.folder),
        names={
            "report": f"the {release.report.replace('_', ' ')}",
            "period": Period.parse(release.period, year_starts).label,
            "command": f'candour run {council} {release.report} {release.period} --reason "…"',
        },
        reason=caveat,
        where=release.folder,
    )
    tell_of(settings, occasion, now=now)
