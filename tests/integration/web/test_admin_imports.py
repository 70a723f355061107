"""Files become listings: looked at first, applied when somebody says so, told in a report, taken back."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from finder.domain.importing import JobState
from finder.domain.listing import Status
from finder.importing.desk import taken
from finder.importing.jobs import KEPT
from finder.listings import Change, amend
from finder.models import Account, ImportJob, Provider, Source
from tests.import_jobs import a_feed_source, a_job, a_run, feed_bytes, sent
from tests.queues import queries_of
from tests.samples.feeds import FORMATS, SERVICE_BODIES, a_bmlt_meeting, a_meeting, json_file
from tests.saved import facts_of
from tests.staff import START, Clock, StaffClient, an_account
from tests.workshops import Background

GROUPS = [a_meeting(name=f"Group {number}", slug=f"group-{number}") for number in range(12)]
UPLOAD = "/admin/sources/aa-lakeview/upload"


@pytest.fixture(autouse=True)
def ada(session: Session, staff: StaffClient) -> Account:
    """An administrator, signed in."""
    account = an_account(session)
    staff.sign_in(account)
    return account


@pytest.fixture(autouse=True)
def source(session: Session) -> Source:
    """A source of meetings, which somebody uploads."""
    made = a_feed_source(session)
    session.commit()
    return made


@pytest.fixture
def background(session: Session, tmp_path: Path) -> Background:
    """Works off what the pages ask for."""
    return Background(session, tmp_path / "imports", now=START)


def upload(staff: StaffClient, content: bytes, *, to: str = UPLOAD, expect: int = 303, **files: Any) -> TestResponse:
    """Upload a file, and those beside it."""
    data = {"csrf_token": staff.token(), "file": sent(content), **files}
    return staff.post(to, data=data, content_type="multipart/form-data", expect=expect)


def worked_off(session: Session, background: Background) -> ImportJob:
    """The newest job, once the background has done what can be done of it."""
    session.rollback()
    return background.work(session.scalars(select(ImportJob).order_by(ImportJob.id.desc())).first())


def imported(staff: StaffClient, session: Session, background: Background, *meetings: dict[str, Any]) -> str:
    """Upload meetings, say yes to what they would do; gives the address of the report."""
    upload(staff, feed_bytes(*meetings))
    job = worked_off(session, background)
    staff.send(f"/admin/imports/{job.id}/apply", form_on="/admin/sources/new", allow_many_changes="y")
    return staff.get(f"/admin/imports/{worked_off(session, background).id}", expect=303).location


def statuses(session: Session) -> dict[str, Status]:
    """The status of each listing by its name."""
    session.rollback()
    return dict(session.execute(select(Provider.name, Provider.status)).all())


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_file_is_looked_at_applied_told_and_taken_back(
    staff: StaffClient, session: Session, background: Background, ada: Account
) -> None:
    address = upload(staff, feed_bytes(a_meeting(), a_meeting(slug="x", name=None))).location
    waiting = staff.get(address).text
    assert "Waits to be looked at" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert address in staff.get("/admin/sources/aa-lakeview").text

    job = worked_off(session, background)
    preview = words_of(staff.get(address).text)
    assert "Waits for your decision" in preview
    assert "no name 1 2" in preview, "why, how many rows, and which"
    assert "Lakeview Beginners 100 North Example Street, Chicago, IL Mon 19:00" in preview
    assert statuses(session) == {}

    staff.send(f"{address}/apply", form_on=address)
    assert "Waits to be applied" in staff.get(address).text
    worked_off(session, background)
    report = staff.get(address, expect=303).location
    assert report == f"/admin/imports/runs/{session.get_one(ImportJob, job.id).import_run_id}"
    assert f"meetings.json November 2, 2026, 15:30 UTC, by {ada.email}" in words_of(staff.get(report).text)
    assert statuses(session) == {"Lakeview Beginners": Status.PUBLISHED}

    assert "all of it is taken back" in staff.get(f"{report}/undo").text
    staff.send(f"{report}/undo", form_on=f"{report}/undo")
    assert f"Taken back on November 2, 2026 by {ada.email}." in staff.get(report).text
    assert statuses(session) == {"Lakeview Beginners": Status.RETIRED}
    assert "Taken back" in staff.get("/admin/imports").text
    assert address not in staff.get("/admin/sources/aa-lakeview").text
    staff.get(f"{report}/undo", expect=303)


def test_what_changed_since_stays_when_an_import_is_taken_back_and_is_named_before(
    staff: StaffClient, session: Session, background: Background
) -> None:
    imported(staff, session, background, a_meeting())
    report = imported(staff, session, background, a_meeting(time="20:00", end_time="21:00"))
    listing = session.scalars(select(Provider.id)).one()
    amend(session, {listing: {"schedules": ()}}, Change(by="bob@county.example", at=START))
    session.commit()

    preview = words_of(staff.get(f"{report}/undo").text)
    staff.send(f"{report}/undo", form_on=f"{report}/undo")

    assert "Lakeview Beginners : Days and times" in preview
    assert "1 changed again since, and keeps that." in words_of(staff.get(report).text)
    session.rollback()
    assert facts_of(session, listing)["schedules"] == ()


def test_the_preview_tells_each_change_in_words_before_anything_changes(
    staff: StaffClient, session: Session, background: Background
) -> None:
    imported(staff, session, background, *GROUPS)
    upload(staff, feed_bytes(*GROUPS[:-1], GROUPS[-1] | {"time": "20:00", "end_time": "21:00"}))
    job = worked_off(session, background)

    page = words_of(staff.get(f"/admin/imports/{job.id}").text)

    assert "Group 11 Changed" in page
    assert "before: Meetings: Monday 7 PM to 8 PM after: Meetings: Monday 8 PM to 9 PM" in page
    assert "11 As they were" in page or "As they were 11" in page


def test_a_file_that_changes_too_much_asks_and_is_not_applied_before_somebody_says_that_it_is_right(
    staff: StaffClient, session: Session, background: Background
) -> None:
    imported(staff, session, background, *GROUPS)
    upload(staff, feed_bytes(GROUPS[0]))
    job = worked_off(session, background)
    address = f"/admin/imports/{job.id}"
    page = words_of(staff.get(address).text)
    assert "lacks 11 of 12 listings" in page
    assert "Group 11 Not in the file" in page

    refused = staff.send(f"{address}/apply", form_on=address, retire_gone="y", expect=422).text
    assert 'href="#allow_many_changes"' in refused
    assert 'name="retire_gone" value="y" checked' in refused
    staff.send(f"{address}/apply", form_on=address, retire_gone="y", allow_many_changes="y")
    worked_off(session, background)

    assert sorted(statuses(session).values()) == [Status.PUBLISHED, *[Status.RETIRED] * 11]


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "The file is empty."), (b"<html>", "This is a web page"), (b'{"a": 1}', "list")]
)
def test_a_file_that_can_not_be_read_says_why_and_changes_nothing(
    staff: StaffClient, session: Session, background: Background, content: bytes, told: str
) -> None:
    upload(staff, content)
    job = worked_off(session, background)

    page = staff.get(f"/admin/imports/{job.id}").text

    assert "Failed" in page
    assert told in page.split('role="alert">')[1].split("</p>")[0]
    assert "Try again with another file" in page
    assert "Failed" in staff.get("/admin/imports").text
    assert statuses(session) == {}


def test_files_that_lack_are_told_beside_their_fields(staff: StaffClient, session: Session) -> None:
    a_feed_source(session, "na-lakeview", name="Lakeview Area", format="bmlt", options={})
    session.commit()
    to = "/admin/sources/na-lakeview/upload"

    page = upload(staff, b"[]", to=to, expect=422, file=sent(b"", ""), beside_0=sent(b"[]")).text

    alert = page.split('role="alert"')[1].split("</ul>")[0]
    assert 'href="#file">Choose a file' in alert
    assert 'href="#beside_1">Choose this file, too: What it answers to GetServiceBodies' in alert
    assert "beside_0" not in alert


def test_a_format_of_several_files_takes_them_together(
    staff: StaffClient, session: Session, background: Background
) -> None:
    a_feed_source(session, "na-lakeview", name="Lakeview Area", format="bmlt", options={})
    session.commit()
    formats, bodies = (sent(json_file(each).file.read()) for each in (FORMATS, SERVICE_BODIES))
    meetings = json_file([a_bmlt_meeting()]).file.read()

    upload(staff, meetings, to="/admin/sources/na-lakeview/upload", beside_0=formats, beside_1=bodies)

    page = staff.get(f"/admin/imports/{worked_off(session, background).id}").text
    assert "Just One Day" in page


@pytest.mark.parametrize("megabytes", [66, 1000])
def test_files_that_are_too_large_are_refused_with_what_to_do(staff: StaffClient, megabytes: int) -> None:
    length = {"CONTENT_LENGTH": str(megabytes * 1_000_000)}  # it is refused before it is read

    page = staff.post(UPLOAD, environ_overrides=length, expect=413).text

    assert "This file is too large" in page
    assert "At most 64 MB" in page
    assert 'href="/admin/sources/aa-lakeview"' in page


def test_no_other_form_takes_more_than_a_form_needs(staff: StaffClient) -> None:
    length = {"CONTENT_LENGTH": "2000000"}

    staff.post("/admin/sources/new", environ_overrides=length, expect=413)
    staff.post("/account/sign-in", environ_overrides=length, expect=413)


def test_what_is_at_the_address_is_asked_for_once(staff: StaffClient, session: Session, source: Source) -> None:
    address = f"/admin/sources/{source.key}"
    page = staff.send(f"{address}/fetch", form_on=address, expect=422).text
    assert "has no address to fetch it from" in page
    source.address = "https://aa.example/meetings.json"
    session.commit()

    asked = {staff.send(f"{address}/fetch", form_on=address).location for _ in range(2)}

    assert len(asked) == 1
    assert "Fetched from the address of the source" in staff.get(asked.pop()).text


def test_two_who_decide_at_once_are_told(staff: StaffClient, session: Session, source: Source) -> None:
    job = a_job(session, source, report={"counts": {}})
    session.commit()
    address = f"/admin/imports/{job.id}"
    staff.send(f"{address}/discard", form_on=address)
    assert "Somebody decided against it" in staff.get(address).text

    staff.send(f"{address}/apply", form_on="/admin/sources/new")

    assert "doesn&#39;t wait for a decision any more" in staff.get(address).text
    session.rollback()
    assert session.get_one(ImportJob, job.id).state is JobState.DISCARDED


def test_a_day_that_is_none_is_told(staff: StaffClient, session: Session, source: Source) -> None:
    job = a_job(session, source, report={"counts": {}})
    session.commit()
    address = f"/admin/imports/{job.id}"

    page = staff.send(f"{address}/apply", form_on=address, as_of="yesterday", expect=422).text

    assert "such as 2026-10-01" in page.split('role="alert"')[1].split("</ul>")[0]
    staff.send(f"{address}/apply", form_on=address, as_of="2026-10-01")
    session.rollback()
    assert session.get_one(ImportJob, job.id).options == {"as_of": "2026-10-01"}


def test_who_waits_for_nothing_is_told_whom_to_ask(
    staff: StaffClient, session: Session, source: Source, clock: Clock
) -> None:
    job = a_job(session, source, JobState.WAITING, asked_at=clock())
    session.commit()
    assert "Nothing has happened for a while" not in staff.get(f"/admin/imports/{job.id}").text
    clock.forward(minutes=5)

    assert "Nothing has happened for a while" in staff.get(f"/admin/imports/{job.id}").text


def test_imports_on_their_way_stand_above_those_that_were_applied(
    staff: StaffClient, session: Session, source: Source
) -> None:
    other = a_feed_source(session, "na-lakeview", name="Lakeview Area")
    a_job(session, source, JobState.ASKS, trouble="The file lacks 11 of 12 listings.")
    a_job(session, source, JobState.FAILED, finished_at=START - KEPT - dt.timedelta(days=1), trouble="Long ago.")
    for _ in range(26):
        a_run(session, source, counts={"created": 1234})
    a_run(session, other)
    session.commit()

    first, second = (words_of(staff.get(f"/admin/imports?page={page}").text) for page in (1, 2))
    mine = words_of(staff.get("/admin/imports?source=na-lakeview").text)

    assert "lacks 11 of 12" in first
    assert "Long ago." not in first
    assert first.count("1,234 new") == 24
    assert second.count("1,234 new") == 2
    assert "1,234 new" not in mine
    assert "1 import waits for a decision" in words_of(staff.get("/admin/dashboard").text)


def test_how_far_the_fetching_is_stands_on_the_page(
    staff: StaffClient, session: Session, source: Source, background: Background
) -> None:
    job = a_job(session, source, JobState.PREVIEWING, file_name="")
    session.commit()

    with taken(background.folder, job.id) as desk:
        assert desk
        desk.tell(3, 12)
        assert "page 3 of 12 is being fetched" in staff.get(f"/admin/imports/{job.id}").text
        job.file_name = "services"
        session.commit()
        assert "3 of 12 rows" in staff.get(f"/admin/imports/{job.id}").text


def test_pages_take_as_many_queries_for_one_import_as_for_many(
    staff: StaffClient, session: Session, source: Source
) -> None:
    job, run = a_job(session, source), a_run(session, source)
    session.commit()
    addresses = ("/admin/imports", f"/admin/imports/{job.id}", f"/admin/imports/runs/{run.id}")
    before = [queries_of(staff, address) for address in addresses]
    for _ in range(5):
        a_job(session, source)
        a_run(session, source)
    session.commit()

    assert [queries_of(staff, address) for address in addresses] == before
