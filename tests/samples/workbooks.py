"""Workbooks for tests, made part by part, so that a test can make any part of one lie. All facilities are fictional."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from finder.importing import Upload

COLUMNS = (
    "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "intake2", "intake1a",
    "intake2a", "service_code_info",
)  # fmt: skip
_A_FACILITY = {
    "name1": "Harbor Light Recovery",
    "street1": "100 North Example Street",
    "city": "Chicago",
    "state": "IL",
    "zip": "60601",
    "phone": "312-555-0100",
    "service_code_info": "SA DT * OP ORT * MD",
}
_SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAX_MEGABYTES = 64


def a_facility(**changes: str) -> dict[str, str]:
    """A row of the directory by column; ``changes`` say what is different."""
    return {**dict.fromkeys(COLUMNS, ""), **_A_FACILITY, **changes}


def facilities(*rows: Mapping[str, str], **more: str) -> bytes:
    """A directory of these facilities; ``more`` goes to `workbook`."""
    table = [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]
    return workbook(sheet(table), **more)


def sheet(table: Sequence[Sequence[str]], *, dimension: str = "A1:M3") -> str:
    """A sheet whose cells hold their own text."""
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column_name(column)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for column, text in enumerate(row)
            if text
        )
        + "</row>"
        for number, row in enumerate(table, start=1)
    )
    return f'<worksheet {_SPREADSHEET}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'


def raw_sheet(rows: str) -> str:
    """A sheet of rows given as markup."""
    return f"<worksheet {_SPREADSHEET}><sheetData>{rows}</sheetData></worksheet>"


def workbook(*sheets: str, texts: str = "", modified: str = "2026-02-03T09:00:00Z") -> bytes:
    """A workbook of sheets given as markup; ``texts`` is the markup inside the table of shared texts."""
    return archive(parts(*sheets, texts=texts, modified=modified))


def parts(*sheets: str, texts: str = "", modified: str = "2026-02-03T09:00:00Z") -> dict[str, str]:
    """The parts of a workbook, by name."""
    numbers = range(1, len(sheets) + 1)
    tabs = "".join(f'<sheet name="Sheet {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    targets = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    return {
        "xl/workbook.xml": f'<workbook {_SPREADSHEET} xmlns:r="{_RELATIONSHIPS}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {_SPREADSHEET}>{texts}</sst>",
        "docProps/core.xml": f'<p xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>{modified}</dcterms:modified></p>',
        **{f"xl/worksheets/sheet{number}.xml": markup for number, markup in zip(numbers, sheets, strict=True)},
    }


def archive(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def upload(content: bytes, name: str = "directory.xlsx", max_megabytes: int = MAX_MEGABYTES) -> Upload:
    """A file as somebody gives it to us."""
    return Upload(file=io.BytesIO(content), name=name, max_megabytes=max_megabytes)


def column_name(column: int) -> str:
    """A column's letters: "A" for 0, "AB" for 27."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(65 + letter) + letters
        column -= 1
    return letters
