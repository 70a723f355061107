"""Exact positions from a table of addresses."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.importing import PositionsReport, import_positions, positions
from finder.models import Provider, Revision
from tests.factories import A_CHANGE, a_provider, a_source
from tests.samples.workbooks import upload

_HEADER = "street1,city,state,zip,latitude,longitude"
_THERE = Point(41.8861, -87.6186)


def a_place(session: Session, **changes: object) -> Provider:
    facts = {"address_1": "100 North Example Street", "city": "Chicago", "state": "IL", "postal_code": "60601"}
    made = a_provider(session, **facts | changes)
    session.commit()
    return made


def placed(session: Session, *rows: str) -> PositionsReport:
    table = "\n".join([_HEADER, *rows]).encode()
    report = import_positions(session, upload(table, "table.csv"), A_CHANGE, progress=lambda _done, _total: None)
    session.commit()
    session.expire_all()
    return report


@pytest.mark.parametrize(
    "row",
    [
        "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186",
        '"100 N EXAMPLE ST, Suite 4",CHICAGO,il,60601-1234,41.8861,-87.6186',
        "100 N. Example St.,Elsewhere,IL,60601,41.8861,-87.6186",
        "100 North Example Street,Chicago,Illinois,60602,41.8861,-87.6186",
        "100 North Example Street,Chicago,IL,,41.8861,-87.6186",
    ],
    ids=["as it is", "another spelling", "ZIP alone", "city and state alone", "no ZIP"],
)
def test_a_listing_gets_the_position_of_its_address(session: Session, row: str) -> None:
    listing = a_place(session)

    report = placed(session, row)

    assert (listing.point, listing.precision) == (_THERE, Precision.ADDRESS)
    assert (report.listings, report.matched) == (1, 1)


def test_a_zip_that_lost_its_zero_still_finds_its_listing(session: Session) -> None:
    listing = a_place(session, city="Cambridge", state="MA", postal_code="02139", point=Point(42.36, -71.1))

    placed(session, "100 North Example Street,,,2139,42.3651,-71.1043")

    assert listing.point == Point(42.3651, -71.1043)


def test_the_change_stands_in_the_listing_s_history(session: Session) -> None:
    a_place(session)
    placed(session, "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186")

    revision = session.scalars(select(Revision).order_by(Revision.id.desc())).first()
    assert revision is not None
    assert revision.reason == "Coordinates of table.csv"
    assert revision.changes["point"][1] == [41.8861, -87.6186]
    assert set(revision.changes) == {"point", "precision"}


def test_the_same_table_again_changes_nothing(session: Session) -> None:
    a_place(session)
    row = "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186"
    placed(session, row)

    report = placed(session, row)

    assert (report.matched, report.already) == (0, 1)
    assert session.scalar(select(func.count()).select_from(Revision)) == 2


def test_an_address_with_two_places_is_left_to_a_person(session: Session) -> None:
    listing = a_place(session)

    report = placed(
        session,
        "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186",
        "100 N Example St,Chicago,IL,60601,41.9500,-87.6186",
    )

    assert (report.ambiguous, report.matched) == (1, 0)
    assert listing.precision is Precision.ZIP


def test_two_geocoders_that_differ_by_a_block_agree(session: Session) -> None:
    a_place(session)

    report = placed(
        session,
        "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186",
        "100 North Example Street,Chicago,IL,60601,41.8871,-87.6186",
    )

    assert (report.usable, report.repeated, report.matched) == (1, 1, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Chicago,IL,60601,41.8861,-87.6186", positions.NO_STREET),
        ("100 North Example Street,,ZZ,,41.8861,-87.6186", positions.NO_PLACE),
        ("100 North Example Street,Chicago,IL,60601,91,-87.6", positions.NO_POINT),
        ("100 North Example Street,Chicago,IL,60601,41.8,-187.6", positions.NO_POINT),
        ("100 North Example Street,Chicago,IL,60601,0,0", positions.NO_POINT),
        ("100 North Example Street,Chicago,IL,60601,nan,-87.6", positions.NO_POINT),
        ("100 North Example Street,Chicago,IL,60601,,", positions.NO_POINT),
        ("100 North Example Street,Chicago,IL,60601,41.8861,87.6186", positions.FAR_OFF),
        ("100 North Example Street,Chicago,IL,60601,-87.6186,41.8861", positions.FAR_OFF),
    ],
)
def test_coordinates_that_nobody_should_trust_are_refused_with_their_row(
    session: Session, row: str, reason: str
) -> None:
    listing = a_place(session)

    report = placed(session, row)

    assert report.rejected == {reason: [2]}
    assert (listing.precision, report.unmatched) == (Precision.ZIP, 1)


def test_the_demonstration_s_addresses_are_no_one_s(session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    a_place(session, source="demonstration")

    assert placed(session, "100 North Example Street,Chicago,IL,60601,41.8861,-87.6186").listings == 0
