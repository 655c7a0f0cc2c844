"""Writer: a portal as one HTML file that asks for nothing and runs nothing but its own script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from candour.portal.portal import Portal, Shelf, Version
    from candour.words import Speaker

PAGE, OWN = "portal/index.html.j2", "portal/own.html.j2"


def write_portal(portal: Portal, speaker: Speaker, *, style: str, script: str) -> str:
    """The page that lists what a group of readers may open.

    Args:
        portal: what it lists.
        speaker: says the words.
        style: the whole style sheet.
        script: what adds filters and search; without it every link still stands.

    Raises:
        ConfigurationError: a template is wrong.
    """
    return speaker.html(
        PAGE,
        "portal",
        portal=portal,
        css=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )


def write_own(
    portal: Portal, shelf: Shelf, version: Version, speaker: Speaker, *, style: str, back: str
) -> str:
    """The page that lists the files of single readers in a version; errors as above.

    ``back`` leads to the page that lists the releases.
    """
    return speaker.html(
        OWN,
        "portal",
        portal=portal,
        shelf=shelf,
        version=version,
        css=Markup(style),
        script="",
        policy=_policy(style, ""),
        back=back,
    )


def _policy(style: str, script: str) -> str:
    """What a browser may load and run: this style, this script, and nothing else."""
    ours = f"style-src {_hash(style)}"
    if script:
        ours += f"; script-src {_hash(script)}"
    return f"default-src 'none'; {ours}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
