"""Administrators change the words that people read."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.app import create_app
from finder.config import Settings
from finder.extensions import db
from tests.clock import set_clock
from tests.databases import counted_queries
from tests.factories import a_provider, tags
from tests.pages import CheckedClient
from tests.staff import START, StaffClient, an_account

PAGE = "/admin/vocabulary?facet=level_of_care"
SEARCH = "/search?near=60601"


@pytest.fixture(autouse=True)
def _ada(staff_app: Flask, session: Session, staff: StaffClient) -> None:
    set_clock(staff_app, START)
    a_provider(session, tags=tags("level_of_care:detox", "payment:medicaid"))
    session.commit()
    staff.sign_in(an_account(session, email="ada@county.example"))


def save(staff: StaffClient, expect: int = 303, facet: str = "level_of_care", seen: str = "0", **words: str) -> str:
    """Fill in the form; a name is ``detox_en_label``."""
    fields = {"-".join(name.rsplit("_", 2)): text for name, text in words.items()}
    page = f"/admin/vocabulary?facet={facet}"
    return staff.send("/admin/vocabulary", form_on=page, expect=expect, facet=facet, seen=seen, **fields).text


def test_other_words_are_read_on_every_page_and_in_its_language_alone(staff: StaffClient) -> None:
    for page in (SEARCH, "/", f"/es{SEARCH}"):
        assert "Gentle" not in staff.get(page).text

    save(staff, detox_en_label="Gentle <withdrawal> care")

    [address] = {
        part for part in staff.get(SEARCH).text.split('"') if part.startswith("/providers/") and "." not in part
    }
    for page in (SEARCH, "/", address.split("?")[0]):
        assert "Gentle &lt;withdrawal&gt; care" in staff.get(page).text, page
    assert "Gentle <withdrawal> care" in staff.get("/search.csv?near=60601").text
    assert "Gentle" not in staff.get(f"/es{SEARCH}").text
    assert "Desintoxicación" in staff.get(f"/es{SEARCH}").text


def test_another_worker_says_the_same_at_its_next_page(staff: StaffClient, database_url: str) -> None:
    other = create_app(Settings(database_url=database_url, look_for_changes_seconds=0))
    other.test_client_class = CheckedClient
    theirs = other.test_client()
    theirs.get(SEARCH)

    save(staff, facet="payment", medicaid_en_label="Medi-Cal")

    assert "Medi-Cal" in theirs.get(SEARCH).text
    with other.app_context():
        db.engine.dispose()


def test_an_empty_field_is_the_shipped_word_again_and_who_did_it_is_kept(staff: StaffClient) -> None:
    save(staff, detox_es_explanation="Otra cosa", facet_en_label="What kind?")
    assert "What kind?" in staff.get(SEARCH).text

    save(staff, seen="2")

    told = staff.get(PAGE).text
    assert "What kind?" not in staff.get(SEARCH).text
    assert 'Detox, explanation, Español: <q lang="es">Otra cosa</q>' in told
    assert "ada@county.example: Kind of help, name, English: the shipped words again" in told


def test_the_shipped_word_itself_is_no_change(staff: StaffClient) -> None:
    save(staff, detox_en_label="Detox")

    assert "0 texts changed." in staff.get(PAGE).text


def test_what_is_too_long_is_told_beside_its_field_and_stays(staff: StaffClient) -> None:
    page = save(staff, expect=422, detox_en_label="x" * 81, inpatient_en_label="Live there")

    assert 'id="detox-en-label-error"' in page
    assert "x" * 81 in page
    assert "Live there" in page
    assert "Live there" not in staff.get(SEARCH).text


def test_nobody_overwrites_words_that_they_never_saw(staff: StaffClient) -> None:
    save(staff, detox_en_label="Withdrawal care")

    page = save(staff, expect=409, detox_en_label="Coming down safely")

    assert "Somebody else changed words meanwhile" in page
    assert "Coming down safely" in page
    assert "Withdrawal care" in staff.get(SEARCH).text


def test_an_unknown_filter_is_not_found(staff: StaffClient) -> None:
    staff.get("/admin/vocabulary?facet=color", expect=404)


def test_words_cost_a_page_no_query_until_something_changes(staff: StaffClient, staff_app: Flask) -> None:
    staff.get(SEARCH)
    with staff_app.app_context(), counted_queries(db.engine) as queries:
        staff.get(SEARCH)

    assert not any("wording" in query or "helpline" in query for query in queries)


def test_pages_say_what_they_said_last_while_the_database_is_down(
    staff: StaffClient, staff_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(staff, detox_en_label="Withdrawal care")
    staff.get("/")
    set_clock(staff_app, START + dt.timedelta(minutes=1))
    with staff_app.app_context():
        db.engine.dispose()
        monkeypatch.setattr(db.engine.dialect, "connect", _refuse)

    assert "Withdrawal care" in staff.get("/").text


def _refuse(*_args: object, **_options: object) -> object:
    raise db.engine.dialect.dbapi.OperationalError("down")  # type: ignore[union-attr] # it is loaded
