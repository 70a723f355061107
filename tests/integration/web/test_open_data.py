"""The page that says what is open, and the files that it offers."""

import datetime as dt
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from finder.config import Settings
from finder.exporting.dump import Dump, License, make_dump
from tests.factories import NOW, a_provider, a_source
from tests.pages import CheckedClient

TERMS = License("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@pytest.fixture
def app(database_url: str, tmp_path: Path, make_app: Callable[[Settings], Flask]) -> Flask:
    """The application, which serves the dumps below a folder of the test."""
    made = make_app(Settings(database_url=database_url, look_for_changes_seconds=0, dump_folder=tmp_path))
    made.test_client_class = CheckedClient
    return made


@pytest.fixture
def dump(session: Session, tmp_path: Path) -> Dump:
    """The files of a directory with a listing."""
    a_source(session, attribution="Say: the county", licence="Public domain")
    a_provider(session)
    session.commit()
    made = make_dump(session, tmp_path, NOW, site="https://finder.example", terms=TERMS)
    session.rollback()
    return made


def fetched(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    """An answer that is no page."""
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    return FlaskClient.open(client, address, headers=asked, buffered=True)


def test_before_the_first_night_the_page_says_so(client: CheckedClient) -> None:
    assert "There are no files yet." in client.get("/data").text


@pytest.mark.parametrize("language", ["", "/es"])
def test_the_page_tells_terms_sources_and_files(client: CheckedClient, dump: Dump, language: str) -> None:
    page = client.get(f"{language}/data").text

    for words in ("CC BY 4.0", "The county&#39;s list", "Say: the county", "Public domain", "/hsds/docs"):
        assert words in page
    for file in dump.files:
        assert f'href="/data/latest/{file.name}"' in page
        assert file.sha256 in page.replace("<wbr>", "")
    assert ("November 2, 2026" if not language else "2 de noviembre de 2026") in page


def test_every_page_leads_there(client: CheckedClient) -> None:
    for address in ("/", "/search?near=60601", "/topics", "/hsds/docs"):
        assert 'href="/data"' in client.get(address).text
    assert 'href="/es/data"' in client.get("/es/").text


def test_a_file_is_fetched_whole_in_parts_and_not_twice(client: CheckedClient, dump: Dump) -> None:
    (services,) = (file for file in dump.files if file.name == "services.ndjson.gz")
    whole = fetched(client, "/data/latest/services.ndjson.gz", Accept_Encoding="gzip, br")
    part = fetched(client, "/data/latest/services.ndjson.gz", Range="bytes=10-19", If_Range=whole.headers["ETag"])
    again = fetched(client, "/data/latest/services.ndjson.gz", If_None_Match=whole.headers["ETag"])

    assert hashlib.sha256(whole.data).hexdigest() == services.sha256
    assert gzip.decompress(whole.data).count(b"\n") == 1
    assert "Content-Encoding" not in whole.headers
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert (again.status_code, again.data) == (304, b"")
    assert whole.headers["ETag"] == f'"{services.sha256}"'
    assert whole.headers["Access-Control-Allow-Origin"] == "*"


def test_files_of_earlier_nights_can_be_fetched_too(
    client: CheckedClient, session: Session, dump: Dump, tmp_path: Path
) -> None:
    a_provider(session)
    session.commit()
    make_dump(session, tmp_path, NOW + dt.timedelta(days=1), site="https://finder.example", terms=TERMS)
    session.rollback()

    then = fetched(client, f"/data/{dump.folder.name}/manifest.json").get_json()
    now = fetched(client, "/data/latest/manifest.json", Accept_Encoding="gzip").get_json()

    assert (then["listings"], now["listings"]) == (1, 2)
    assert fetched(client, "/data/latest/SHA256SUMS").mimetype == "text/plain"


@pytest.mark.usefixtures("dump")
@pytest.mark.parametrize(
    "address", ["/data/latest/other.zip", "/data/..%2f/secret_key", "/data/20200101T000000Z/hsds.zip"]
)
def test_what_is_not_there_is_not_found(client: CheckedClient, address: str) -> None:
    client.get(f"/data/{address}", expect=404)
