"""Portal: one page that lists what a group of readers may open."""

from candour.portal.portal import Group, Kept, Now, Own, Portal, Shelf, Version
from candour.portal.writer import write_own, write_portal

__all__ = [
    "Group",
    "Kept",
    "Now",
    "Own",
    "Portal",
    "Shelf",
    "Version",
    "write_own",
    "write_portal",
]
