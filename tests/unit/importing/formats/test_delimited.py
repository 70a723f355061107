"""Tables in CSV, however a spreadsheet wrote them."""

import gc

import pytest

from finder.importing.bounds import UnreadableFile
from finder.importing.formats.delimited import delimited_rows, look_at
from tests.samples.workbooks import upload

_TABLE = [["Name", "City", "About"], ["Peña House", "Cañon City", 'Says "come in", any day; early'], ["Río", "", "x"]]


def written(delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in _TABLE)


def read(content: bytes) -> list[list[str]]:
    file = upload(content)
    return [list(row.values()) for _, row in delimited_rows(file, look_at(file))]


def described(content: bytes) -> str:
    return str(look_at(upload(content)))


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_every_encoding_of_spreadsheets_is_told_apart_and_named(encoding: str, told: str) -> None:
    content = written().encode(encoding)

    assert read(content) == [[cell for cell in row if cell] for row in _TABLE]
    assert described(content) == f"CSV in {told}, separated by commas"


@pytest.mark.parametrize(("delimiter", "told"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_what_separates_the_cells_is_found_out(delimiter: str, told: str) -> None:
    content = written(delimiter).encode()

    assert read(content)[1][0] == "Peña House"
    assert described(content).endswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name;Address\nHarbor;1 A St, Suite 2\nHill;2 B St, Suite 3\n", "semicolons"),
        ("Name,Services,City\nHarbor,a;b,X\nHill,c;d;e,Y\nLake,a;b,Z\n", "commas"),
        ("Name\nHarbor\n", "commas"),
        ("sep=;\nName;City\na,b,c;x\n", "semicolons"),
    ],
)
def test_signs_inside_of_cells_mislead_nobody(text: str, told: str) -> None:
    assert described(text.encode()).endswith(told)


def test_rows_are_numbered_as_spreadsheets_show_them() -> None:
    file = upload(b'sep=;\nName;City\n"two\nlines";x\n\nHill;y\n')

    assert [number for number, _ in delimited_rows(file, look_at(file))] == [1, 2, 4]


def test_reading_that_was_given_up_ends_after_the_file_was_closed() -> None:
    file = upload(b"Name,City\nHill,y\n")
    rows = delimited_rows(file, look_at(file))
    next(iter(rows))

    file.file.close()
    del rows  # what goes wrong now is a warning, and every warning fails a test
    gc.collect()


def test_text_in_utf_8_that_was_damaged_is_refused_and_not_garbled() -> None:
    content = written().encode().replace("Río".encode(), b"R\xc3o")

    with pytest.raises(UnreadableFile, match="Letters of the table are damaged"):
        read(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"Name,City\n\x00\x00\x00,x\n", "bytes of zero"),
        (b"Name,City\nR\x81o,x\n", "damaged, or in an encoding"),
        ("Name,City\n".encode("utf-16") + b"\x00\xd8x\x00", "damaged, or in an encoding"),
        (b"x," * 200_000, "no end of a row near line 1"),
        (b'"' + b"x\n" * 1_000, "no end of a row near line 201"),
        (b"{}", "JSON"),
        (b"<!doctype html>", "web page"),
        (b"%PDF-1.7", "no table in CSV"),
    ],
)
def test_what_is_no_table_is_named_in_plain_words(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(content)
