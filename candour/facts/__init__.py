"""Facts: cases with yes/no flags, as known on a day; flags are the only things a KPI can count."""

from candour.facts.flags import FLAGS, MEASURES, offered
from candour.facts.others import contact_facts, plain_facts
from candour.facts.outstanding import AGE_BANDS, movements, outstanding
from candour.facts.slicing import Dimensions
from candour.facts.steps import step_facts

__all__ = [
    "AGE_BANDS",
    "FLAGS",
    "MEASURES",
    "Dimensions",
    "contact_facts",
    "movements",
    "offered",
    "outstanding",
    "plain_facts",
    "step_facts",
]
