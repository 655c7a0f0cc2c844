"""The portal: each group of readers has a folder of its own, and nothing in it is another's."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NoReturn

from candour.composing import read_library
from candour.declarations import read_declaration
from candour.errors import CandourError, ConfigurationError
from candour.ledger import Ledger
from candour.page.theme import LOOK, STYLE, Look, Theme
from candour.period import Period
from candour.portal import Group as Beside
from candour.portal import Portal, write_own, write_portal
from candour.readership import TEAM, readers_of
from candour.words import Speaker
from tasks import declared
from tasks.admitting import Group, Released, called, named, narrower, read_manifest, refused
from tasks.editions import BULLETIN
from tasks.shelving import INDEX, Shelving
from tasks.state import State
from tasks.store import Store

if TYPE_CHECKING:
    from candour.council import Council
    from tasks.settings import Settings
    from tasks.shelving import Copy
    from tasks.state import Release

SCRIPT, OWN_STYLE = "portal/portal.js.j2", "themes/portal.css"
_BULLETIN_TITLE = "Bulletin of outstanding complaints"


def publish_portal(settings: Settings, council_id: str) -> list[str]:
    """Make the pages of every group of readers again; gives their folders in the store.

    The files are copied first and what leads to them last; what is there already is not written
    again, and what no longer belongs is taken away. If something is released meanwhile, the pages
    are made once more, so that whoever ends last leaves them whole.

    Raises:
        CandourError: a release may not be shown to readers who see counts, or a file is not what
            was released; every other page was made.
    """
    state, store = State(settings.database), Store(settings.home)
    council = declared.council(settings, council_id)
    seen: list[Release] = []
    made = _Made()
    while (releases := state.releases(council_id)) != seen:
        seen = releases
        house = _House(settings, store, [read_manifest(store, release) for release in releases])
        made = house.made(council)
        _write(store, _root(council_id), made)
    if made.refused:
        raise CandourError("\n".join(made.refused))
    return [f"{_root(council_id)}/{folder}" for folder in made.folders]


def folders_of(settings: Settings, council_id: str, audience: str) -> list[str]:
    """The folders of an audience in the store: one, or one a reader, as they were made last."""
    store, root = Store(settings.home), f"{_root(council_id)}/{audience}"
    pages = {n.removesuffix(f"/{INDEX}") for n in store.names(root) if n.endswith(f"/{INDEX}")}
    depth = 0 if root in pages else 1
    return sorted(page for page in pages if page.removeprefix(root).count("/") == depth)


@dataclass(frozen=True, slots=True)
class _Made:
    """Everything of one council's portal, by its name below the council's folder."""

    folders: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


class _House:
    """The pages and copies of all groups of readers of one council."""

    def __init__(self, settings: Settings, store: Store, released: list[Released]) -> None:
        self._settings, self._store, self._released = settings, store, released

    def made(self, council: Council) -> _Made:
        """Every page, and every copy that a page leads to."""
        period = Period.parse(self._released[-1].release.period, council.year_starts)
        voice = _Voice(self._settings, council, period)
        groups = list(self._groups(council))
        copies: list[Copy] = []
        pages: dict[str, str] = {}
        objections: dict[str, None] = {}
        names = {reader.key: named(council, reader) for reader in readers_of(council)}
        for group in groups:
            shelving = Shelving(self._store, council, voice.titles, group, names)
            shown = self._shown(council, group, objections)
            portal = _portal(council, group, shelving, shown)
            if group.team:
                beside = (
                    Beside(g.name[:1].upper() + g.name[1:], f"../{g.folder}/{INDEX}")
                    for g in groups
                    if g != group
                )
                portal = replace(portal, groups=tuple(beside))
            pages |= voice.pages(portal, shelving)
            copies += shelving.copies
        return _Made(tuple(g.folder for g in groups), tuple(copies), pages, tuple(objections))

    def _groups(self, council: Council) -> list[Group]:
        """The folders there are: one an audience that sees counts, else one a reader."""
        used = {choice.audience for choice in council.profile.reports.values()}
        used |= {one.release.audience for one in self._released}
        groups: list[Group] = []
        for id_, audience in council.audiences.items():
            if id_ not in used:
                continue
            if audience.sees == "counts":
                groups.append(Group(id_, called(council, id_), id_))
                continue
            groups += [
                Group(f"{id_}/{reader.key}", named(council, reader), id_, reader)
                for reader in readers_of(council)
            ]
        return [*groups, Group(TEAM, council.profile.complaints_team.name)]

    def _shown(self, council: Council, group: Group, objections: dict[str, None]) -> list[Released]:
        """The releases a group may see anything of; why another is refused is noted."""
        if group.team:
            return self._released
        mine = [one for one in self._released if one.release.audience == group.audience]
        found = {id(one): refused(one, council, group.audience) for one in mine}
        objections.update({why: None for why in found.values() if why})
        sees = council.audiences[group.audience].sees
        return [one for one in mine if not found[id(one)] and narrower(one, sees)]


def _portal(council: Council, group: Group, shelving: Shelving, shown: list[Released]) -> Portal:
    """What stands on a group's page."""
    shelves = shelving.shelves(shown)
    audiences = council.audiences
    markings = [audiences[group.audience]] if group.audience else list(audiences.values())
    team = council.profile.complaints_team
    return Portal(
        council=council.name,
        whose=group.name,
        shelves=shelves,
        team=team.name,
        team_email=team.email,
        marking=next((a.marking for a in markings if a.marking), ""),
        notice=council.notice,
        inside=group.team or not audiences[group.audience].outside,
        now=shelving.now(shown),
    )


