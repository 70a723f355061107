"""Two people who edit one listing at once: nothing is overwritten, and nothing typed is lost."""

from http import HTTPStatus

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from finder.domain.geo import Point
from finder.extensions import db
from finder.models import Provider
from tests.editing import (
    by_somebody_else,
    edit,
    editor_of_illinois,
    facts_now,
    form_at,
    harbor_house,
    send,
    version_now,
)
from tests.factories import tags
from tests.forms import form_on
from tests.staff import StaffClient


@pytest.fixture
def editor(session: Session, staff: StaffClient) -> StaffClient:
    """An editor of Illinois, signed in."""
    return editor_of_illinois(session, staff)


@pytest.fixture
def listing(session: Session) -> Provider:
    """A published listing in Chicago."""
    return harbor_house(session)


@pytest.fixture
def opened(editor: StaffClient, listing: Provider) -> MultiDict[str, str]:
    """The form, opened before somebody else saved."""
    return form_at(editor, edit(listing))


def test_the_second_sees_what_the_first_changed_and_nothing_is_overwritten(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str]
) -> None:
    by_somebody_else(session, listing, name="Harbor Hall", fees="Free", tags=tags("payment:medicare"))
    theirs = facts_now(session, listing)

    mine = {"name": "Harbor Home", "alert": "Moved"}
    page = send(editor, edit(listing), opened, **mine, expect=HTTPStatus.CONFLICT).text

    assert facts_now(session, listing) == theirs
    for words in (
        "Harbor House",
        "Harbor Hall",
        "Harbor Home",
        "Moved",
        "Free",
        "bob@county.example",
        "They called",
    ):
        assert words in page
    kept = form_on(page, with_field="version")
    assert (kept["name"], kept["alert"], kept["against"]) == ("Harbor Home", "Moved", "2")


@pytest.mark.parametrize("chosen", [("mine", "Harbor Home"), ("theirs", "Harbor Hall")])
def test_both_are_saved_together_as_the_second_chooses(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str], chosen: tuple[str, str]
) -> None:
    choice, name = chosen
    by_somebody_else(session, listing, name="Harbor Hall", fees="Free", tags=tags("payment:medicare"))
    ticked = [*opened.getlist("tags"), "payment_help:free"]
    typed = {"name": "Harbor Home", "alert": "Moved", "tags": ticked}
    page = send(editor, edit(listing), opened, **typed, expect=HTTPStatus.CONFLICT).text
    kept = form_on(page, with_field="version")

    unchosen = send(editor, edit(listing), kept, expect=HTTPStatus.CONFLICT).text
    assert 'href="#choice-name"' in unchosen
    send(editor, edit(listing), kept, **{"choice-name": choice})

    after = facts_now(session, listing)
    assert (after["name"], after["alert"], after["fees"]) == (name, "Moved", "Free")
    assert after["description"] == listing.description
    assert after["tags"] == tags("payment:medicare", "payment_help:free")
    assert version_now(session, listing) == 3


def test_a_third_change_meanwhile_is_shown_again(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str]
) -> None:
    by_somebody_else(session, listing, fees="Free")
    page = send(editor, edit(listing), opened, alert="Moved", expect=HTTPStatus.CONFLICT).text
    by_somebody_else(session, listing, fees="By income, or free")

    kept = form_on(page, with_field="version")
    again = send(editor, edit(listing), kept, expect=HTTPStatus.CONFLICT).text

    assert "By income, or free" in again
    assert version_now(session, listing) == 3
    send(editor, edit(listing), form_on(again, with_field="version"))
    assert facts_now(session, listing)["alert"] == "Moved"


def test_the_address_is_chosen_with_its_position(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str]
) -> None:
    by_somebody_else(session, listing, point=Point(41.9, -87.7))
    page = send(editor, edit(listing), opened, city="Evanston", postal_code="60201", expect=HTTPStatus.CONFLICT).text

    assert "Position on the map" in page
    send(editor, edit(listing), form_on(page, with_field="version"), **{"choice-address_1": "theirs"})
    after = facts_now(session, listing)
    assert (after["city"], after["point"]) == ("Chicago", Point(41.9, -87.7))


def test_the_same_change_by_both_is_no_conflict(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str]
) -> None:
    by_somebody_else(session, listing, fees="Free")

    send(editor, edit(listing), opened, fees="Free")

    assert version_now(session, listing) == 2


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)  # SQLite lets nobody write in between
def test_who_is_a_moment_too_late_is_told_too(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str]
) -> None:
    with editor.application.app_context():
        engine = db.engine

    are_late: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def somebody_is_quicker(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE directory_version") and not are_late:
            are_late.append(statement)
            by_somebody_else(session, listing, fees="Free")

    page = send(editor, edit(listing), opened, alert="Moved", expect=HTTPStatus.CONFLICT).text

    assert "Only somebody else changed these" in page
    assert facts_now(session, listing)["alert"] == "Call first."


def test_a_form_without_its_version_is_refused(
    editor: StaffClient, session: Session, listing: Provider, opened: MultiDict[str, str]
) -> None:
    for version in ("", "0", "2", "x", "9" * 5000):
        send(editor, edit(listing), opened, version=version, name="Blind", expect=HTTPStatus.BAD_REQUEST)

    assert version_now(session, listing) == 1
