"""What councils declare of small numbers is read, checked and kept to."""

from __future__ import annotations

from pathlib import Path

import pytest

from candour.audience import Audiences, misnamed
from candour.declarations import read_declaration
from candour.disclosure import Structure, is_protected
from candour.errors import ConfigurationError
from candour.kpi import Kpis
from tests.disclosure.conftest import counted, share

COUNCILS = Path(__file__).parents[2] / "councils"
PROCEDURES = ("corporate", "adults", "childrens", "housing")


def audiences(text: str) -> Audiences:
    return read_declaration(
        Audiences, text, "audiences.yaml", key="audiences",
        check=lambda declared: misnamed(declared, PROCEDURES),
    )  # fmt: skip


def test_the_public_of_northmere_sees_volumes_and_no_small_outcome(kpis: Kpis) -> None:
    public = audiences((COUNCILS / "northmere/audiences.yaml").read_text()).audiences["public"]
    structure = Structure(kpis)

    def protected(figure: object) -> bool:
        return is_protected(figure, public.withhold, structure)  # type: ignore[arg-type]

    assert protected(counted("complaints_received", 3, procedure="adults"))
    assert protected(counted("complaints_received", 3, complainant_type="parent"))
    assert protected(share("upheld", 2, 4, service="libraries"))
    assert not protected(counted("complaints_received", 3, service="libraries"))
    assert not protected(share("upheld", 2, 4, procedure="corporate"))


@pytest.mark.parametrize("council", ["knowsley", "stockport", "cheshire_west"])
def test_a_reproduction_prints_what_was_printed_and_says_why(council: str) -> None:
    text = (COUNCILS / council / "audiences.yaml").read_text()
    public = audiences(text).audiences["public"]
    assert public.withhold is None
    assert public.small_numbers_printed


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("procedures: [adult]", "did you mean 'adults'"),
        ("dimensions: [complainant]", "did you mean 'complainant_type'"),
        ("", "name at least one of"),
    ],
)
def test_what_protects_nothing_is_refused(entry: str, said: str) -> None:
    rule = f"{{why: because, {entry}}}" if entry else "{why: because}"
    text = f"public: {{name: P, sees: counts, withhold: {{sensitive: [{rule}]}}}}"
    with pytest.raises(ConfigurationError, match=said):
        audiences(text)


def test_who_sees_cases_has_nothing_withheld() -> None:
    text = (
        "managers: {name: M, sees: cases, withhold: {sensitive: [{why: x, procedures: [adults]}]}}"
    )
    with pytest.raises(ConfigurationError, match="protects nothing"):
        audiences(text)