class _Voice:
    """The words and the look of a council's pages."""

    def __init__(self, settings: Settings, council: Council, period: Period) -> None:
        texts = declared.template_texts(settings, council.id)
        library = read_library(texts)
        self.titles = {
            id_: library.report(choice.form or id_).title
            for id_, choice in council.profile.reports.items()
            if id_ != BULLETIN
        } | {BULLETIN: _BULLETIN_TITLE}
        look = read_declaration(Look, texts[f"themes/{LOOK}"], f"templates/themes/{LOOK}")
        self._style = Theme(look, texts[f"themes/{STYLE}"] + texts[OWN_STYLE], {}).css
        self._script = texts[SCRIPT]
        self._speaker = Speaker(texts, Ledger(), _no_figures, period)

    def pages(self, portal: Portal, shelving: Shelving) -> dict[str, str]:
        """The page of a group, and before it those it leads to."""
        pages = {}
        for name, (shelf, version) in shelving.own_pages.items():
            back = "../" * (name.count("/") - 1) + INDEX
            pages[name] = write_own(
                portal, shelf, version, self._speaker, style=self._style, back=back
            )
        page = write_portal(portal, self._speaker, style=self._style, script=self._script)
        return {**pages, f"{shelving.group.folder}/{INDEX}": page}


def _write(store: Store, root: str, made: _Made) -> None:
    """Copies, then pages, then whatever is there and no longer belongs."""
    there = set(store.names(root))
    wanted = set()
    for copy in made.copies:
        target = f"{root}/{copy.target}"
        wanted.add(target)
        if target not in there or not _holds(store.read(target), copy):
            store.write(target, _released(store, copy))
    for name, page in made.pages.items():
        target, content = f"{root}/{name}", page.encode()
        wanted.add(target)
        if target not in there or store.read(target) != content:
            store.write(target, content)
    for name in sorted(there - wanted):
        store.remove(name)


def _holds(content: bytes, copy: Copy) -> bool:
    return hashlib.sha256(content).hexdigest() == copy.sha256


def _released(store: Store, copy: Copy) -> bytes:
    """The bytes of a released file, if they are still what was released."""
    content = store.read(copy.source)
    if not _holds(content, copy):
        raise CandourError(
            f"{copy.source} is not what was released: its checksum differs from the manifest's. "
            "The portal stands as it was. Restore the file, or release a correction."
        )
    return content


def _root(council_id: str) -> str:
    return f"portal/{council_id}"


def _no_figures(kpi_id: str, *_: object, **__: object) -> NoReturn:
    raise ConfigurationError(
        f"The portal counts nothing, and its template asks for '{kpi_id}'. What it tells are the "
        "headlines of releases and the counts of the last bulletin."
    )
