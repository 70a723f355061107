"""A second finder that imports the first one's meetings by BMLT tells the same."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.importing import Bmlt, Import, Upload, import_file
from finder.listings import save_all
from finder.models import Source
from finder.models.connection import engine_options
from tests.bmlt import BmltClient
from tests.databases import Databases
from tests.factories import A_CHANGE, a_source
from tests.groups import FRIDAY, MONDAY, SATURDAY, a_group, weekly
from tests.hsds import ApiClient
from tests.samples.feeds import NA_FACTS

GROUPS = (
    a_group(
        weekly(MONDAY, "19:30", "21:00", "Women"),
        weekly(FRIDAY, ends=None),
        name="Just One Day",
        address_2="Harbor Church",
        said=("attendance:in_person", "meeting_type:women", "meeting_type:open", "accessibility:wheelchair"),
    ),
    a_group(
        weekly(SATURDAY, "23:00", "00:30", join_url="https://conference.example/1", join_phone="+13125550142"),
        name="Late Together",
        said=("attendance:hybrid", "attendance:phone", "language:spanish"),
        description="Ring the bell",
    ),
)
OF_THE_SERVER = {
    "id_bigint",
    "shared_group_id_bigint",
    "service_body_bigint",
    "root_server_uri",
}


@pytest.fixture
def their_url(databases: Databases) -> Iterator[str]:
    """The address of the other one's database."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def theirs(their_url: str, make_app: Callable[[Settings], Flask], tmp_path: Path) -> BmltClient:
    """The other finder, as a program asks it."""
    other = make_app(Settings(database_url=their_url, instance_folder=tmp_path / "other"))
    other.test_client_class = ApiClient
    client = other.test_client()
    assert isinstance(client, ApiClient)
    return BmltClient(client, "/bmlt/na")


def test_the_meetings_that_another_finder_imports_are_the_same(
    api: ApiClient, session: Session, their_url: str, theirs: BmltClient
) -> None:
    a_source(session)
    save_all(session, GROUPS, A_CHANGE)
    session.commit()
    here = BmltClient(api)

    engine = create_engine(their_url, **engine_options(their_url))
    with Session(engine) as their_session:
        import_file(their_session, _file(here, "GetSearchResults"), _bmlt(here), A_CHANGE, progress=lambda *_: None)
        their_session.commit()
    engine.dispose()
    told = theirs.meetings()

    assert [_facts(meeting) for meeting in told] == [_facts(meeting) for meeting in here.meetings()]


def _bmlt(server: BmltClient) -> Import:
    formats, bodies = _file(server, "GetFormats"), _file(server, "GetServiceBodies")
    file_format = Bmlt(facts=NA_FACTS, formats=formats, service_bodies=bodies)
    return Import(file_format=file_format, source=Source(key=NA_FACTS.source, name="Lakeview NA"))


def _file(server: BmltClient, switcher: str) -> Upload:
    return Upload(file=io.BytesIO(server.bytes(switcher)), name=f"{switcher}.json", max_megabytes=1)


def _facts(meeting: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in meeting.items() if name not in OF_THE_SERVER}
