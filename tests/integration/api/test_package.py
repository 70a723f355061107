"""The whole directory as a data package of tables."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from sqlalchemy.orm import Session

from finder.listings import save_all
from tests.factories import A_CHANGE, a_draft, a_provider, a_source, drafts_of_several_towns
from tests.hsds import ApiClient, official


@pytest.fixture
def tables(api: ApiClient, session: Session) -> dict[str, list[dict[str, str]]]:
    """The rows of each table, by its file, of several places, one of which nobody is named to run."""
    a_source(session)
    save_all(session, [*drafts_of_several_towns(10), a_draft(name="=1+1", organization="")], A_CHANGE)
    session.commit()
    files = {name: text for name, text in api.tables().items() if name.endswith(".csv")}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in files.items()}


def entities(schema: Any) -> Iterator[Any]:
    """All entities that an official schema nests."""
    if "path" in schema:
        yield schema
    for field in schema.get("properties", {}).values():
        yield from entities(field.get("items", field))


def test_the_tables_are_those_of_the_official_schema(tables: dict[str, list[dict[str, str]]]) -> None:
    schemas = [official(name).schema for name in ("service", "organization")]
    known = {entity["path"]: entity for schema in schemas for entity in entities(schema)}

    assert len(tables["services.csv"]) == 11
    for path, rows in tables.items():
        fields = known[path]["properties"]
        for row in rows:
            assert row.keys() <= fields.keys(), path
            assert all(row[name] for name in ("id", *known[path].get("tabular_required", []))), path
            numbers = [value for name, value in row.items() if value and fields[name]["type"] == "number"]
            assert all(map(float, numbers)), path


def test_the_description_tells_every_table_and_column(api: ApiClient, tables: dict[str, list[dict[str, str]]]) -> None:
    described = orjson.loads(api.tables()["datapackage.json"])

    assert described["profile"] == "tabular-data-package"
    assert {each["path"] for each in described["resources"]} == set(tables)
    for each in described["resources"]:
        columns = [field["name"] for field in each["schema"]["fields"]]
        required = [field["name"] for field in each["schema"]["fields"] if "constraints" in field]
        for row in tables[each["path"]]:
            assert list(row) == columns
            assert all(row[name] for name in required), each["path"]


def test_what_one_table_names_stands_in_another(tables: dict[str, list[dict[str, str]]]) -> None:
    ids = {path: {row["id"] for row in rows} for path, rows in tables.items()}
    everything = set[str]().union(*ids.values())

    assert all(len(ids[path]) == len(rows) for path, rows in tables.items())
    for rows in tables.values():
        for row in rows:
            assert {value for name, value in row.items() if name.endswith("_id") and value} <= everything


def test_no_cell_but_a_number_begins_as_a_formula_does(tables: dict[str, list[dict[str, str]]]) -> None:
    beginnings = {
        name
        for rows in tables.values()
        for row in rows
        for name, cell in row.items()
        if cell.startswith(("=", "+", "-"))
    }

    assert "'=1+1" in {row["name"] for row in tables["services.csv"]}
    assert beginnings == {"longitude", "timezone"}


def test_who_has_the_package_gets_it_again_only_after_a_change(api: ApiClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    first = api.get("/hsds/datapackage.zip")
    had, content = {"If-None-Match": first.headers["ETag"]}, first.get_data()

    assert api.get("/hsds/datapackage.zip", headers=had, expect=304).get_data() == b""
    a_provider(session, source="other")
    session.commit()
    assert api.get("/hsds/datapackage.zip", headers=had).get_data() != content
    api.get("/hsds/datapackage.zip", headers={"Accept": "application/json"}, expect=406)
    api.data("/datapackage.zip?page=1", expect=422)
