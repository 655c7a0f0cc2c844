"""Draft: all that the gate looks at, handed over as it stands; nothing is read from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from candour.figures import Figure
    from candour.gate.contents import Contents
    from candour.gate.finding import Finding
    from candour.kpi import Fact, Kpis
    from candour.ledger import Ledger
    from candour.measures import Measures
    from candour.procedure import Procedure
    from candour.report import Report


def _nothing_protected(_: Figure) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Policy:
    """What an audience may see of small numbers and of people."""

    is_protected: Callable[[Figure], bool] = _nothing_protected
    """Whether a figure stands in a part of the council whose small numbers must not be shown."""
    threshold: int = 5
    """A count above nought and below it is small."""
    sees_cases: bool = False
    """Whether every one of its readers may see every case, as a complaints team does."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report with everything made of it and everything it was made from."""

    report: Report
    ledger: Ledger
    kpis: Kpis
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The finished files by name; what they are is told by how their names end."""
    commentary: Mapping[str, str] = field(default_factory=dict)
    """Officers' own words by path: ``councils/…/commentary/2023-24/learning.md``."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """The templates and declarations it was worded by, by path under ``templates/``."""
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    contents: Mapping[str, Contents] = field(default_factory=dict)
    """The statutory contents the report's declaration names, by id."""
    policy: Policy = field(default_factory=Policy)
    declared: tuple[str, ...] = ()
    """Names of the council's own that hold digits: services, teams, categories."""
    measures: Measures | None = None
    """Given, the identities are asked of every slice, printed or not."""
    slices: tuple[Mapping[str, str], ...] = ()
    facts: Mapping[Fact, pd.DataFrame] = field(default_factory=dict)
    found: tuple[Finding, ...] = ()
    """What was found before: by whoever suppressed small numbers, for one."""
