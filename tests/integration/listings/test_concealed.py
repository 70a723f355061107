"""Nothing that is saved gives a confidential address away."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.listings import amend, save_all
from finder.listings.merge import merge
from finder.places import gazetteer
from tests.factories import A_CHANGE, a_draft, a_provider

EXACT = Point(41.90001, -87.65001)
THE_ZIP = gazetteer().zip_place("60601")


@pytest.mark.parametrize("precision", [Precision.ADDRESS, Precision.STREET])
def test_a_confidential_place_is_kept_at_the_middle_of_its_zip(session: Session, precision: Precision) -> None:
    saved = a_provider(session, confidential=True, postal_code="60601-1234", point=EXACT, precision=precision)
    assert THE_ZIP
    assert (saved.latitude, saved.longitude) == (THE_ZIP.point.latitude, THE_ZIP.point.longitude)
    assert saved.precision is Precision.ZIP


def test_where_the_zip_is_not_known_there_is_no_position(session: Session) -> None:
    saved = a_provider(session, confidential=True, postal_code="", point=EXACT, precision=Precision.ADDRESS)
    assert (saved.latitude, saved.precision) == (None, Precision.NONE)


def test_a_position_that_comes_later_does_not_give_it_away(session: Session) -> None:
    saved = a_provider(session, confidential=True)
    amend(session, {saved.id: {"point": EXACT, "precision": Precision.ADDRESS}}, A_CHANGE)
    session.refresh(saved)
    assert saved.precision is Precision.ZIP
    assert (saved.latitude, saved.longitude) != (EXACT.latitude, EXACT.longitude)


def test_a_place_that_becomes_confidential_loses_its_exact_position(session: Session) -> None:
    saved = a_provider(session, point=EXACT, precision=Precision.ADDRESS)
    assert saved.latitude == EXACT.latitude
    again = a_draft(source_ref=saved.source_ref, address_1=saved.address_1, confidential=True)
    save_all(session, [replace(again, point=None, precision=Precision.NONE)], A_CHANGE)
    session.refresh(saved)
    assert saved.confidential
    assert saved.latitude != EXACT.latitude
    assert saved.precision is not Precision.ADDRESS


def test_a_place_that_is_not_confidential_keeps_it(session: Session) -> None:
    saved = a_provider(session, point=EXACT, precision=Precision.ADDRESS)
    assert (saved.latitude, saved.precision) == (EXACT.latitude, Precision.ADDRESS)


def test_a_listing_that_is_merged_with_a_confidential_one_stands_at_its_zip(session: Session) -> None:
    kept, other = a_provider(session, point=EXACT, precision=Precision.ADDRESS), a_provider(session, confidential=True)
    merge(session, kept.id, other.id, {}, A_CHANGE)
    session.refresh(kept)
    assert kept.confidential
    assert kept.precision is Precision.ZIP
