"""``finder geocode``: exact positions from a table."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from tests.factories import a_provider


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table that knows one address, and has one row that nobody should trust."""
    path = tmp_path / "table.csv"
    path.write_text(
        "street1,city,state,zip,latitude,longitude\n"
        "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186\n"
        "102 North Example Street,Chicago,IL,60601,0,0\n"
    )
    return path


def test_the_summary_counts_listings_and_rows(app: Flask, session: Session, table: Path) -> None:
    known = a_provider(session, address_1="100 N Example St")
    unknown = a_provider(session, address_1="102 North Example Street")
    session.commit()

    result = app.test_cli_runner().invoke(args=["geocode", str(table)])

    session.expire_all()
    assert result.exit_code == 0
    assert (known.precision, unknown.precision) == (Precision.ADDRESS, Precision.ZIP)
    assert "Rows of the table: 2, of them usable 1, repeated 0" in result.stdout
    assert "Left out, 1: coordinates that are no point on the earth (rows 3)" in result.stdout


def test_a_table_that_can_t_be_read_is_told_plainly(app: Flask, table: Path) -> None:
    table.write_text("name,street\n")

    result = app.test_cli_runner().invoke(args=["geocode", str(table)])

    assert result.exit_code == 1
    assert "names no column street1, city, state, zip, latitude, longitude" in result.stderr
    assert "Nothing was changed." in result.stderr
