"""``finder import`` of feeds: what an administrator sees, and what is there afterwards."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.models import Provider, ProviderTag, Source
from tests.samples.feeds import FORMATS, SERVICE_BODIES, a_bmlt_meeting, a_located_facility, a_meeting

_FEED = [a_meeting(day=[1, 3]), a_meeting(name="Hill [bold]", types=["QQ"], latitude=None), a_meeting(day=9)]


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """Writes a document as a file of this name and gives its path."""

    def write(document: Any, name: str = "feed.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["import", *map(str, arguments)])


def meetings(app: Flask, path: Path, *arguments: str) -> Result:
    return run(app, "meeting-guide", path, "--source", "aa-lakeview", *arguments)


def listings(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Provider)) or 0


def test_a_feed_of_meetings_is_imported_and_told_row_by_row(app: Flask, session: Session, file: Any) -> None:
    result = meetings(app, file(_FEED), "--name", "Lakeview AA", "--attribution", "Thanks to Lakeview.")

    assert result.exit_code == 0
    assert "Left out, 1: a day or time that can't be read (rows 3)" in result.stdout
    assert "Weekly meetings: 3" in result.stdout
    assert "Positions that the file lacks, from the gazetteer: 1" in result.stdout
    assert "Types of meetings that we don't know, ignored: QQ (1)" in result.stdout
    assert listings(session) == 2
    assert session.get_one(Source, "aa-lakeview").attribution == "Thanks to Lakeview."


def test_a_second_import_needs_no_name_and_keeps_what_was_said_of_the_source(
    app: Flask, session: Session, file: Any
) -> None:
    meetings(app, file(_FEED), "--name", "Lakeview AA", "--url", "https://aa.example/")

    result = meetings(app, file(_FEED))

    source = session.get_one(Source, "aa-lakeview")
    assert result.exit_code == 0
    assert (source.name, source.url) == ("Lakeview AA", "https://aa.example/")


def test_a_source_remembers_its_format_and_whose_meetings_it_has(app: Flask, session: Session, file: Any) -> None:
    meetings(app, file(_FEED), "--name", "Lakeview SMART", "--fellowship", "smart")

    meetings(app, file(_FEED))
    beside = ("--formats", file(FORMATS, "formats.json"), "--service-bodies", file(SERVICE_BODIES, "bodies.json"))
    other = run(app, "bmlt", file([a_bmlt_meeting()]), *beside, "--source", "aa-lakeview")

    source = session.get_one(Source, "aa-lakeview")
    assert (source.format, source.options) == ("meeting-guide", {"fellowship": "smart"})
    assert set(session.scalars(select(ProviderTag.code).where(ProviderTag.facet == "fellowship"))) == {"smart"}
    assert other.exit_code == 2
    assert "choose another key" in other.stderr


def test_a_dry_run_tells_what_would_be_and_keeps_nothing(app: Flask, session: Session, file: Any) -> None:
    result = meetings(app, file(_FEED), "--name", "Lakeview AA", "--dry-run")

    assert (
        "For example: Lakeview Beginners; 100 North Example Street, Chicago, IL; Mon 19:00, Wed 19:00" in result.stdout
    )
    assert "nothing was changed" in result.stdout
    assert listings(session) == 0
    assert session.get(Source, "aa-lakeview") is None


def test_a_feed_that_lost_much_stops_and_asks(app: Flask, file: Any) -> None:
    groups = [a_meeting(name=f"Group {number}") for number in range(10)]
    meetings(app, file(groups), "--name", "Lakeview AA")

    stopped = meetings(app, file(groups[:2]), "--retire-gone")
    allowed = meetings(app, file(groups[:2]), "--retire-gone", "--allow-many-changes")

    assert stopped.exit_code == 1
    assert "lacks 8 of 10 listings" in stopped.stderr
    assert "--allow-many-changes" in stopped.stderr
    assert "retired: 8" in allowed.stdout
    assert "Not in the file: Group 2\n" in allowed.stdout


def test_narcotics_anonymous_is_imported_with_its_formats_and_service_bodies(
    app: Flask, session: Session, file: Any
) -> None:
    beside = ("--formats", file(FORMATS, "formats.json"), "--service-bodies", file(SERVICE_BODIES, "bodies.json"))

    result = run(app, "bmlt", file([a_bmlt_meeting()]), *beside, "--source", "na-lakeview", "--name", "Lakeview NA")

    assert result.exit_code == 0
    assert listings(session) == 1
    assert "na" in session.scalars(select(ProviderTag.code).where(ProviderTag.facet == "fellowship")).all()


def test_the_locator_is_imported(app: Flask, session: Session, file: Any) -> None:
    result = run(app, "findtreatment", file({"rows": [a_located_facility()]}), "--as-of", "2026-10-01")

    assert result.exit_code == 0
    assert "Facts as of 2026-10-01" in result.stdout
    assert listings(session) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--source", "aa-lakeview"), "--name"),
        (("--source", "AA Lakeview", "--name", "x"), "hyphens"),
        (("--source", "samhsa", "--name", "x"), "hyphens"),
        (("--source", "aa", "--name", "x", "--fellowship", "xx"), "smart"),
    ],
)
def test_a_command_that_can_t_be_understood_says_how_to_put_it(
    app: Flask, file: Any, arguments: tuple[str, ...], told: str
) -> None:
    result = run(app, "meeting-guide", file(_FEED), *arguments)

    assert result.exit_code == 2
    assert told in result.stderr


def test_a_file_that_is_no_feed_is_told_plainly_and_changes_nothing(app: Flask, session: Session, file: Any) -> None:
    result = meetings(app, file({"error": "busy"}), "--name", "Lakeview AA")

    assert result.exit_code == 1
    assert "no JSON file with a list of rows" in result.stderr
    assert "Nothing was changed." in result.stderr
    assert listings(session) == 0
