"""Veiling: what an audience may not see is decided before any file is made, and proved after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.disclosure import audit, printed_before, structure_of, withheld
from candour.gate import recovered
from candour.words.beside import base_of, count_of
from tasks.press import Press
from tasks.state import State

if TYPE_CHECKING:
    from candour.disclosure import Structure
    from candour.figures import Figure
    from candour.gate import Finding
    from tasks.desk import Desk


@dataclass(frozen=True, slots=True)
class Veiled:
    """A desk at which some figures are withheld, and what the choice was made of."""

    desk: Desk
    free: tuple[Figure, ...] = ()
    """Every figure the report would have told, as it is."""
    earlier: tuple[tuple[Figure, ...], ...] = ()
    """What each earlier release to the same audience has told."""

    def recovered(self) -> tuple[Finding, ...]:
        """What of the withheld figures a reader of the finished report could work out."""
        policy = self.desk.audience.withhold
        if policy is None:
            return ()
        return recovered(
            audit(
                self.free,
                self.desk.withheld,
                policy,
                structure_of(self.desk.council, self.desk.kpis),
                earlier=self.earlier,
                printed=tuple(self.desk.ledger),
            )
        )


def veiled(desk: Desk) -> Veiled:
    """The desk at which what its audience may not see is withheld.

    The report is composed freely once, so that it is known which figures it asks for; what
    of them is withheld is decided from these and from what earlier releases have told.
    """
    policy = desk.audience.withhold
    if policy is None:
        return Veiled(desk)
    Press(desk, desk.report()).page()
    asked = desk.measures.asked()
    parts = (
        part(figure) for figure in asked if figure.base is not None for part in (count_of, base_of)
    )
    free = (*desk.ledger, *asked, *parts)
    structure = structure_of(desk.council, desk.kpis)
    earlier, without_last = _told_before(desk, structure)
    hidden = withheld(free, policy, structure, earlier=without_last)
    if audit(free, hidden, policy, structure, earlier=earlier):
        hidden = withheld(free, policy, structure, earlier=earlier)
    return Veiled(desk.again(withheld=hidden), free, earlier)


Ledgers = tuple[tuple["Figure", ...], ...]


def _told_before(desk: Desk, structure: Structure) -> tuple[Ledgers, Ledgers]:
    """The figures of every release of the report to this audience, and without its last version.

    The last version was chosen without itself: asked in the same way, the same figures are withheld
    again, so that nothing changed makes no new version.
    """
    releases = State(desk.settings.database).releases(
        desk.computed.council, desk.computed.report, audience=desk.choice.audience
    )
    told = [
        printed_before(desk.store.read(f"{release.folder}/ledger.csv").decode(), structure)
        for release in releases
    ]
    own = [n for n, release in enumerate(releases) if release.period == desk.computed.period]
    return tuple(told), tuple(one for n, one in enumerate(told) if n not in own[-1:])
