"""Facts: cases with yes/no flags, as known on a day; flags are the only things a KPI can count."""

from candour.facts.flags import FLAGS, MEASURES, offered
from candour.facts.others import PLAIN, contact_facts, plain_facts
from candour.facts.outstanding import AGE_BANDS, movements, outstanding
from candour.facts.slicing import Dimensions
from candour.facts.steps import BANDS, RESULTS, step_facts

__all__ = [
    "AGE_BANDS",
    "BANDS",
    "FLAGS",
    "MEASURES",
    "PLAIN",
    "RESULTS",
    "Dimensions",
    "contact_facts",
    "movements",
    "offered",
    "outstanding",
    "plain_facts",
    "step_facts",
]
