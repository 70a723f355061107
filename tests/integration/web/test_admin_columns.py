"""An administrator says once what the columns of a table mean."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from finder.importing.columns import columns_kept
from finder.models import ImportJob, Provider, ProviderTag, Source
from tests.factories import a_source
from tests.import_jobs import sent
from tests.samples.tables import a_place, csv_text
from tests.samples.workbooks import sheet, workbook
from tests.staff import START, StaffClient, an_account
from tests.workshops import Background

SOURCE = "/admin/sources/county-table"
COLUMNS, VALUES = f"{SOURCE}/columns", f"{SOURCE}/columns/values"
_MEANING = re.compile(r'name="heading" value="([^"]*)".*?<option value="([^"]*)" selected>', re.DOTALL)


@pytest.fixture(autouse=True)
def source(session: Session, staff: StaffClient) -> Source:
    """A source of tables, and an administrator who is signed in."""
    made = a_source(session, "county-table", name="County list", format="table")
    session.commit()
    staff.sign_in(an_account(session))
    return made


@pytest.fixture
def background(session: Session, tmp_path: Path) -> Background:
    """Works off what the pages ask for."""
    return Background(session, tmp_path / "imports", now=START)


def upload(staff: StaffClient, content: bytes, to: str = f"{SOURCE}/upload", expect: int = 303) -> TestResponse:
    data = {"csrf_token": staff.token(), "file": sent(content, "places.csv")}
    return staff.post(to, data=data, content_type="multipart/form-data", expect=expect)


def a_file(*rows: dict[str, str]) -> bytes:
    return csv_text(rows or [a_place()]).encode()


def worked_off(session: Session, background: Background) -> ImportJob:
    session.rollback()
    return background.work(session.scalars(select(ImportJob).order_by(ImportJob.id.desc())).first())


def meanings(page: str) -> dict[str, str]:
    """What the form has chosen for each column; nothing where the first choice stands."""
    found = dict.fromkeys(re.findall(r'name="heading" value="([^"]*)"', page), "")
    return found | dict(_MEANING.findall(page))


def say(staff: StaffClient, expect: int = 303, **changes: str) -> TestResponse:
    """Send the form of the columns as it is filled in, but for ``changes``."""
    meant = meanings(staff.get(COLUMNS).text) | changes
    fields: dict[str, Any] = {f"means-{number}": meaning for number, meaning in enumerate(meant.values())}
    return staff.send(COLUMNS, heading=list(meant), expect=expect, **fields)


def kept_values(session: Session) -> dict[str, dict[str, tuple[str, ...]]]:
    session.rollback()
    columns = columns_kept(session.get_one(Source, "county-table"))
    return {column.heading: dict(column.values) for column in columns.tags} if columns else {}


def test_columns_are_guessed_corrected_and_explained_and_then_the_file_is_looked_at_again(
    staff: StaffClient, session: Session, background: Background
) -> None:
    upload(staff, a_file(a_place(Kind="Moon walks", Nickname="The house")))
    worked_off(session, background)
    page = staff.get(COLUMNS).text
    assert {"Name": "fact:name", "Services": "facet:level_of_care", "Kind": ""}.items() <= meanings(page).items()
    assert "For example: The house" in page

    assert say(staff, Kind="facet:therapy", Nickname="fact:description").location == VALUES
    page = staff.get(VALUES).text
    assert "moon walks" in page
    asked = dict(re.findall(r'name="value-([\d-]+)" value="([^"]*)"', page))
    meant = {"detox": "level_of_care:detox", "outpatient": "-", "moon walks": "therapy:activity_therapy"}
    fields = {f"value-{name}": value for name, value in asked.items()}
    fields |= {f"means-{name}": meant[value] for name, value in asked.items()}
    job = staff.send(VALUES, **fields).location

    assert "Waits to be looked at" in staff.get(job).text
    worked_off(session, background)
    staff.send(f"{job}/apply", form_on=job)
    worked_off(session, background)
    session.rollback()
    assert session.scalars(select(Provider.description)).all() == ["The house"]
    assert set(session.scalars(select(ProviderTag.code))) == {"detox", "activity_therapy", "in_person"}
    assert kept_values(session)["Services"] == {"detox": ("level_of_care:detox",), "outpatient": ()}


def test_a_value_that_is_left_open_is_told_in_the_report(
    staff: StaffClient, session: Session, background: Background
) -> None:
    upload(staff, a_file(a_place(Services="Detox; Moon walks")))
    worked_off(session, background)
    say(staff)
    staff.send(VALUES, **{"value-0-0": "detox", "means-0-0": "level_of_care:detox", "value-0-1": "moon walks"})

    job = worked_off(session, background)

    assert job.report["unknown_codes"] == [["Services: moon walks", 1]]


def test_columns_can_be_said_before_anything_else_on_a_file_that_only_they_need(
    staff: StaffClient, session: Session, background: Background
) -> None:
    assert "Choose a file of this source" in staff.get(COLUMNS).text
    assert upload(staff, a_file({"Wer": "Harbor", "Wo": "Chicago"}), to=f"{COLUMNS}/file").location == COLUMNS

    job = say(staff, Wer="fact:name", Wo="fact:city").location

    worked_off(session, background)
    assert "Harbor" in staff.get(job).text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"Name": ""}, "Say which column is the name of the place"),
        ({"Phone": "fact:zip"}, "Another column is this already: ZIP"),
        ({"Name": "fact:nonsense"}, "Say which column is the name of the place"),
    ],
)
def test_what_can_t_be_is_told_beside_the_column_and_nothing_is_lost(
    staff: StaffClient, session: Session, background: Background, changes: dict[str, str], told: str
) -> None:
    upload(staff, a_file())
    worked_off(session, background)

    page = say(staff, expect=422, City="fact:organization", **changes).text

    assert told in page
    assert meanings(page)["City"] == "fact:organization"
    assert kept_values(session) == {}


def test_a_table_that_nobody_can_guess_waits_for_somebody_to_explain_it(
    staff: StaffClient, session: Session, background: Background
) -> None:
    upload(staff, a_file({"Wer": "Harbor", "Wo": "Chicago"}))

    job = worked_off(session, background)

    assert job.report["rejected"][0]["reason"].startswith("nobody said yet which column is the name")
    assert set(meanings(staff.get(COLUMNS).text)) == {"Wer", "Wo"}


def test_what_was_said_is_used_for_the_next_file_and_stays_when_the_source_is_changed(
    staff: StaffClient, session: Session, background: Background
) -> None:
    upload(staff, a_file())
    worked_off(session, background)
    say(staff, Phone="")
    staff.send(VALUES, **{"value-0-0": "detox", "means-0-0": "level_of_care:detox"})
    staff.send(f"{SOURCE}/edit", name="County list", format="table")

    page = staff.get(COLUMNS).text

    assert meanings(page)["Name"] == "fact:name"
    assert "Phone" not in meanings(page)
    assert kept_values(session) == {
        "Services": {"detox": ("level_of_care:detox",), "outpatient": ("level_of_care:outpatient",)}
    }


def test_each_sheet_of_a_workbook_can_be_looked_at(staff: StaffClient) -> None:
    table = [["Name", "City", "State"], ["Harbor", "Chicago", "IL"]]
    upload(staff, workbook(sheet([["Read", "me"], ["a", "b"]]), sheet(table)), to=f"{COLUMNS}/file")

    assert "Sheet 2" in staff.get(COLUMNS).text
    page = staff.get(f"{COLUMNS}?sheet=Sheet+2").text
    assert set(meanings(page)) == {"Name", "City", "State"}
    assert 'name="sheet" value="Sheet 2"' in page
    assert "no sheet called" in staff.get(f"{COLUMNS}?sheet=x").text


def test_signs_of_markup_in_a_table_are_only_signs(staff: StaffClient) -> None:
    upload(
        staff, a_file(a_place(Services="<script>alert(1)</script>") | {'"><b>x': "{{ 7 * 7 }}"}), to=f"{COLUMNS}/file"
    )

    page = staff.get(COLUMNS).text
    say(staff)
    values = staff.get(VALUES).text

    assert "<script>alert" not in page + values
    assert "{{ 7 * 7 }}" in page


def test_a_source_of_another_format_has_no_columns(staff: StaffClient, session: Session) -> None:
    a_source(session, "aa-lakeview", format="meeting-guide")
    session.commit()

    staff.get("/admin/sources/aa-lakeview/columns", expect=404)
    staff.get("/admin/sources/nobody/columns/values", expect=404)


def test_without_columns_there_are_no_values_to_explain(staff: StaffClient) -> None:
    assert staff.get(VALUES, expect=303).location == COLUMNS


def test_a_meaning_that_no_page_offers_is_refused(staff: StaffClient) -> None:
    upload(staff, a_file(), to=f"{COLUMNS}/file")
    say(staff)

    staff.send(VALUES, expect=400, **{"value-0-0": "detox", "means-0-0": "no:such"})
