"""Workbooks: what programs write is read, what only an attacker writes is refused without costing memory."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
import pytest

from finder.importing.bounds import MAX_CELL_CHARACTERS, MAX_ROWS, UnreadableFile
from finder.importing.formats.workbook import Workbook
from tests.samples.workbooks import archive, parts, raw_sheet, sheet, upload, workbook

_A_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'


def rows(content: bytes) -> list[dict[int, str]]:
    opened = Workbook(upload(content))
    return [row for part in opened.sheets for _, row in opened.rows(part)]


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Fail if what is done inside takes more memory."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()


def test_a_workbook_that_a_spreadsheet_program_saved_is_read() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for cells in (["name", "zip", None, "phone"], ["Harbor & Light", 2139, None, 3125550100.0]):
        book.active.append(cells)
    book.save(file)

    assert rows(file.getvalue()) == [
        {0: "name", 1: "zip", 3: "phone"},
        {0: "Harbor & Light", 1: "2139", 3: "3125550100"},
    ]


def test_every_kind_of_cell_is_read_as_people_see_it() -> None:
    cells = (
        '<row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>'
        '<c t="str"><f>A1&amp;"!"</f><v>formula!</v></c>'
        '<c t="e"><v>#N/A</v></c><c><v>3.5007E4</v></c><c><v>1.5</v></c></row>'
    )
    texts = "<si><t>other</t></si><si><r><t>Har</t></r><r><t>bor_x000D_</t></r><rPh><t>harubaa</t></rPh></si>"

    assert rows(workbook(raw_sheet(cells), texts=texts)) == [
        {0: "Harbor\r", 1: "inline", 2: "formula!", 4: "35007", 5: "1.5"}
    ]


def test_sheets_come_in_the_order_of_their_tabs() -> None:
    members = parts(sheet([["first"]]), sheet([["second"]]))
    members["xl/_rels/workbook.xml.rels"] = (
        '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet2.xml"/>'
        '<Relationship Id="rId2" Target="worksheets/sheet1.xml"/></Relationships>'
    )

    assert rows(archive(members)) == [{0: "second"}, {0: "first"}]


def test_a_prefix_on_every_element_makes_no_difference() -> None:
    markup = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        '<x:c t="inlineStr"><x:is><x:t>here</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )

    assert rows(workbook(markup)) == [{0: "here"}]


@pytest.mark.parametrize(
    ("written", "day"), [("2022-05-19T19:28:42Z", "2022-05-19"), ("yesterday", "None"), ("", "None")]
)
def test_the_day_of_saving_is_known_if_the_workbook_tells_it(written: str, day: str) -> None:
    assert str(Workbook(upload(workbook(modified=written))).modified_on) == day


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 \n", "a PDF"),
        (b"name1,street1,city\nHarbor,1 A St,Chicago\n", "no Excel workbook"),
        (b"\xef\xbb\xbf\n<!doctype html><title>404</title>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (workbook(raw_sheet(_A_CELL))[:-200], "cut off"),
        (archive({"notes.txt": "nothing"}), "no Excel workbook"),
        (archive({"xl/workbook.xml": "<workbook>"}), "damaged"),
        (b"\x00" * 5000, "no Excel workbook"),
    ],
    ids=["empty", "pdf", "csv", "html", "xls", "encrypted", "truncated", "other zip", "broken", "nul bytes"],
)
def test_another_kind_of_file_is_named_in_plain_words(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        rows(content)


def test_a_file_larger_than_the_setting_is_refused_with_the_name_of_the_setting() -> None:
    with pytest.raises(UnreadableFile, match="FINDER_IMPORT_MAX_MEGABYTES"):
        Workbook(upload(bytes(2_000_001), max_megabytes=2))


def test_a_zip_bomb_is_refused_by_what_its_directory_says() -> None:
    bomb = archive(parts(raw_sheet(" " * 110_000_000)))

    with at_most(20), pytest.raises(UnreadableFile, match="100 MB"):
        Workbook(upload(bomb))


def test_a_part_that_unfolds_too_far_is_refused_while_it_unfolds() -> None:
    bomb = archive(parts(raw_sheet(" " * 40_000_000)))

    with at_most(20), pytest.raises(UnreadableFile, match="32 MB"):
        rows(bomb)


def test_a_directory_that_lies_about_sizes_gets_nothing_past_them() -> None:
    content = archive(parts(raw_sheet(" " * 40_000_000 + _A_CELL)))
    lying = bytearray(content)
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    lying[entry + 24 : entry + 28] = struct.pack("<I", 500)

    with at_most(20), pytest.raises(UnreadableFile, match="damaged"):
        rows(bytes(lying))


def test_a_million_parts_are_refused_before_they_are_listed() -> None:
    with at_most(20), pytest.raises(UnreadableFile, match="parts"):
        Workbook(upload(archive({f"{number}": "" for number in range(3_000)}, zipfile.ZIP_STORED)))


@pytest.mark.parametrize("compression", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_packing_that_no_spreadsheet_program_uses_is_refused(compression: int) -> None:
    with pytest.raises(UnreadableFile, match="unusual"):
        rows(archive(parts(raw_sheet(_A_CELL)), compression))


def test_a_sheet_that_lies_about_its_dimension_is_read_as_it_is() -> None:
    with at_most(20):
        assert rows(workbook(sheet([["x"]], dimension="A1:XFD1048576"))) == [{0: "x"}]


@pytest.mark.parametrize("address", ["A1048576", f"A{MAX_ROWS + 1}"])
def test_a_row_that_says_it_is_the_last_of_a_million_is_refused(address: str) -> None:
    number = address.removeprefix("A")
    markup = f'{_A_CELL}<row r="{number}"><c r="{address}" t="inlineStr"><is><t>x</t></is></c></row>'

    with at_most(20), pytest.raises(UnreadableFile, match="rows"):
        rows(workbook(raw_sheet(markup)))


def test_more_rows_than_any_edition_are_refused_also_without_numbers() -> None:
    with pytest.raises(UnreadableFile, match="rows"):
        rows(workbook(raw_sheet("<row><c><v>1</v></c></row>" * (MAX_ROWS + 1))))


def test_a_cell_in_the_last_column_there_is_is_refused() -> None:
    with at_most(20), pytest.raises(UnreadableFile, match="columns"):
        rows(workbook(raw_sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')))


def test_a_text_that_every_row_names_is_kept_once() -> None:
    markup = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(20_000))
    content = workbook(raw_sheet(markup), texts=f"<si><t>{'x' * 32_000}</t></si>")
    opened = Workbook(upload(content))

    with at_most(20):
        assert sum(len(row[0]) for _, row in opened.rows(opened.sheets[0])) == 20_000 * 32_000


def test_a_cell_longer_than_excel_allows_is_refused() -> None:
    text = "x" * (MAX_CELL_CHARACTERS + 1)

    with at_most(20), pytest.raises(UnreadableFile, match="characters"):
        rows(workbook(sheet([[text]])))


@pytest.mark.parametrize(
    "markup",
    [
        '<!DOCTYPE worksheet [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>',
        '<!DOCTYPE worksheet [<!ENTITY file SYSTEM "file:///etc/passwd">]><worksheet>&file;</worksheet>',
        '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/other.dtd"><worksheet/>',
        "<a>" * 500_000,
        "<worksheet " + " ".join([f'a{number}=""' for number in range(400_000)]) + "/>",
    ],
    ids=["entities", "a file of the machine", "another's definitions", "nesting", "attributes"],
)
def test_markup_that_no_spreadsheet_program_writes_is_refused(markup: str) -> None:
    with at_most(30), pytest.raises(UnreadableFile, match="no spreadsheet program"):
        rows(workbook(markup))


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>7</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="s"><v>x</v></c>',
        '<c r="1A"><v>1</v></c>',
        '<c r=""><v>1</v></c>',
    ],
)
def test_a_cell_that_names_nothing_is_damage(cell: str) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        rows(workbook(raw_sheet(f"<row>{cell}</row>"), texts="<si><t>only</t></si>"))
