"""What a file may cost."""

import io

import pytest

from finder.importing.bounds import MEGABYTE, UnreadableFile, open_archive
from tests.samples.workbooks import archive, upload


def test_a_file_is_known_by_its_sha256() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert upload(b"").sha256() == empty
    assert upload(b"x").sha256() != empty


def test_a_file_of_exactly_the_allowed_size_is_read() -> None:
    upload(bytes(MEGABYTE), max_megabytes=1).check_size()


def test_one_byte_more_than_allowed_is_too_much() -> None:
    with pytest.raises(UnreadableFile, match="at most 1 MB"):
        upload(bytes(MEGABYTE + 1), max_megabytes=1).check_size()


def test_parts_are_counted_across_the_pieces_in_which_a_file_is_read() -> None:
    # 1,000 entries before the boundary of a piece, one across it.
    filled = b"PK\x01\x02" * 1_000
    content = filled + bytes(MEGABYTE - len(filled) - 2) + b"PK\x01\x02"

    with pytest.raises(UnreadableFile, match="parts"):
        open_archive(io.BytesIO(content))


def test_an_ordinary_archive_is_opened() -> None:
    assert open_archive(io.BytesIO(archive({"one": "1", "two": "2"}))).namelist() == ["one", "two"]
