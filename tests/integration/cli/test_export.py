"""``finder export``."""

from pathlib import Path

from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from finder.exporting.dump import newest_dump
from tests.factories import a_provider


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["export", "dump", *arguments])


def test_the_daily_job_says_what_it_wrote(app: Flask, session: Session, tmp_path: Path) -> None:
    a_provider(session)
    session.commit()

    told = run(app, str(tmp_path / "dump")).output

    made = newest_dump(tmp_path / "dump")
    assert made
    assert told.startswith(f"1 listings in {made.folder}:")
    assert "hsds.zip: " in told


def test_a_folder_that_cannot_be_written_is_named(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    result = run(app, str(tmp_path / "file" / "dump"))

    assert result.exit_code == 1
    assert "The files could not be written" in result.output
