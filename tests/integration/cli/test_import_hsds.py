"""``finder import hsds``: what an administrator sees, and what is there afterwards."""

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.models import Provider, Source
from tests.samples.human_services import V3, a_service, zipped


def test_a_directory_is_imported_from_json_and_then_from_tables(app: Flask, session: Session, tmp_path: Path) -> None:
    pantry = a_service(id="s2", name="Food pantry", description="", attributes=[], service_at_locations=[])
    lines, tables = tmp_path / "services.ndjson", tmp_path / "package.zip"
    lines.write_text("\n".join(map(json.dumps, [a_service(), pantry])), encoding="utf-8")
    tables.write_bytes(zipped(V3).file.read())
    run = app.test_cli_runner().invoke

    first = run(args=["import", "hsds", str(lines), "--source", "county-211", "--name", "County 211"])
    second = run(args=["import", "hsds", str(tables), "--source", "county-211"])

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Left out, 1: nothing in it is about substance use (rows 2)" in first.stdout
    assert session.get_one(Source, "county-211").name == "County 211"
    (listing,) = session.scalars(select(Provider))
    assert (listing.source_ref, listing.name) == ("sl1", "Harbor Health \N{EN DASH} Alcohol detox")


def test_what_is_no_such_file_changes_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(zipped({"readme.csv": "a,b\n"}).file.read())

    result = app.test_cli_runner().invoke(args=["import", "hsds", str(path), "--source", "county-211", "--name", "211"])

    assert result.exit_code == 1
    assert "no table of services" in result.stderr
    assert session.scalars(select(Source)).all() == []
