"""Alerts: one message to the right person: what, why, what was kept and what to do."""

from candour.alert.alert import Addressee, Alert, Kind, Side, ToldError, key_of, key_of_failure
from candour.alert.letterhead import Letterhead, read_letterhead
from candour.alert.wording import Wording, read_wordings, worded
from candour.alert.writers import to_html, to_text

__all__ = [
    "Addressee",
    "Alert",
    "Kind",
    "Letterhead",
    "Side",
    "ToldError",
    "Wording",
    "key_of",
    "key_of_failure",
    "read_letterhead",
    "read_wordings",
    "to_html",
    "to_text",
    "worded",
]
