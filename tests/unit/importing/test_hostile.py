"""Files that were made to do harm: told of in plain words, or read without any."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import category
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.importing import UnreadableFile
from finder.listings import ListingDraft
from finder.models import Organization, Provider
from tests.samples.feeds import a_bmlt_meeting, a_located_facility, a_meeting
from tests.samples.heavy import make_all
from tests.samples.hostile import all_files
from tests.samples.hostile_services import A_SERVICE
from tests.samples.readers import READERS
from tests.samples.tables import a_place, csv_text
from tests.samples.workbooks import a_facility, facilities, upload

_LONGEST = {
    column.name: column.type.length
    for column in Provider.__table__.columns
    if getattr(column.type, "length", None) and column.name in ListingDraft.__slots__
} | {"organization": Organization.__table__.c.name.type.length, "source_ref": 100}


@cache
def hostile() -> dict[str, bytes]:
    return dict(all_files())


def faults(draft: ListingDraft) -> Iterator[str]:
    """Why a draft could not be stored or shown."""
    for name, longest in _LONGEST.items():
        if len(getattr(draft, name)) > longest:
            yield f"{name} has more than {longest} characters"
    texts = [value for name in ListingDraft.__slots__ if isinstance(value := getattr(draft, name), str)]
    texts += [schedule.note for schedule in draft.schedules] + [phone.extension for phone in draft.phones]
    for text in texts:
        if any(category(sign) in {"Cc", "Cs"} or sign in "\u202e\u2066\ufeff" for sign in text.replace("\n", "")):
            yield f"{text[:40]!r} can't be shown"
    if draft.website and not is_web_address(draft.website):
        yield f"{draft.website[:40]!r} leads nowhere"
    if not draft.source_ref or not draft.name:
        yield "it has no name"


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def told(reader: str, content: bytes) -> str:
    """What reading a file tells; empty where it is read. Fails for other errors, and for drafts that can't be kept."""
    try:
        drafts = READERS[reader](upload(content))
    except UnreadableFile as error:
        return str(error)
    wrong = [fault for draft in drafts for fault in faults(draft)]
    assert wrong == []
    refs = [draft.source_ref for draft in drafts]
    assert len(set(refs)) == len(refs)
    return ""


@pytest.mark.parametrize("reader", READERS)
def test_no_file_breaks_a_reader_or_gets_anything_past_it_that_can_t_be_kept(reader: str) -> None:
    for name, content in hostile().items():
        words = told(reader, content)

        assert not words or (words[0].isupper() and words.endswith((".", "?"))), f"{name}: {words}"
        assert "Error" not in words, f"{name}: {words}"


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_larger_than_allowed_is_refused_unread(reader: str) -> None:
    with pytest.raises(UnreadableFile, match="at most 1 MB"):
        READERS[reader](upload(b"[" + b" " * 1_000_001, max_megabytes=1))


_GOOD = {
    "samhsa": facilities(a_facility(), a_facility(name1="Hill House")),
    "findtreatment": json.dumps({"rows": [a_located_facility()] * 2}).encode(),
    "meeting guide": json.dumps([a_meeting(), a_meeting(name="Hill Group")]).encode(),
    "bmlt": json.dumps([a_bmlt_meeting()] * 2).encode(),
    "hsds": json.dumps({"contents": [A_SERVICE]}).encode(),
    "guessed table": csv_text([a_place(), a_place(Name="Peña House")]).encode(),
    "positions": b"street1,city,state,zip,latitude,longitude\n1 A St,Chicago,IL,60601,41.88,-87.62\n",
}


@st.composite
def broken(draw: st.DrawFn, content: bytes) -> bytes:
    """The file with some bytes changed, left out, put in or doubled, or cut off."""
    made = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(made)))
        width = draw(st.integers(0, 8))
        made[at : at + width] = draw(st.binary(max_size=8) | st.just(bytes(made[at : at + 40])))
    return bytes(made[: draw(st.integers(0, len(made)))] if draw(st.integers(0, 9)) == 0 else made)


@pytest.mark.parametrize("reader", _GOOD)
@given(data=st.data())
def test_a_good_file_that_was_broken_anywhere_is_read_or_refused(reader: str, data: st.DataObject) -> None:
    told(reader, data.draw(broken(_GOOD[reader])))


def test_no_file_takes_more_memory_than_a_small_machine_has(tmp_path: Path) -> None:
    make_all(tmp_path)

    done = subprocess.run(
        [sys.executable, "-m", "tests.samples.heavy", tmp_path],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
    )

    read = json.loads(done.stdout)
    assert read["megabytes"] <= 300, read
    assert {name: words.split()[-1] for name, words in read["told"].items()} == {
        "a table of long texts": "listings",
        "a table of many rows": "listings",
        "a feed of long rows": "listings",
        "a workbook of many texts": "listings",
        "an archive of a million parts": "needs.",
        "a file of 200 MB": "FINDER_IMPORT_MAX_MEGABYTES.",
    }
