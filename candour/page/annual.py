"""Annual reports: one page in three forms, whose parts number themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from candour.chart import Chart
from candour.errors import ConfigurationError
from candour.page.charts import picture
from candour.page.numbering import Form, number_document
from candour.page.page import write_page
from candour.table import Listing, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from candour.page.theme import Theme
    from candour.report import Report, Section
    from candour.words import Speaker

DRAFT = "Draft for approval"
"""What a draft says above its words until somebody has approved it."""


def write_annual(
    report: Report,
    speaker: Speaker,
    theme: Theme,
    *,
    place: str,
    commentary: Mapping[str, str] = {},
    folder: str = "commentary",
    status: str = "",
    **names: object,
) -> str:
    """An annual report as a page, in the form the report names.

    Args:
        report: its ``form`` says which of ``templates/annual/`` lays it out.
        speaker: says the words and keeps the ledger.
        theme: the look.
        place: the file the page becomes, as the ledger calls it.
        commentary: officers' Markdown by section.
        folder: where those files are, for a sentence about a mistake in one.
        status: what stands above its words until somebody has approved it.
        names: what else the templates may use, as for ``write_page``.

    Raises:
        ConfigurationError: the form is none of the three, a template asks for what is not there
            or prints a loose number, or a reference leads nowhere.
    """
    if report.form not in set(Form):
        raise ConfigurationError(
            f"The report '{report.id}' has the form '{report.form}'; an annual report is one of "
            f"{', '.join(Form)}. Write one of them under 'form' in its file of templates/reports/."
        )
    placing = _Placing(report)
    page = write_page(
        report,
        speaker,
        theme,
        template=f"annual/{report.form}.html.j2",
        place=place,
        commentary=commentary,
        folder=folder,
        status=status,
        **names,
        **placing.names(),
        annual_css=Markup(theme.annual),
    )
    return number_document(page, report.form)


def pictures_of(report: Report, theme: Theme) -> dict[str, bytes]:
    """A picture of every chart of a report, by the chart's id, for its Word file."""
    charts = (item for _, item in report.items() if isinstance(item, Chart))
    return {chart.id: picture(chart, theme.look) for chart in charts}


_KINDS = {Table: "table", Chart: "chart", Listing: "listing"}
_LOOKS = {"you_said_we_did": "pairs", "quotations": "quotations"}


class _Placing:
    """Which items stand where: those a section's own words name, and then the rest."""

    def __init__(self, report: Report) -> None:
        self._items = {item.id: item for _, item in report.items()}
        self._section: Section | None = None
        self._placed: set[str] = set()

    def names(self) -> dict[str, Callable[..., object]]:
        """The functions by the names templates call them."""
        return {
            "enter": self.enter,
            "put": self.put,
            "rest": self.rest,
            "ref": self.ref,
            "ref_table": lambda id_: self.ref(f"table:{id_}"),
            "kind_of": lambda id_: _KINDS[type(self._items[id_])],
            "look_of": lambda id_: _LOOKS.get(id_, "list"),
            "in_order": lambda sections: sorted(sections, key=lambda s: s.appendix),
        }

    def enter(self, section: Section) -> str:
        """Begin a section: what is named without its slice is looked for in it first."""
        self._section = section
        return ""

    def put(self, id_: str) -> str:
        """The item's whole id, once it is noted that it has been placed."""
        own = self._own(id_)
        self._placed.add(own)
        return own

    def rest(self, section: Section) -> list[str]:
        """The items of a section that its words have not placed, in order."""
        return [item.id for item in section.items if item.id not in self._placed]

    def ref(self, asked: str) -> Markup:
        """A reference that is numbered with the page: ``table:…``, ``figure:…``, ``section:…``."""
        kind, _, id_ = asked.partition(":")
        named = f"{kind}:{self._own(id_)}"
        link = Markup('<a class="ref" href="#" data-ref="{}">{}</a>')
        return link.format(named, named)

    def _own(self, id_: str) -> str:
        """An item of a procedure's chapter may be named without the procedure."""
        about = {} if self._section is None else self._section.about
        sliced = "_".join((id_, *about.values()))
        return sliced if id_ not in self._items and sliced in self._items else id_
