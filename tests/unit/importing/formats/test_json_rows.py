"""Lists of rows in JSON, however broken."""

import io
import json

import pytest

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.formats.json_rows import LONGEST_ROW, MAX_JSON_ROWS, read_rows, read_values
from tests.samples.feeds import raw_file


def read(content: bytes) -> list[object]:
    return [row for _, row in read_rows(raw_file(content), ("rows",))]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"[]", []),
        (b'\xef\xbb\xbf [ {"name": "A"} ,\r\n 3, "x" ]  ', [{"name": "A"}, 3, "x"]),
        (b'{"page": 1, "more": {"rows": [9]}, "rows": [{"a": 1}], "after": 2}', [{"a": 1}]),
    ],
    ids=["empty", "list", "object with a list"],
)
def test_rows_are_read_in_order(content: bytes, rows: list[object]) -> None:
    assert read(content) == rows


def test_a_feed_of_many_pieces_loses_no_row() -> None:
    rows = [{"number": number, "text": "\u00e9" * (number % 900)} for number in range(2_000)]

    assert read(json.dumps(rows, ensure_ascii=False, indent=3).encode()) == rows


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"Service unavailable", "no JSON file with a list of rows"),
        (b"<html><body>Not found</body></html>", "web page"),
        (b'{"rows": {"a": 1}}', "no JSON file with a list of rows"),
        (b'[{"a": 1}, {"a": ', "near row 2"),
        (b'[{"a": 1} {"a": 2}]', "near row 1"),
        (b'[{"a": 1}', "near row 1"),
        (b"[" * 100_000, "near row 1"),
        (b'[{"a": ' + b'{"a": ' * 15_000, "near row 1"),
        (b"[" + b"9" * 5_000 + b"]", "near row 1"),
        (b'["' + b"x" * 3 * LONGEST_ROW + b'"]', "near row 1"),
        ('[{"a": "\u00e9"}]'.encode("cp1252"), "UTF-8"),
        ('[{"a": 1}]'.encode("utf-16"), "UTF-8"),
        (b"[" + b"1," * MAX_JSON_ROWS + b"1]", "more than 100,000 rows"),
        (b" " * 3_000_000, "no JSON file with a list of rows"),
    ],
    ids=[
        *("empty", "a server's error", "web page", "no list", "cut off", "comma missing", "end missing"),
        *("nested lists", "nested objects", "endless number", "endless text", "windows-1252", "utf-16"),
        *("many rows", "spaces"),
    ],
)
def test_what_is_no_feed_is_told_plainly(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(content)


def test_a_file_larger_than_allowed_is_refused_before_it_is_read() -> None:
    class Large(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return 200_000_000 if whence == 2 else super().seek(offset, whence)

        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError(f"{size} bytes were read")

    with pytest.raises(UnreadableFile, match="200 MB"):
        list(read_rows(Upload(file=Large(), name="feed.json", max_megabytes=64)))


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b'{"id": 1}', [{"id": 1}]),
        (b'{"id": 1}\n{"id": 2}\n\n', [{"id": 1}, {"id": 2}]),
        (b'{"id": 1, "rows": [2]}', [{"id": 1, "rows": [2]}]),
        (b'{"page": 1, "rows": [2, 3]}', [2, 3]),
        (b"[1, 2]", [1, 2]),
        (b'{"page": 1, "rows": [' + b"2, " * 9_000 + b"3]}", [2] * 9_000 + [3]),
    ],
    ids=["one", "one a line", "one with a list", "page", "list", "long page"],
)
def test_values_may_stand_in_a_list_or_one_after_another(content: bytes, values: list[object]) -> None:
    assert [value for _, value in read_values(raw_file(content), ("rows",), longest=1_000)] == values


def test_a_value_that_is_cut_off_after_others_is_told_with_its_number() -> None:
    with pytest.raises(UnreadableFile, match="near row 2"):
        list(read_values(raw_file(b'{"id": 1}\n{"id": '), (), longest=1_000))
