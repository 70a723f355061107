"""Files that somebody made, or broke, so that reading them does harm. All by code, none larger than it needs to be."""

import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping

from tests.samples.hostile_json import json_feeds
from tests.samples.hostile_services import packages
from tests.samples.hostile_texts import TEXTS
from tests.samples.tables import a_place, csv_text
from tests.samples.workbooks import COLUMNS, a_facility, archive, parts, raw_sheet, sheet, workbook


def tables() -> Iterator[tuple[str, bytes]]:
    """Tables in CSV, each with a name."""
    good = csv_text([a_place(), a_place(Name="Peña House")])
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp500"):
        yield f"CSV: {encoding}", good.encode(encoding)
    yield "CSV: strange cells", csv_text(_strange_places()).encode("utf-8", "replace")
    yield "CSV: cut off", good.encode()[:-30]
    yield "CSV: NULs", good.replace("Harbor", "Har\0bor").encode()
    yield "CSV: one endless line", b"Name," + b"x" * 2_000_000
    yield "CSV: one endless cell", b'Name,City\n"' + b"x\n" * 500_000
    yield "CSV: 100,000 columns", b",".join(b"c%d" % number for number in range(100_000)) + b"\n"
    yield "CSV: 10,000 columns", b",".join(b"c%d" % number for number in range(10_000)) + b"\n"
    yield "CSV: quotation marks", b'"' * 100_000
    yield "CSV: only line ends", b"\n" * 500_000
    yield "CSV: one cell a row", b"Name\nx\n" * 100
    yield "CSV: names twice", good.replace("City", "Name").replace("Phone", "Name").encode()
    yield "CSV: ids twice", csv_text([a_place(ID="1", Name=f"House {n}") for n in range(50)]).encode()
    yield "CSV: unknown codes", csv_text([a_place(Services=f"q{n}; r{n}") for n in range(5_000)]).encode()
    yield "CSV: letters broken", good.encode().replace("ñ".encode(), b"\xc3")
    yield "CSV: letters of no encoding", good.encode("cp1252").replace(b"\xf1", b"\x81\x9d")
    yield "CSV: half letters", good.encode("utf-16").replace("ñ".encode("utf-16-le"), b"\x00\xd8")
    yield "CSV: another end of lines", good.replace("\r\n", "\r").encode()


def _strange_places() -> list[dict[str, str]]:
    row = a_place(ID="7", Hours="Mon-Fri 9am-5pm", Ages="18+", Email="x@y.example", Website="y.example", Latitude="41",
                  Longitude="-87", Last_checked="2026-01-02")  # fmt: skip
    one = [row | {name: text} for name in row for text in TEXTS]
    return [row, *one, *(dict.fromkeys(row, text) for text in TEXTS)]


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Workbooks, each with a name."""
    good = workbook(sheet([COLUMNS, list(a_facility().values())]))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    yield "XLSX: strange cells", workbook(sheet([COLUMNS, *_strange_facilities()]))
    yield "XLSX: cut off", good[: len(good) // 2]
    yield "XLSX: unknown codes", workbook(sheet([COLUMNS, *(_coded_facility(number) for number in range(3_000))]))
    yield "XLSX: one facility often", workbook(sheet([COLUMNS, *[list(a_facility().values())] * 2_000]))
    yield "XLSX: a part that unfolds", archive(parts(raw_sheet(" " * 40_000_000)))
    yield "XLSX: a text that unfolds", archive(parts(raw_sheet(cell), texts=f"<si><t>{'x' * 40_000_000}</t></si>"))
    yield "XLSX: a text in every cell", _a_text_in_every_cell()
    yield "XLSX: a dimension that lies", workbook(sheet([["a", "b"], ["c", "d"]], dimension="A1:XFD1048576"))
    yield (
        "XLSX: rows out of order",
        workbook(raw_sheet('<row r="9"><c><v>1</v></c></row><row r="0"><c><v>1</v></c></row>')),
    )
    yield "XLSX: the last row there is", workbook(raw_sheet(cell + cell.replace('"1"', '"1048576"')))
    yield "XLSX: a row of no number", workbook(raw_sheet(cell.replace('r="1"', 'r="-1"')))
    yield "XLSX: entities", workbook('<!DOCTYPE x [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>')
    yield (
        "XLSX: a file of ours",
        workbook('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'),
    )
    yield "XLSX: deep markup", workbook("<a>" * 200_000)
    yield "XLSX: many parts", archive({f"{number}": "" for number in range(2_000)}, zipfile.ZIP_STORED)
    yield "XLSX: twice the same part", _twice_the_same_part()
    yield "XLSX: a part outside", archive({**parts(raw_sheet(cell)), "../../etc/cron.d/x": "x"})
    yield (
        "XLSX: a link outside",
        archive(
            {
                **parts(raw_sheet(cell)),
                "xl/_rels/workbook.xml.rels": '<R><Relationship Id="rId1" Target="/../../x"/></R>',
            }
        ),
    )
    yield "XLSX: no markup", archive(dict.fromkeys(parts(raw_sheet(cell)), "x"))
    yield "XLSX: sheets of one name", workbook(*[sheet([["a", "b"]])] * 3).replace(b"Sheet 2", b"Sheet 1")
    yield "a PDF", b"%PDF-1.7\n"
    yield "an old workbook", b"\xd0\xcf\x11\xe0" + bytes(5_000)
    yield "a web page", b"<!doctype html><title>Not found</title>"
    yield "nothing", b""
    yield "the beginning of an archive", b"PK\x03\x04"
    yield "the end of an archive", b"PK\x05\x06" + bytes(18)


def _strange_facilities() -> list[list[str]]:
    """Cells may name characters by their number, even those that no markup may hold."""
    texts = [text for text in TEXTS if text.isprintable()] + [
        "_x0000__x0007_",
        "_xD800_",
        "_xDC00__xFFFF_",
        "_x_",
        "_x005F_",
    ]
    row = a_facility()
    one = [list((row | {name: text}).values()) for name in row for text in texts]
    return one + [[text] * len(row) for text in texts]


def _coded_facility(number: int) -> list[str]:
    return list(a_facility(name1=f"House {number}", service_code_info=f"SA OP Q{number}").values())


def _a_text_in_every_cell() -> bytes:
    rows = "".join('<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' for _ in range(20_000))
    return workbook(raw_sheet(rows), texts=f"<si><t>{'x' * 32_000}</t></si>")


def _twice_the_same_part() -> bytes:
    file = io.BytesIO(workbook(sheet([["a", "b"]])))
    with zipfile.ZipFile(file, "a") as made:
        # Made by hand, for the library warns of a name that is there already.
        info = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
        made.writestr(info, raw_sheet("<row><c><v>1</v></c></row>" * 10))
    return file.getvalue().replace(b"sheet9.xml", b"sheet1.xml")


def all_files() -> Mapping[str, bytes]:
    """Every hostile file by its name, for whatever reads files."""
    return dict(itertools.chain(json_feeds(), packages(), tables(), workbooks()))
