"""Findings are told with the gravest first and those alike together."""

from candour.gate import Finding, Kind, blocking, gravest_first, told

STOPS = Finding("E1", Kind.BLOCKS, "table 'A'", "The rows add up to 831, and the total says 853.",
                "853", "831", "22 of 853 stand in no row.")  # fmt: skip
ALSO = Finding("E1", Kind.BLOCKS, "table 'B'", "The rows add up to 62, and the total says 64.")
REMARK = Finding("G08", Kind.REMARK, "learning.md, line 1", "'12' is typed.")
PERSON = Finding("G10", Kind.CHECKLIST, "Code, section 8", "Publish it there.")


def test_what_stops_a_draft_comes_first() -> None:
    assert gravest_first([PERSON, REMARK, STOPS, STOPS]) == (STOPS, REMARK, PERSON)
    assert blocking([PERSON, REMARK, STOPS]) == (STOPS,)


def test_findings_are_grouped_and_counted_in_words() -> None:
    assert told([PERSON, REMARK, STOPS, ALSO]) == (
        "Two findings stop this draft:\n"
        "Parts and whole (E1)\n"
        "- table 'A': The rows add up to 831, and the total says 853. 22 of 853 stand in no row.\n"
        "- table 'B': The rows add up to 62, and the total says 64.\n\n"
        "One remark to read before approving:\n"
        "Digits typed into commentary (G08)\n"
        "- learning.md, line 1: '12' is typed.\n\n"
        "One thing a person must see to:\n"
        "What the law asks for (G10)\n"
        "- Code, section 8: Publish it there."
    )


def test_one_finding_stops_a_draft_in_the_singular() -> None:
    assert told([STOPS]).startswith("One finding stops this draft:")


def test_a_finding_is_one_line() -> None:
    assert str(ALSO) == "E1: table 'B': The rows add up to 62, and the total says 64."
