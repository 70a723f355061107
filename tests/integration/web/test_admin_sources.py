"""Those who import say where listings come from."""

from http import HTTPStatus

import pytest
from sqlalchemy.orm import Session

from finder.models import Account, Source
from tests.factories import NOW, a_provider, a_source
from tests.import_jobs import a_feed_source, a_run
from tests.queues import queries_of
from tests.staff import START, StaffClient, an_account

FEED = {"name": "Lakeview Intergroup", "format": "meeting-guide", "fellowship": "aa"}
ADDRESS = "https://aa.example/meetings.json"


@pytest.fixture(autouse=True)
def ada(session: Session, staff: StaffClient) -> Account:
    """An administrator, signed in."""
    account = an_account(session)
    staff.sign_in(account)
    return account


def saved(session: Session, key: str) -> Source:
    """The source as it is saved."""
    session.rollback()
    return session.get_one(Source, key)


def add(staff: StaffClient, *, expect: HTTPStatus = HTTPStatus.SEE_OTHER, **fields: str) -> str:
    """Send the form for a new source; gives where it leads, or the page that says what is wrong."""
    return send(staff, "/admin/sources/new", expect=expect, **FEED | fields)


def send(staff: StaffClient, to: str, *, expect: HTTPStatus = HTTPStatus.SEE_OTHER, **fields: str) -> str:
    """Send a form; gives where it leads, or the page that says what is wrong."""
    answer = staff.post(to, data=fields | {"csrf_token": staff.token(to)}, expect=expect)
    return answer.location or answer.text


def test_a_feed_is_added_with_what_must_be_said_of_it_and_fetched_by_its_timetable_from_now_on(
    staff: StaffClient, session: Session
) -> None:
    page = add(staff, address=ADDRESS, every_hours="24", attribution="Made by volunteers.", licence="CC BY 4.0")

    source = saved(session, "lakeview-intergroup")
    assert page == "/admin/sources/lakeview-intergroup"
    assert (source.format, source.options, source.every_hours) == ("meeting-guide", {"fellowship": "aa"}, 24)
    assert source.due_at == START.replace(minute=31)
    told = staff.get(page).text
    for words in ("Alcoholics Anonymous", "Made by volunteers.", "CC BY 4.0", ADDRESS, "Fetch now", "Pause"):
        assert words in told
    assert "Next fetch: November 2, 2026" in staff.get("/admin/sources").text


def test_a_second_source_of_the_same_name_is_another_one(staff: StaffClient) -> None:
    assert add(staff) == "/admin/sources/lakeview-intergroup"
    assert add(staff) == "/admin/sources/lakeview-intergroup-2"


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", " ", "Enter a name"),
        ("name", "x" * 201, "Use at most 200 characters"),
        ("format", "", "Choose what its files are"),
        ("format", "xml", "Choose what its files are"),
        ("fellowship", "chess", "Choose whose meetings they are"),
        ("url", "aa.example", "no address that starts with http"),
        ("address", "ftp://aa.example/feed", "no address that starts with http"),
        ("address", "http://[::1", "no address of the web"),
        ("address", "http://169.254.169.254/latest/meta-data", "in a network that isn&#39;t public"),
        ("address", "http://localhost/feed", "in a network that isn&#39;t public"),
        ("address", "http://10.0.0.7/feed", "in a network that isn&#39;t public"),
        ("address", "https://aa.example:8443/feed", "only 80 and 443 are asked"),
        ("every_hours", "0", "Enter a whole number from 1"),
        ("every_hours", "daily", "Enter a whole number from 1"),
        ("every_hours", "24", "Enter the address to fetch"),
    ],
)
def test_what_can_not_be_is_told_beside_its_field_and_nothing_is_lost(
    staff: StaffClient, field: str, typed: str, told: str
) -> None:
    page = add(staff, expect=HTTPStatus.UNPROCESSABLE_ENTITY, attribution="Ask Pat.", **{field: typed})

    assert told in page.split('role="alert"')[1].split("</ul>")[0]
    assert f'href="#{field}' in page or field == "every_hours"
    assert "Ask Pat." in page
    assert typed.strip() in page or field == "fellowship"


def test_the_national_directory_can_be_added_once_and_says_what_must_be_said_of_it(
    staff: StaffClient, session: Session
) -> None:
    add(staff, name="National Directory", format="samhsa")

    assert "SAMHSA does not endorse this site" in saved(session, "samhsa").attribution
    page = add(staff, name="Again", format="samhsa", expect=HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "there can be only one" in page


def test_another_timetable_begins_now_and_a_pause_lasts_until_somebody_ends_it(
    staff: StaffClient, session: Session
) -> None:
    source = a_feed_source(session, address=ADDRESS, every_hours=24, due_at=NOW, etag='"7"')
    session.commit()
    address, edit = f"/admin/sources/{source.key}", f"/admin/sources/{source.key}/edit"

    staff.send(f"{address}/pause", form_on=address)
    assert saved(session, source.key).due_at is None
    send(staff, edit, **FEED, address=ADDRESS, every_hours="24", attribution="Now with words.")
    assert saved(session, source.key).due_at is None
    assert "Paused" in staff.get(address).text
    staff.send(f"{address}/resume", form_on=address)
    assert saved(session, source.key).due_at is not None
    send(staff, edit, **FEED, address="https://aa.example/other.json")
    assert (saved(session, source.key).due_at, saved(session, source.key).etag) == (None, "")


def test_a_source_with_listings_keeps_its_format_or_all_would_come_in_twice(
    staff: StaffClient, session: Session
) -> None:
    a_feed_source(session)
    a_provider(session, source="aa-lakeview")
    session.commit()

    page = staff.send("/admin/sources/aa-lakeview/edit", **{**FEED, "format": "bmlt"}, expect=422).text

    assert "would come in a second time" in page
    assert saved(session, "aa-lakeview").format == "meeting-guide"


def test_the_demonstration_is_shown_but_nobody_imports_it(staff: StaffClient, session: Session) -> None:
    a_source(session, "demonstration", name="Demonstration", fictional=True)
    session.commit()

    assert "Demonstration" in staff.get("/admin/sources").text
    staff.get("/admin/sources/demonstration/edit", expect=404)
    staff.send("/admin/sources/demonstration/upload", form_on="/admin/sources", expect=404)


def test_what_is_wrong_with_a_source_is_seen_at_once(staff: StaffClient, session: Session) -> None:
    a_feed_source(session, "broken", failures=3, trouble="https://aa.example/ answered 500 (Oops).")
    old = a_feed_source(session, "old", name="Once a year")
    a_run(session, old, started_at=START.replace(month=6))
    session.commit()

    for page in (staff.get("/admin/sources").text, staff.get("/admin/dashboard").text):
        assert "answered 500 (Oops)." in page
        assert ">Trouble<" in page
        assert ">Old<" in page
    assert "The last 3 fetches failed:" in staff.get("/admin/sources/broken").text


def test_the_list_takes_as_many_queries_for_one_source_as_for_many(staff: StaffClient, session: Session) -> None:
    a_run(session, a_feed_source(session))
    session.commit()
    before = [queries_of(staff, address) for address in ("/admin/sources", "/admin/sources/aa-lakeview")]
    for number in range(4):
        a_run(session, a_feed_source(session, f"feed-{number}"))
    session.commit()

    assert [queries_of(staff, address) for address in ("/admin/sources", "/admin/sources/aa-lakeview")] == before
