"""A third council is a folder: another layout, another form of dates, another language."""

import datetime as dt

import pandas as pd
import pytest

from candour.conform import Accounts, conform
from candour.exports import match, read_exports
from candour.reading.files import read_table
from candour.taxonomy import read_taxonomy

SERVICES = """
directorates:
  lle:
    name: Cyfarwyddiaeth Lle
    services:
      gwastraff:
        name: Gwastraff ac Ailgylchu
        also: ["Gwastraff & Ailgylchu"]
        teams: {dwr: {name: Tîm Dŵr}}
      ffyrdd: {name: Ffyrdd}
categories: {oedi: {name: Oedi}}
"""

EXPORTS = """
cwynion:
  fills: steps
  files: [{name: "cwynion_{date}.csv", holds: everything}]
  date_in_name: "%d-%m-%Y"
  one_row: case
  delimiters: [";"]
  dates: ["%d.%m.%Y"]
  blanks: ["", "Dim"]
  columns:
    case_ref: Cyfeirnod
    procedure: {column: Math o Gŵyn, values: {corfforaethol: [Corfforaethol], oedolion: [Gofal Oedolion]}}
    service: Gwasanaeth
    team: Tîm
    category: Categori
  stages:
    1:
      received_on: Dyddiad Derbyn Cam 1
      responded_on: Dyddiad Ymateb Cam 1
      outcome: {column: Canlyniad Cam 1, values: {upheld: [Cadarnhawyd], partially_upheld: [Cadarnhawyd yn rhannol], not_upheld: [Ni chadarnhawyd]}}
      redress_pence: {column: Iawndal, money: pounds}
    2:
      received_on: Dyddiad Derbyn Cam 2
      responded_on: Dyddiad Ymateb Cam 2
      outcome: {column: Canlyniad Cam 2, values: {upheld: [Cadarnhawyd], not_upheld: [Ni chadarnhawyd]}}
  personal: [Enw'r Achwynydd]
  ignored: [Nodiadau Mewnol]
  noise: [Cyfanswm, Cyfrinachol]
"""  # noqa: E501  - one line a column, as a manager would write it

FILE = """\ufeffAdroddiad cwynion 2024;;;;;;;;;;;;;
Cyfeirnod;Math o Gŵyn;Gwasanaeth;Tîm;Categori;Enw'r Achwynydd;Dyddiad Derbyn Cam 1;Dyddiad Ymateb Cam 1;Canlyniad Cam 1;Iawndal;Dyddiad Derbyn Cam 2;Dyddiad Ymateb Cam 2;Canlyniad Cam 2;Nodiadau Mewnol
0012;Corfforaethol;Gwastraff & Ailgylchu;TÎM DŴR;Oedi;Siân Caneri;04.03.2024;18.03.2024;Cadarnhawyd yn rhannol;£50;25.03.2024;Dim;;
0013;Gofal Oedolion;Ffyrdd;;Sŵn;Siân Caneri;05.03.2024;;;;;;;
0014;Gofal Oedolion;Ffyrdd;;Oedi;Siân Caneri;05/03/2024;;;;;;;
Cyfanswm;3;;;;;;;;;;;;
"""  # noqa: E501  - rows of a file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_welsh_export_is_read_by_its_declaration_alone(encoding: str) -> None:
    taxonomy = read_taxonomy(SERVICES, None, "councils/trydydd/")
    procedures = frozenset({"corfforaethol", "oedolion"})
    exports = read_exports(EXPORTS, "exports.yaml", taxonomy, procedures)
    matched = match(exports, "cwynion_02-04-2024.csv")
    assert matched is not None
    assert matched.extracted_on == dt.date(2024, 4, 2)
    text = FILE.removeprefix("\ufeff") if encoding == "utf-16" else FILE
    name = "cwynion_02-04-2024.csv"
    raw = read_table(text.encode(encoding), name, matched.export.layout())
    conformed = conform(raw, matched.export, matched.extracted_on, taxonomy, "5ha", file=name)
    steps = conformed.frames["steps"]
    assert steps[["case_ref", "stage", "procedure", "service"]].to_numpy().tolist() == [
        ["0012", 1, "corfforaethol", "gwastraff"],
        ["0012", 2, "corfforaethol", "gwastraff"],
        ["0013", 1, "oedolion", "ffyrdd"],
    ]
    assert steps["received_on"].tolist() == [
        pd.Timestamp("2024-03-04"),
        pd.Timestamp("2024-03-25"),
        pd.Timestamp("2024-03-05"),
    ]
    assert set(steps["directorate"]) == {"lle"}
    assert steps["team"].dropna().tolist() == ["dwr", "dwr"]
    assert steps["outcome"].dropna().tolist() == ["partially_upheld"]
    assert steps["redress_pence"].dropna().tolist() == [5000]
    assert [(u.label, u.rows) for u in conformed.unknown] == [("Sŵn", 1)]
    assert conformed.quarantine["reason"].tolist() == [
        "“Dyddiad Derbyn Cam 1” says “05/03/2024”; expected a day written dd.mm.yyyy."
    ]
    assert conformed.accounts == Accounts(rows_in_file=5, loaded=2, quarantined=1, noise=2)
    assert "Caneri" not in repr(conformed)
