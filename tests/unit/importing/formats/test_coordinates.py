"""Tables of addresses with coordinates."""

import pytest

from finder.importing.bounds import UnreadableFile
from finder.importing.formats.coordinates import RawPosition, read_coordinates
from tests.samples.workbooks import upload, workbook

_HEADER = "name1,street1,city,state,zip,latitude,longitude\n"


def read(text: str | bytes) -> list[RawPosition]:
    return list(read_coordinates(upload(text if isinstance(text, bytes) else text.encode())))


def test_a_row_is_read_with_its_number_in_the_table() -> None:
    text = _HEADER + 'Harbor,"1 A Street, Suite 2",Chicago,IL,60601,41.88,-87.62\n'

    assert read(text) == [RawPosition(2, "1 A Street, Suite 2", "Chicago", "IL", "60601", "41.88", "-87.62")]


def test_columns_may_stand_in_any_order_and_case() -> None:
    text = "\ufeffLongitude,Latitude,ZIP,State,City,Street1\r\n-87.62,41.88,60601,IL,Chicago,1 A Street\r\n"

    assert read(text) == [RawPosition(2, "1 A Street", "Chicago", "IL", "60601", "41.88", "-87.62")]


def test_a_row_that_is_cut_short_reads_as_empty_and_a_blank_line_as_nothing() -> None:
    assert read(_HEADER + "Harbor,1 A Street\n\n") == [RawPosition(2, "1 A Street", "", "", "", "", "")]


def test_a_cell_may_hold_a_line_break() -> None:
    assert [row.street for row in read(_HEADER + '"Harbor\nLight",1 A Street,,,,,\n,2 A Street,,,,,\n')] == [
        "1 A Street",
        "2 A Street",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_streets_are_read_in_every_encoding_that_spreadsheets_write(encoding: str) -> None:
    (position,) = read((_HEADER + "Harbor,1 Peña Road,Chicago,IL,60601,41.88,-87.62\n").encode(encoding))

    assert position.street == "1 Peña Road"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"street1,city,state,zip\n", "latitude, longitude"),
        (b"<html><body>Not found</body></html>", "web page"),
        (workbook(), "no table in CSV"),
        (b"%PDF-1.7", "no table in CSV"),
        (_HEADER.encode() + b'"' + b"x" * 200_000, "no end of a row near line 2"),
        (_HEADER.encode() + b"," * 200_000, "no end of a row near line 2"),
        (_HEADER.encode() + b'"' + b"x\n" * 200_000, "no end of a row near line 202"),
        (_HEADER.encode() * 100_001, "more than 100,000 rows"),
    ],
    ids=[
        "empty",
        "other columns",
        "html",
        "xlsx",
        "pdf",
        "long line",
        "many cells",
        "long cell",
        "many rows",
    ],
)
def test_another_kind_of_file_is_named_in_plain_words(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(content)
