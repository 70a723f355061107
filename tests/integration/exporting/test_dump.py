"""The nightly files: all that is published, and nothing else; whole, or not at all."""

import csv
import datetime as dt
import gzip
import hashlib
import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.exporting.dump import Dump, License, file_of, forget_old, make_dump, newest_dump
from finder.listings import Change, save_all
from finder.models import KnownAs, ListingNote, Source
from tests.factories import (
    A_CHANGE,
    NOW,
    a_draft,
    a_provider,
    a_source,
    drafts_of_several_towns,
    drafts_that_are_looked_for,
)
from tests.hsds import official

SITE = "https://finder.example"
TERMS = License("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
A_DAY = dt.timedelta(days=1)


def dump(session: Session, folder: Path, now: dt.datetime = NOW) -> Dump:
    session.commit()
    made = make_dump(session, folder, now, site=SITE, terms=TERMS)
    session.rollback()
    return made


def rows(made: Dump) -> list[dict[str, str]]:
    with zipfile.ZipFile(made.folder / "listings.csv.zip") as archive:
        text = archive.read("listings.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def services(made: Dump) -> list[Any]:
    return [
        orjson.loads(line) for line in gzip.decompress((made.folder / "services.ndjson.gz").read_bytes()).splitlines()
    ]


def features(made: Dump) -> list[Any]:
    found: list[Any] = unpacked(made, "listings.geojson.gz")["features"]
    return found


def unpacked(made: Dump, name: str) -> Any:
    return orjson.loads(gzip.decompress((made.folder / name).read_bytes()))


def everything(made: Dump) -> bytes:
    """All that the files say, unpacked."""
    said = bytearray()
    for path in made.folder.iterdir():
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                said += b"".join(map(archive.read, archive.namelist()))
        else:
            said += gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return bytes(said)


def test_each_file_has_each_published_listing_once(session: Session, tmp_path: Path) -> None:
    a_source(session)
    save_all(session, drafts_of_several_towns(230), A_CHANGE)

    made = dump(session, tmp_path)

    ids = {row["id"] for row in rows(made)}
    assert len(ids) == made.listings == 230
    assert {service["id"] for service in services(made)} == ids
    assert {feature["id"] for feature in features(made)} == ids
    of_listings = ("hsds.zip", "services.ndjson.gz", "listings.csv.zip", "listings.geojson.gz")
    assert {file.name: file.entries for file in made.files} == {
        **dict.fromkeys(of_listings, 230),
        "meetings.json.gz": 0,
    }


def test_meetings_are_told_one_by_one_for_who_shows_nothing_else(session: Session, tmp_path: Path) -> None:
    a_source(session)
    save_all(session, drafts_that_are_looked_for(), A_CHANGE)  # a place, and a group that meets seven times a week

    meetings = unpacked(dump(session, tmp_path), "meetings.json.gz")

    assert [meeting["day"] for meeting in meetings] == [1, 2, 3, 4, 5, 6, 0]
    assert {meeting["name"] for meeting in meetings} == {"Evening Hope Group"}
    assert meetings[0]["url"].startswith(f"{SITE}/providers/")


def test_a_row_says_in_words_what_the_page_of_a_listing_says(session: Session, tmp_path: Path) -> None:
    listing = a_provider(session, name="=Harbor House", point=Point(41.9, -87.65), precision=Precision.ADDRESS)

    (row,) = rows(dump(session, tmp_path))

    assert row["name"] == "'=Harbor House"  # no formula to a spreadsheet
    assert row["page"] == f"{SITE}/providers/{listing.slug}"
    assert row["phones"] == "312-555-0123; 312-555-0124 ext. 7 (intake)"
    assert row["times"] == "Monday 09:00-17:00 hours"
    assert (row["latitude"], row["longitude"]) == ("41.9", "-87.65")
    assert (row["level_of_care"], row["payment"], row["language"]) == ("outpatient", "medicaid", "")
    assert (row["last_checked"], row["source"]) == ("2026-10-01", "The county's list")


def test_services_are_valid_by_the_official_schema_and_points_are_where_the_listings_are(
    session: Session, tmp_path: Path
) -> None:
    a_source(session)
    save_all(session, [*drafts_of_several_towns(7), a_draft(point=None, precision=Precision.NONE)], A_CHANGE)

    made = dump(session, tmp_path)

    for service in services(made):
        official("service").validate(service)
    assert [feature["geometry"] for feature in features(made)].count(None) == 1
    assert features(made)[0]["geometry"] == {"type": "Point", "coordinates": [-87.6229, 41.8858]}


def test_nothing_that_is_not_public_is_in_any_file(session: Session, tmp_path: Path) -> None:
    for status in (Status.DRAFT, Status.HIDDEN, Status.RETIRED):
        reason = "is it open?" if status is Status.DRAFT else ""
        a_provider(session, name=f"Canary {status}", organization="Canary", status=status, review_reason=reason)
    a_source(session)
    draft = a_draft(address_1="7 Canary Street", point=Point(41.9, -87.65), precision=Precision.ADDRESS)
    for each in (draft, replace(draft, confidential=True)):
        save_all(session, [each], Change(by="canary@county.example", at=NOW, reason="canary"))
    shown = a_provider(session, name="Open House")
    session.add(ListingNote(provider_id=shown.id, at=NOW, by="canary@county.example", text="canary note"))

    said = everything(dump(session, tmp_path))

    assert b"Open House" in said
    assert b"canary" not in said.lower()
    assert b"-87.65" not in said


def test_the_manifest_says_whom_to_name_and_whether_it_is_a_demonstration(session: Session, tmp_path: Path) -> None:
    a_source(session, licence="Public domain", attribution="Say: the county")
    a_source(session, "made-up", name="Made up", fictional=True)
    a_source(session, "adds", name="Another list")
    a_source(session, "unused", name="Unused")
    listing = a_provider(session)
    a_provider(session, source="made-up")
    session.add(KnownAs(source_key="adds", source_ref="1", provider_id=listing.id, facts={}))

    manifest = orjson.loads((dump(session, tmp_path).folder / "manifest.json").read_bytes())

    assert (manifest["listings"], manifest["demonstration"], manifest["license"]["name"]) == (2, True, "CC BY 4.0")
    assert [(each["name"], each["listings"]) for each in manifest["sources"]] == [
        ("Another list", 0),
        ("Made up", 1),
        ("The county's list", 1),
    ]
    told = manifest["sources"][2]
    assert (told["license"], told["attribution"], told["fictional"]) == ("Public domain", "Say: the county", False)
    assert session.get(Source, "unused")


def test_the_checksums_are_as_the_usual_program_reads_them(session: Session, tmp_path: Path) -> None:
    a_provider(session)
    made = dump(session, tmp_path)

    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=made.folder, capture_output=True, check=True)

    assert checked.stdout.count(b": OK") == len(made.files) + 1
    for file in made.files:
        content = (made.folder / file.name).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_newest_is_always_whole_and_old_ones_go(session: Session, tmp_path: Path) -> None:
    a_provider(session)
    made = [dump(session, tmp_path, NOW + number * A_DAY) for number in range(4)]
    (tmp_path / ".making-killed").mkdir()

    deleted = forget_old(tmp_path, 2, dt.datetime.now(dt.UTC) + 2 * A_DAY)

    assert deleted == [each.folder for each in made[:2]]
    assert newest_dump(tmp_path) == made[3]
    assert {path.name for path in tmp_path.iterdir()} == {"latest", made[2].folder.name, made[3].folder.name}


def test_where_writing_fails_the_files_of_before_stay(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_provider(session)
    before = dump(session, tmp_path)

    def full(*_: object) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr("finder.exporting.dump.make.file_digest", full)
    with pytest.raises(OSError, match="No space left"):
        dump(session, tmp_path, NOW + A_DAY)

    assert newest_dump(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"latest", before.folder.name}


def test_an_empty_directory_has_files_too_and_no_dump_is_none(session: Session, tmp_path: Path) -> None:
    assert newest_dump(tmp_path) is None

    made = dump(session, tmp_path)

    assert (rows(made), services(made), features(made), made.listings) == ([], [], [], 0)
    assert unpacked(made, "meetings.json.gz") == []


@pytest.mark.parametrize(
    ("which", "name"),
    [
        ("latest", "../latest/manifest.json"),
        ("..", "manifest.json"),
        ("latest", "secret_key"),
        (".making-1", "SHA256SUMS"),
    ],
)
def test_only_files_of_a_dump_are_found(session: Session, tmp_path: Path, which: str, name: str) -> None:
    dump(session, tmp_path)

    assert file_of(tmp_path, which, name) is None
    assert file_of(tmp_path, "latest", "manifest.json")
    assert file_of(tmp_path, f"{NOW:%Y%m%dT%H%M%SZ}", "hsds.zip")
