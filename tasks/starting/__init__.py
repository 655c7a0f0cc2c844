"""Starting: a production installation with settings made for trying out does not start."""

from tasks.starting.entrance import check, refuse
from tasks.starting.findings import Finding, refused, told
from tasks.starting.rules import findings

__all__ = ["Finding", "check", "findings", "refuse", "refused", "told"]
