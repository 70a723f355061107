"""A file that turns out to be bad half-way leaves the database as it was, to the last letter."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.importing import UnreadableFile, Upload, import_file
from finder.importing.recipes import import_of
from finder.models import Base, Provider, Source
from tests.factories import A_CHANGE, NOW
from tests.imports import in_silence
from tests.samples.feeds import FORMATS, SERVICE_BODIES, a_bmlt_meeting, a_located_facility, a_meeting, json_file
from tests.samples.hostile_services import A_SERVICE
from tests.samples.hostile_texts import TEXTS
from tests.samples.tables import a_place, csv_text, guessed
from tests.samples.workbooks import a_facility, facilities, upload

_MANY = 1_200  # rows: more than are read or written at once


def database_digest(session: Session) -> str:
    """One name for all that the database holds."""
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        rows = session.execute(select(table).order_by(*table.primary_key.columns)).all()
        digest.update(repr((table.name, [tuple(row) for row in rows])).encode())
    session.rollback()
    return digest.hexdigest()


def run(session: Session, file_format: str, file: Upload) -> None:
    """Import a file in a format, and commit."""
    key = {"samhsa": "samhsa", "findtreatment": "findtreatment"}.get(file_format, "lakeview")
    beside = [json_file(FORMATS), json_file(SERVICE_BODIES)] if file_format == "bmlt" else []
    columns = {"columns": guessed(upload(csv_text([a_place()]).encode())).as_json()}
    source = Source(key=key, name="Lakeview", format=file_format, options=columns if file_format == "table" else {})
    what = import_of(source, {"allow_many_changes": True}, beside=beside, today=NOW.date())
    import_file(session, file, what, A_CHANGE, progress=in_silence)
    session.commit()


def _feed(row: dict[str, object], name: str) -> bytes:
    return json.dumps([row | {name: f"House {number}"} for number in range(_MANY)]).encode()


def _services() -> bytes:
    place = A_SERVICE["service_at_locations"][0]
    rows = [A_SERVICE | {"id": f"{n}", "service_at_locations": [place | {"id": f"at {n}"}]} for n in range(_MANY)]
    return json.dumps(rows).encode()


def _broken_workbook() -> bytes:
    """A workbook whose sheet is damaged in its last rows."""
    with zipfile.ZipFile(BytesIO(facilities(*(a_facility(name1=f"House {n}") for n in range(_MANY))))) as good:
        members = {name: good.read(name) for name in good.namelist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].removesuffix(b"</sheetData></worksheet>")
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


_TABLE = csv_text([a_place(Name=f"House {number}") for number in range(_MANY)]).encode()


@pytest.mark.parametrize(
    ("file_format", "good", "bad"),
    [
        ("samhsa", facilities(a_facility()), _broken_workbook()),
        ("findtreatment", json.dumps([a_located_facility()]).encode(), _feed(a_located_facility(), "name1")[:-9]),
        ("meeting-guide", json.dumps([a_meeting()]).encode(), _feed(a_meeting(), "name")[:-9]),
        ("bmlt", json.dumps([a_bmlt_meeting()]).encode(), _feed(a_bmlt_meeting(), "meeting_name") + b"\xff"),
        ("hsds", json.dumps([A_SERVICE]).encode(), _services()[:-9]),
        ("table", csv_text([a_place()]).encode(), _TABLE + b'"' + b"x\n" * 1_000),
    ],
)
def test_a_file_that_breaks_off_changes_nothing(session: Session, file_format: str, good: bytes, bad: bytes) -> None:
    run(session, file_format, upload(good))
    before = database_digest(session)

    with pytest.raises(UnreadableFile):
        run(session, file_format, upload(bad))
    session.rollback()

    assert database_digest(session) == before


def test_texts_that_other_programs_would_obey_are_kept_as_texts(session: Session) -> None:
    names = [text for text in TEXTS if text.strip().isprintable() and 0 < len(text.strip()) <= 150]

    run(session, "table", upload(csv_text([a_place(Name=f"House {name}") for name in names]).encode()))

    kept = set(session.scalars(select(Provider.name)))
    assert {"House '; DROP TABLE provider", "House {{ 7 * 7 }} %s {0} ${x}"} <= kept
    assert len(kept) == len(names)
