"""Looking: every council's inbox is looked at, and none waits for another that does not answer."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.exports import match
from tasks import declared
from tasks.inbox import files_of, place_of, url_of
from tasks.inbox.connections import options
from tasks.state import Sighting, Sightings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.council import Council
    from tasks.inbox import Arrived, File
    from tasks.settings import Settings

SECONDS_TO_ANSWER = 90
"""For all inboxes together, which are asked at once."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a council's inbox came to."""

    council: str
    new: int = 0
    """Files that are whole and were never announced as they are now."""
    waiting: int = 0
    """Files that are still being written."""
    trouble: str = ""
    """Why it could not be looked at, as a sentence."""


class _Look:
    """A look at one inbox, in a thread of its own; whoever waits for it may stop waiting."""

    def __init__(self, settings: Settings, council: Council, run: str) -> None:
        inbox = council.profile.inbox
        self.council = council.id
        self._wanted = lambda name: match(council.exports, name) is not None
        self._inbox = inbox
        self._url = url_of(settings, inbox)
        # Airflow is asked for the log-in here: its tasks have one line to it, for one thread.
        self._options = options(self._url, inbox.connection)
        self._sightings = Sightings(settings.database, council.id, place_of(inbox))
        self._run = run
        self._known = {
            name: sighting.mark
            for name, sighting in self._sightings.known().items()
            if sighting.sha256 or sighting.announced_by != run
        }
        self._arrived: Arrived | None = None
        self._trouble = ""
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._thread.start()

    def ended(self, until: float) -> Looked:
        """What it came to; new files are noted, so that no other run announces them."""
        self._thread.join(max(0.0, until - time.monotonic()))
        if self._thread.is_alive():
            return Looked(self.council, trouble="The inbox did not answer in time.")
        if self._arrived is None:
            return Looked(self.council, trouble=self._trouble)
        new = [file for file in self._arrived.whole if self._is_new(file, self._known)]
        self._sightings.note(Sighting(f.name, f.mark, announced_by=self._run) for f in new)
        return Looked(self.council, len(new), len(self._arrived.waiting))

    @staticmethod
    def _is_new(file: File, known: Mapping[str, str]) -> bool:
        return known.get(file.name) != file.mark

    def _go(self) -> None:
        try:
            with files_of(self._inbox, self._url, self._options) as source:
                self._arrived = source.arrived(self._wanted, self._known)
        except CandourError as problem:
            self._trouble = str(problem)
        except Exception as problem:  # what no sentence foresees is this council's alone, too
            self._trouble = f"The inbox could not be looked at ({type(problem).__name__})."


def look_at_every(settings: Settings, run: str) -> list[Looked]:
    """Look at the inbox of every council, all at once; a query is asked on the intake's days only.

    A file is new once: for the run that is named, and for another try of it, which may be made
    because nobody heard of the first.

    Args:
        settings: where things are.
        run: who looks.
    """
    looks: list[_Look | Looked] = []
    for council_id in declared.council_ids(settings):
        try:
            council = declared.council(settings, council_id)
            if not council.profile.inbox.queries:
                looks.append(_Look(settings, council, run))
        except CandourError as problem:
            looks.append(Looked(council_id, trouble=str(problem)))
        except Exception as problem:
            looks.append(Looked(council_id, trouble=f"{type(problem).__name__} in its folder."))
    until = time.monotonic() + SECONDS_TO_ANSWER
    return [look.ended(until) if isinstance(look, _Look) else look for look in looks]
