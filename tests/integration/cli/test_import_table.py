"""``finder import table``: columns are guessed, asked about once, and kept."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.models import Provider, Source
from tests.samples.tables import a_place, csv_text


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of two places."""
    path = tmp_path / "places.csv"
    path.write_text(csv_text([a_place(), a_place(Name="Peña [bold] House")]), encoding="cp1252")
    return path


def run(app: Flask, *arguments: object, answer: str = "") -> Result:
    said = ("--source", "county-table", "--name", "County list")
    return app.test_cli_runner().invoke(args=["import", "table", *map(str, arguments), *said], input=answer)


def listings(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Provider)) or 0


def test_the_guess_is_shown_asked_about_and_kept(app: Flask, session: Session, table: Path) -> None:
    first = run(app, table, answer="y\n")
    again = run(app, table)

    assert "places.csv: CSV in Windows-1252, separated by commas" in first.stderr
    assert "places.csv: CSV in Windows-1252, separated by commas" in again.stderr
    assert "Services: 'detox' stands for level_of_care:detox" in first.stderr
    assert "Is this right?" in first.stdout
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "Is this right?" not in again.stdout
    assert listings(session) == 2
    assert session.get_one(Source, "county-table").options["columns"]["facts"]["name"] == ["Name"]


def test_who_says_no_to_the_guess_imports_nothing(app: Flask, session: Session, table: Path) -> None:
    assert run(app, table, answer="n\n").exit_code == 1
    assert listings(session) == 0
    assert session.get(Source, "county-table") is None


def test_the_guess_can_be_taken_unasked(app: Flask, session: Session, table: Path) -> None:
    assert run(app, table, "--accept-guess").exit_code == 0
    assert listings(session) == 2


def test_a_dry_run_asks_nobody_and_keeps_nothing(app: Flask, session: Session, table: Path) -> None:
    result = run(app, table, "--dry-run")

    assert "For example: Harbor Light Recovery" in result.stdout
    assert listings(session) == 0
    assert session.get(Source, "county-table") is None


def test_the_guess_can_be_written_down_corrected_and_given(app: Flask, session: Session, table: Path) -> None:
    columns = table.with_name("columns.json")
    run(app, table, "--write-columns", columns)
    said = json.loads(columns.read_text(encoding="utf-8"))
    del said["facts"]["phone"]
    columns.write_text(json.dumps(said), encoding="utf-8")

    result = run(app, table, "--columns", columns)

    assert "Listings without a phone number: 2" in result.stdout
    assert listings(session) == 2


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (("Wer,Wo\nx,y\n", ""), "no column is the name of the place. They are: Wer, Wo"),
        (("Name,City\nx,y\n", '{"facts": {"name": ["Titel"]}}'), "The table has no column Titel"),
        (("Name,City\nx,y\n", '{"facts": {}}'), "no column is the name"),
        (("Name,City\nx,y\n", "no JSON"), "columns.json doesn't say"),
        (("%PDF-1.7", ""), "no table in CSV"),
    ],
)
def test_what_can_t_be_read_ends_with_a_sentence_and_changes_nothing(
    app: Flask, session: Session, table: Path, files: tuple[str, str], told: str
) -> None:
    content, columns = files
    table.write_text(content, encoding="utf-8")
    said = table.with_name("columns.json")
    if columns:
        said.write_text(columns, encoding="utf-8")

    result = run(app, table, "--accept-guess", *(["--columns", said] if columns else []))

    assert result.exit_code in {1, 2}
    assert told in result.stderr
    assert listings(session) == 0
