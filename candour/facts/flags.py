"""Flags: every yes/no a KPI may count, by fact table, each with its meaning."""

from __future__ import annotations

from candour.kpi import Fact

FLAGS: dict[Fact, dict[str, str]] = {
    Fact.STEPS: {
        "all": "every case at a stage",
        "at_stage_one": "the stage is stage one",
        "at_stage_two": "the stage is stage two",
        "at_stage_three": "the stage is stage three",
        "acknowledgement_due": "the day to acknowledge by has passed, or was met",
        "acknowledged_in_time": "acknowledged on or before the last day to acknowledge",
        "responded": "the full response was sent",
        "in_time": "the response was sent on or before the first due day",
        "within_extension": "sent by the due day, or by the later day an extension agreed",
        "within_longest": "the response was sent within the longest time the procedure allows",
        "late": "the response was sent after the first due day",
        "extended": "an extension was agreed",
        "due": "a due day is set and the case was not withdrawn before it",
        "awaiting_due_day": "due, not answered, and the first due day has not passed",
        "awaiting_extended_day": "due, not answered, and the extended day has not passed",
        "decided": "the response has an outcome",
        "upheld": "the outcome is upheld",
        "partially_upheld": "the outcome is partially upheld",
        "not_upheld": "the outcome is not upheld",
        "upheld_or_partially": "the outcome is upheld or partially upheld",
        "outcome_missing": "a response was sent and no outcome is recorded",
        "withdrawn": "left without an outcome because the person withdrew it",
        "refused": "left without an outcome because it was refused",
        "escalated": "the case went on to the next stage",
        "taken_outside": "the person took it outside the council after the stage",
        "with_redress": "money was paid to put it right",
        "vendor_says": "the source system gives its own met or missed for a response",
        "vendor_disagrees": "the source system's met or missed is not what the dates give",
    },
    Fact.MOVEMENTS: {
        "all": "every arrival, reopening and departure",
        "arrived": "a stage was asked for",
        "reopened": "it was opened again after it had left",
        "closed": "it left with an answer, or the record was closed",
        "withdrawn": "it left withdrawn or refused",
    },
    Fact.OUTSTANDING: {
        "all": "open at the start of the day that ends the period",
        "overdue": "the last agreed day has passed",
        "overdue_first_day": "the first due day has passed, whatever was agreed since",
        "due_next_five_days": "not overdue, and due within the next five working days",
        "due_before_next": "not overdue, and overdue by the next bulletin unless it is answered",
        "unacknowledged": "not acknowledged though the procedure asks for it",
        "acknowledgement_overdue": "not acknowledged, and the last day to do so has passed",
        "extension_lapses_soon": "an extension ends within the next five working days",
        "at_later_stage": "the stage is stage two or a review panel",
        "milestone_soon": "at a later stage, and its next day in the procedure is as near",
        "open_before": "open on the morning told of before, too",
        "extended": "an extension was agreed",
        "clock_not_started": "no clock runs yet",
    },
    Fact.CONTACTS: {
        "all": "every contact",
        "became_complaint": "it became a complaint",
        "refused": "it was refused",
        "withdrawn": "it was withdrawn",
        "resolved_early": "it was put right before it became a complaint",
        "refused_or_withdrawn": "it was refused or withdrawn",
        "undecided": "nothing is decided yet",
        "not_pursued": "it was withdrawn, resolved early or taken another way",
        "not_complaint": "it was refused or not pursued",
    },
    Fact.COMPLIMENTS: {
        "all": "every compliment",
        "quoted": "it has words that a person has cleared for publication",
    },
    Fact.DECISIONS: {
        "all": "every decision or enquiry",
        "investigated": "investigated in detail",
        "upheld": "fault was found",
        "not_upheld": "investigated in detail, and no fault was found",
        "recommended": "fault was found, and a remedy recommended",
        "satisfactory_before": "fault was found, and had been put right before",
        "compliance_due": "the Ombudsman looked at whether we complied",
        "complied": "the Ombudsman was satisfied that we complied",
    },
    Fact.LEARNING: {
        "all": "every action",
        "done": "it is done",
        "overdue": "not done, and its due day has passed",
        "published": "it has what was said and done in words cleared for publication",
    },
    Fact.IMPROVEMENTS: {
        "all": "every service improvement agreed with the Ombudsman",
        "first_of_case": "the first improvement of its case",
    },
    Fact.STATISTICS: {
        "all": "every authority in a year",
        "received": "received by the Ombudsman",
        "decided": "decided by the Ombudsman",
        "dealt_with": "not for the Ombudsman, assessed and closed, or investigated",
        "not_for_us": "not for the Ombudsman, or not ready for it",
        "assessed_and_closed": "closed after a first assessment",
        "investigated": "investigated in detail: upheld or not",
        "upheld": "investigated, and fault found",
        "not_upheld": "investigated, and no fault found",
        "satisfactory_remedies": "upheld, and put right before the Ombudsman came",
        "compliance_outcomes": "remedies whose compliance was looked at",
        "complied": "remedies the Ombudsman was satisfied with",
        "public_reports": "public reports issued",
        "residents": "residents, as the Ombudsman's rates count them",
    },
}

MEASURES: dict[Fact, dict[str, str]] = {
    Fact.STEPS: {
        "days_taken": "working days from the start of the clock to the response",
        "days_over": "working days past the first due day when the response was sent",
        "redress_pence": "money paid to put it right, in pence",
    },
    Fact.OUTSTANDING: {
        "age_days": "working days since it was received",
        "days_overdue": "working days past the last agreed day",
    },
}


def offered() -> dict[Fact, frozenset[str]]:
    """What a KPI may name, by fact table: flags and measures."""
    return {fact: frozenset(FLAGS[fact]) | frozenset(MEASURES.get(fact, {})) for fact in Fact}
