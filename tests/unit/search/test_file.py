"""The snapshot's file: what is read is what was written, or nothing."""

import logging
import resource
import uuid
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.search import Criteria, Snapshot
from finder.search.engine import find
from finder.search.file import SnapshotFolder
from finder.search.segment import Segment
from finder.search.snapshot import Part
from tests.unit.search.samples import NOW, Listed, listed, snapshot_of
from tests.unit.search.test_oracle import criteria_for, listings

A_DIRECTORY, ANOTHER = uuid.UUID(int=1), uuid.UUID(int=2)
NO_LIMIT = 100


def segment_of(listings: list[Listed]) -> Segment:
    return snapshot_of(listings).parts[0].segment


def kept(folder: Path, version: int = 1, uid: uuid.UUID = A_DIRECTORY) -> Path:
    """The file of a small directory."""
    SnapshotFolder(folder, uid).keep(segment_of([listed("payment:medicaid", name="Hope House")]), version)
    return folder / f"{uid.hex}-{version}.snapshot"


def newest(folder: Path, at_most: int = NO_LIMIT) -> tuple[Segment, int] | None:
    return SnapshotFolder(folder, A_DIRECTORY).newest(at_most)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_comes_from_the_file_answers_as_what_was_written(tmp_path: Path, data: st.DataObject) -> None:
    rows = data.draw(listings())
    criteria: Criteria = data.draw(criteria_for(rows))
    SnapshotFolder(tmp_path, A_DIRECTORY).keep(segment_of(rows), 1)
    read = newest(tmp_path)
    assert read
    snapshot = Snapshot.of([Part(read[0])], version=1, as_of=NOW)
    assert repr(find(snapshot, criteria, NOW)) == repr(find(snapshot_of(rows), criteria, NOW))


def test_where_no_file_is_there_is_no_segment(tmp_path: Path) -> None:
    assert newest(tmp_path / "not there yet") is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_file_with_one_wrong_bit_is_not_used(tmp_path: Path, place: float, bit: int) -> None:
    path = kept(tmp_path)
    content = bytearray(path.read_bytes())
    header_ends = 24 + int.from_bytes(content[16:20], "little")
    first = -(-header_ends // 64) * 64  # nothing is told by the few bytes between header and arrays
    at = int(place * len(content))
    at = first if header_ends <= at < first else at
    content[at] ^= 1 << bit
    path.write_bytes(content)
    assert newest(tmp_path) is None


@pytest.mark.parametrize("size", [0, 10, 30, 200, -1])
def test_a_file_that_was_cut_off_is_not_used(tmp_path: Path, size: int) -> None:
    path = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    assert newest(tmp_path) is None


def test_a_file_of_another_layout_is_not_used(tmp_path: Path) -> None:
    path = kept(tmp_path)
    content = bytearray(path.read_bytes())
    header = slice(24, 24 + int.from_bytes(content[16:20], "little"))
    content[header] = content[header].replace(b'"layout": "1', b'"layout": "0')
    content[20:24] = zlib.crc32(content[header]).to_bytes(4, "little")
    path.write_bytes(content)
    assert newest(tmp_path) is None


def test_a_file_of_another_database_is_not_used(tmp_path: Path) -> None:
    kept(tmp_path, uid=ANOTHER)
    assert newest(tmp_path) is None


def test_a_file_that_knows_more_than_the_database_is_not_used(tmp_path: Path) -> None:
    kept(tmp_path, version=5)
    assert newest(tmp_path, at_most=4) is None


def test_only_the_newest_file_of_a_directory_is_left(tmp_path: Path) -> None:
    others = kept(tmp_path, uid=ANOTHER)
    kept(tmp_path, version=1)
    last = kept(tmp_path, version=2)
    assert sorted(tmp_path.iterdir()) == sorted([others, last])


def test_a_full_disk_is_said_in_the_log_and_leaves_the_file_from_before(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = kept(tmp_path, version=1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with caplog.at_level(logging.WARNING):
            kept(tmp_path, version=2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "without a new snapshot file" in caplog.text
    assert list(tmp_path.iterdir()) == [path]
    assert newest(tmp_path)
