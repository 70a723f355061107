"""Where care is far, as administrators see it."""

import csv
import io
import re

import pytest
from sqlalchemy.orm import Session

from finder.domain.account import Role
from finder.domain.geo import Point
from finder.domain.listing import Status
from tests.factories import a_provider, tags
from tests.staff import StaffClient, an_account

DETOX = tags("level_of_care:detox")
CHICAGO, CHEYENNE = Point(41.8858, -87.6229), Point(41.1400, -104.8197)
_LINE = re.compile(r'<tr><th scope="row"[^>]*>([^<]+)</th><td[^>]*>([^<]+)</td><td[^>]*>([^<]+)</td>')


@pytest.fixture(autouse=True)
def _viewer(session: Session, staff: StaffClient) -> None:
    a_provider(session, tags=DETOX, point=CHICAGO)
    a_provider(session, tags=DETOX, point=CHEYENNE, status=Status.DRAFT, review_reason="new")
    a_provider(session, tags=tags("level_of_care:outpatient"), point=CHEYENNE)
    session.commit()
    staff.sign_in(an_account(session, Role.VIEWER))


def far(page: str) -> list[tuple[str, str, str]]:
    """The list: county, state, miles."""
    return _LINE.findall(page)


def test_counties_far_from_detox_are_listed_farthest_first(staff: StaffClient) -> None:
    page = staff.get("/admin/coverage").text

    listed = far(page)
    assert len(listed) == 100
    miles = [float(each[2].replace(",", "")) for each in listed]
    assert miles == sorted(miles, reverse=True)
    assert "The 100 farthest" in page


def test_a_state_is_listed_whole_and_a_draft_helps_nobody(staff: StaffClient) -> None:
    listed = far(staff.get("/admin/coverage?level=detox&miles=50&state=WY").text)

    assert len(listed) == 23
    assert "Laramie County" in [county for county, _, _ in listed]


def test_another_kind_of_help_is_nearer(staff: StaffClient) -> None:
    listed = far(staff.get("/admin/coverage?level=outpatient&miles=50&state=WY").text)

    assert "Laramie County" not in [county for county, _, _ in listed]


def test_of_what_is_listed_nowhere_no_county_has_any(staff: StaffClient) -> None:
    page = staff.get("/admin/coverage?level=inpatient&state=DE").text

    assert "3 of 3 counties" in page
    assert {miles for _, _, miles in far(page)} == {"none listed"}


def test_the_map_marks_each_county_once(staff: StaffClient) -> None:
    page = staff.get("/admin/coverage?state=IL&miles=100").text
    marks = {kind: re.findall(rf'us-map__{kind}" d="([^"]*)"', page)[0].count("h0") for kind in ("near", "far")}

    assert sum(marks.values()) == 102
    assert marks["far"] == len(far(page))


def test_the_table_to_take_away_has_all_of_them(staff: StaffClient) -> None:
    answer = staff.get("/admin/coverage.csv?level=detox&miles=50")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))

    assert answer.headers["Content-Disposition"] == "attachment; filename=coverage-detox.csv"
    assert rows[0][:3] == ["State", "County", "Miles to the nearest: Detox"]
    assert len(rows) > 3000
    assert all(float(row[2]) > 50 for row in rows[1:])


@pytest.mark.parametrize("asked", ["level=surgery", "miles=7", "state=ZZ"])
def test_what_cant_be_asked_is_told(staff: StaffClient, asked: str) -> None:
    for page in ("coverage", "coverage.csv"):
        assert "Please check this" in staff.get(f"/admin/{page}?{asked}", expect=422).text
