"""``finder import``: what an administrator sees, and what is there afterwards."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.app import create_app
from finder.config import Settings
from finder.extensions import db
from finder.models import ImportRun, Provider, Revision
from tests.samples.workbooks import a_facility, facilities

_DIRECTORY = facilities(
    a_facility(),
    a_facility(name1="Hill House", service_code_info="SA", phone="none"),
    a_facility(name1="Mind House", service_code_info="MH OP"),
    a_facility(name1="River House [bold]", service_code_info="SA OP QQ9"),
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A directory of four facilities, as a file."""
    path = tmp_path / "directory.xlsx"
    path.write_bytes(_DIRECTORY)
    return path


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["import", "samhsa", *map(str, arguments)])


def listings(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Provider)) or 0


def test_the_summary_accounts_for_every_row_and_gives_the_reasons(app: Flask, session: Session, workbook: Path) -> None:
    result = run(app, workbook)

    assert result.exit_code == 0
    figures = dict(re.findall(r"│ ([a-z][a-z ]+?) +│ +([\d,]+) │", result.stdout))
    assert figures == {
        "created": "3",
        "updated": "0",
        "unchanged": "0",
        "merged with an earlier row of the same place": "0",
        "left out": "1",
        "all": "4",
    }
    assert "Left out, 1: mental health care only, no addiction treatment (rows 4)" in result.stdout
    assert "Waiting for review, 1: The source names no level of care" in result.stdout
    assert "Service codes that we don't know, ignored: QQ9 (1)" in result.stdout
    assert "Facts as of 2026-02-03" in result.stdout
    assert listings(session) == 3


def test_a_dry_run_of_the_workbook_changes_nothing(app: Flask, session: Session, workbook: Path) -> None:
    result = run(app, workbook, "--dry-run")

    assert result.exit_code == 0
    assert "nothing was changed" in result.stdout
    assert listings(session) == 0


def test_history_says_who_imported(app: Flask, session: Session, workbook: Path) -> None:
    run(app, workbook, "--by", "Ana Example", "--as-of", "2026-01-15")

    assert set(session.scalars(select(Revision.by))) == {"Ana Example"}
    assert {str(day) for day in session.scalars(select(Provider.verified_on))} == {"2026-01-15"}


@pytest.mark.parametrize(
    ("content", "told"), [(b"%PDF-1.7", "This is a PDF"), (_DIRECTORY[:-300], "damaged"), (b"", "empty")]
)
def test_a_file_that_can_t_be_read_is_told_plainly_and_changes_nothing(
    app: Flask, session: Session, workbook: Path, content: bytes, told: str
) -> None:
    workbook.write_bytes(content)

    result = run(app, workbook)

    assert result.exit_code == 1
    assert told in result.stderr
    assert "Nothing was changed." in result.stderr
    assert "Traceback" not in result.output
    assert listings(session) == 0


@pytest.mark.parametrize("arguments", [(), ("no-such-file.xlsx",), ("--as-of", "soon")])
def test_a_command_that_can_t_be_understood_says_how_to_put_it(app: Flask, arguments: tuple[str, ...]) -> None:
    result = run(app, *arguments)

    assert result.exit_code == 2
    assert "Usage" in result.stderr


def test_a_file_and_a_download_at_once_are_refused(app: Flask, workbook: Path) -> None:
    assert run(app, workbook, "--download").exit_code == 2


@pytest.fixture
def publisher() -> Iterator[str]:
    """The address of a server on this machine that has the directory, and nothing else."""

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/directory.xlsx"
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(_DIRECTORY if found else b"")

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def downloading(database_url: str, publisher: str) -> Iterator[Flask]:
    """The application, set to fetch the directory from that server."""
    host = publisher.removeprefix("http://")
    settings = {"samhsa_workbook_url": f"{publisher}/directory.xlsx", "fetch_private_hosts": host}
    app = create_app(Settings(database_url=database_url, **settings))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_workbook_is_fetched_from_the_address_in_the_settings(downloading: Flask, session: Session) -> None:
    result = run(downloading, "--download")

    assert result.exit_code == 0
    assert listings(session) == 3
    assert session.scalars(select(ImportRun.file_name)).all() == ["directory.xlsx"]


def test_an_address_that_has_moved_is_told_plainly_and_changes_nothing(
    downloading: Flask, session: Session, publisher: str
) -> None:
    moved = downloading.extensions["settings"].model_copy(update={"samhsa_workbook_url": f"{publisher}/moved.xlsx"})
    downloading.extensions["settings"] = moved

    result = run(downloading, "--download")

    assert result.exit_code == 1
    assert "404" in result.stderr
    assert listings(session) == 0
