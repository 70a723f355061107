"""The button that finds the position of an address."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.domain.geo import Point, Precision
from tests.editing import edit, editor_of_illinois, facts_now, form_at, harbor_house, send
from tests.forms import form_on
from tests.nominatim import Nominatim, nominatim
from tests.staff import SECRET_KEY, Clock, StaffClient, client_of

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
def service() -> Iterator[Nominatim]:
    """A geocoder on this machine."""
    with nominatim() as running:
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> dict[str, Any]:
    """Those of `staff_app`."""
    return {"database_url": database_url, "instance_folder": tmp_path, "secret_key": SECRET_KEY}


@pytest.fixture
def asking(
    session: Session, make_app: Callable[[Settings], Flask], settings: dict[str, Any], service: Nominatim, clock: Clock
) -> StaffClient:
    """The browser of an editor where the operator chose that geocoder."""
    options = SecretStr(json.dumps(service.options))
    app = make_app(Settings(**settings, geocoder="nominatim", geocoder_options=options))
    app.extensions["clock"] = clock
    return editor_of_illinois(session, client_of(app))


def test_the_position_of_the_typed_address_is_filled_in_and_saved_only_with_the_form(
    asking: StaffClient, session: Session, service: Nominatim
) -> None:
    listing = harbor_house(session)
    form = form_at(asking, edit(listing))
    page = send(asking, edit(listing), form, address_1="7 Main Street", press="position", expect=200).text

    assert service.asked == ["7 Main Street, Chicago, IL 60601"]
    assert "The position stands for exactly the address." in page
    assert facts_now(session, listing)["point"] != Point(41.8857, -87.6188)

    send(asking, edit(listing), form_on(page, with_field="version"))
    after = facts_now(session, listing)
    assert (after["address_1"], after["point"], after["precision"]) == (
        "7 Main Street", Point(41.8857, -87.6188), Precision.ADDRESS,
    )  # fmt: skip


def test_nobody_is_asked_about_a_confidential_address(
    asking: StaffClient, session: Session, service: Nominatim
) -> None:
    listing = harbor_house(session)
    form = form_at(asking, edit(listing))

    page = send(asking, edit(listing), form, confidential="y", press="position", expect=200).text

    assert service.asked == []
    assert "nobody was asked" in page
    assert form_on(page, with_field="version")["precision"] == "zip"


def test_a_geocoder_in_trouble_leaves_the_position_as_it_was(
    asking: StaffClient, session: Session, service: Nominatim
) -> None:
    listing = harbor_house(session)
    form = form_at(asking, edit(listing))
    for status, found, told in ((503, service.found, "gives no answer now"), (200, None, "doesn&#39;t know this")):
        service.status, service.found = status, found
        page = send(asking, edit(listing), form, press="position", expect=200).text
        assert told in page
        again = form_on(page, with_field="version")
        assert {again[name] == form[name] for name in ("latitude", "longitude", "precision")} == {True}


def test_without_a_geocoder_the_position_is_the_middle_of_the_zip_code(staff: StaffClient, session: Session) -> None:
    listing, editor = harbor_house(session), editor_of_illinois(session, staff)

    page = send(editor, edit(listing), form_at(editor, edit(listing)), press="position", expect=200).text

    assert "middle of Chicago, IL 60601" in page
    assert form_on(page, with_field="version")["precision"] == "zip"


@pytest.mark.parametrize(
    "wrong",
    [
        {"geocoder": "atlas"},
        {"geocoder": "nominatim", "geocoder_options": SecretStr('{"password": "hush"}')},
        {"geocoder": "nominatim", "geocoder_options": SecretStr('["hush"]')},
    ],
)
def test_a_geocoder_that_can_not_be_made_stops_the_start(
    make_app: Callable[[Settings], Flask], settings: dict[str, Any], wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"(?i)geocoder") as refusal:
        make_app(Settings(**settings, **wrong))

    assert "hush" not in str(refusal.value)
