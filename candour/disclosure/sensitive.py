"""Sensitive: which figures the policy protects, and which of them are small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.declarations import unknown
from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from candour.audience import Sensitive, Withhold
    from candour.disclosure.structure import Structure
    from candour.figures import Figure


def is_protected(figure: Figure, policy: Withhold | None, structure: Structure) -> bool:
    """Whether a small one of this figure is withheld, whatever it is."""
    kpi_id = figure.kpi.split(".")[0]
    if policy is None or kpi_id not in structure.kpis.by_id:
        return False
    return any(_meets(figure, kpi_id, rule, structure) for rule in policy.sensitive)


def _meets(figure: Figure, kpi_id: str, rule: Sensitive, structure: Structure) -> bool:
    about = dict(figure.slice)
    family = structure.kpis.family(kpi_id).family
    return (
        (not rule.procedures or about.get("procedure") in rule.procedures)
        and (not rule.dimensions or not about.keys().isdisjoint(rule.dimensions))
        and (not rule.families or family in rule.families)
        and (not rule.kpis or kpi_id in rule.kpis)
    )


def names_what_there_is(policy: Withhold, structure: Structure) -> None:
    """Refuse a policy that names a KPI or a family there is not: it would protect nothing.

    Raises:
        ConfigurationError: it does; the nearest names are told.
    """
    families = {family.family for family in structure.kpis.families.values()}
    for rule in policy.sensitive:
        for known, named in ((families, rule.families), (structure.kpis.by_id, rule.kpis)):
            for name in named:
                if name not in known:
                    raise ConfigurationError(
                        f"audiences.yaml: withhold → sensitive, '{rule.why}': "
                        f"{unknown(name, known)} They are declared in kpis/."
                    )


def small_numbers(policy: Withhold) -> range:
    """The numbers that are withheld where they are sensitive."""
    return range(0 if policy.nought == "withheld" else 1, policy.below)
