"""What is declared: councils, KPIs, reports and reference data, read from their folders."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import candour
from candour.errors import ConfigurationError
from tasks import councils

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.clock import Calendar
    from candour.conform.corrections import Correction
    from candour.council import Council
    from candour.kpi import Kpis
    from candour.published import Published, Scheme
    from tasks.settings import Settings

_DECLARATIONS = (".yaml", ".md")
_WORD = "word/report.docx"
PUBLISHED = "published.yaml"
"""The council's own last figures made by hand, given as data."""


def council_ids(settings: Settings) -> list[str]:
    """Every council there is a folder for, sorted; reads no file."""
    return list(councils.look(settings.council_folders).folders)


def councils_that_want(settings: Settings, report: str) -> list[str]:
    """The councils whose ``council.yaml`` names a report, sorted.

    A file that cannot be read wants every report, so that its mistake shows where somebody looks,
    in the log of the report's run.
    """
    return [
        council_id
        for council_id in council_ids(settings)
        if report in outline(settings, council_id).get("reports", [report])
    ]


def outline(settings: Settings, council_id: str) -> Mapping[str, Any]:
    """The entries of a council's ``council.yaml`` as they stand, for what must parse at once.

    Nothing is checked here but their shape; a file that cannot be read has no entries.
    """
    try:
        return councils.outline(council_folder(settings, council_id))
    except ConfigurationError:
        return {}


def council_folder(settings: Settings, council_id: str) -> Path:
    """The folder of a council.

    Raises:
        ConfigurationError: no folder has that name.
    """
    if councils.is_id(council_id):
        for above in settings.council_folders:
            if councils.is_there(above / council_id):
                return above / council_id
    known = ", ".join(council_ids(settings))
    raise ConfigurationError(
        f"There is no council '{council_id}': no folder of that name with a council.yaml in "
        f"{', '.join(str(f) for f in settings.council_folders)}. There are: {known}."
    )


def council(settings: Settings, council_id: str) -> Council:
    """A council as its folder declares it.

    Raises:
        ConfigurationError: the folder is missing or a file of it is wrong.
    """
    from candour.council import read_council  # noqa: PLC0415  - pydantic models cost at parse time

    return read_council(council_id, council_texts(settings, council_id))


def council_texts(settings: Settings, council_id: str) -> dict[str, str]:
    """The texts of a council's folder, by path inside it."""
    return _texts(council_folder(settings, council_id))


def corrections(settings: Settings, council_id: str) -> Mapping[str, Correction]:
    """The known errors of a council's exports; none without a ``corrections.yaml``."""
    from candour.conform.corrections import read_corrections  # noqa: PLC0415

    text = council_texts(settings, council_id).get("corrections.yaml")
    where = f"councils/{council_id}/corrections.yaml"
    return {} if text is None else read_corrections(text, where)


def kpis(settings: Settings) -> Kpis:
    """Every declared KPI."""
    from candour.facts import offered  # noqa: PLC0415
    from candour.kpi import read_kpis  # noqa: PLC0415

    return read_kpis(_texts(settings.project / "kpis"), offered())


def calendar(settings: Settings, of: Council) -> Calendar:
    """The working days of a council: England and Wales bank holidays and its own closures."""
    from candour.clock import Calendar as Days  # noqa: PLC0415

    table = (settings.project / "data/reference/bank_holidays.csv").read_text("utf-8")
    return Days.read(table, [closure.on for closure in of.profile.closures])


def template_texts(settings: Settings, council_id: str) -> dict[str, str]:
    """The texts of ``templates/``, a council's own ``templates/`` laid over them."""
    own = council_folder(settings, council_id) / "templates"
    endings = (".yaml", ".j2", ".css")
    return _texts(settings.project / "templates", endings) | _texts(own, endings)


def published(settings: Settings, council_id: str) -> tuple[Published, Scheme]:
    """What a council published by hand, and the names it is written in.

    Raises:
        ConfigurationError: the council has no ``published.yaml``, or it is wrong.
    """
    from candour.published import Scheme, read_published  # noqa: PLC0415

    texts = council_texts(settings, council_id)
    where = f"councils/{council_id}/{PUBLISHED}"
    if PUBLISHED not in texts:
        raise ConfigurationError(
            f"{where} is missing: write down there what was published, as "
            "councils/knowsley/published.yaml does."
        )
    scheme = Scheme(council(settings, council_id), kpis(settings))
    return read_published(texts[PUBLISHED], where, scheme), scheme


def word_template(settings: Settings, council_id: str) -> bytes:
    """The Word template as the council restyled it in its own folder, or the one that ships."""
    own = council_folder(settings, council_id) / "templates" / _WORD
    return (own if own.exists() else settings.project / "templates" / _WORD).read_bytes()


def shared_texts(settings: Settings, folder: str) -> dict[str, str]:
    """The texts of a folder that every council shares: ``kpis`` or ``expectations``."""
    return _texts(settings.project / folder)


def config_digest(settings: Settings, council_id: str) -> str:
    """SHA-256 over every declaration a council's report depends on."""
    return _digest(
        council_texts(settings, council_id),
        _texts(settings.project / "kpis"),
        template_texts(settings, council_id),
        _texts(settings.project / "expectations"),
        {"bank_holidays.csv": (settings.project / "data/reference/bank_holidays.csv").read_text()},
        {_WORD: hashlib.sha256(word_template(settings, council_id)).hexdigest()},
    )


def mapping_digest(settings: Settings, council_id: str) -> str:
    """SHA-256 over the declarations that decide how an export is conformed."""
    texts = council_texts(settings, council_id)
    names = ("exports.yaml", "services.yaml", "people.yaml", "procedures.yaml", "corrections.yaml")
    return _digest({name: texts[name] for name in names if name in texts})


@cache
def code_digest() -> str:
    """SHA-256 over the source that makes reports: the same digest makes the same bytes."""
    above = Path(candour.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(above.rglob("*.py")):
        digest.update(f"{path.relative_to(above)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(*texts: dict[str, str]) -> str:
    written = json.dumps(texts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _texts(folder: Path, endings: tuple[str, ...] = _DECLARATIONS) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): _text(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in endings and path.is_file()
    }


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path} is not a text in UTF-8. Save it as one.") from None
    except OSError as wrong:
        why = (wrong.strerror or type(wrong).__name__).lower()
        raise ConfigurationError(f"{path} cannot be read: {why}.") from None
