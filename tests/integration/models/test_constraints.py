"""What no row may say, whoever writes it."""

import datetime as dt
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from finder.models import Base, Provider
from tests.factories import NOW, a_provider

TABLES = Base.metadata.tables
A_DAY = {"availability_as_of": NOW, "availability_expires": NOW + dt.timedelta(days=1)}


@pytest.mark.parametrize(
    ("table", "values", "constraint"),
    [
        ("provider", {"latitude": 90.5}, "ck_provider_latitude"),
        ("provider", {"longitude": -180.5}, "ck_provider_longitude"),
        ("provider", {"latitude": None}, "ck_provider_precision_of_point"),
        ("provider", {"longitude": None}, "ck_provider_precision_of_point"),
        ("provider", {"precision": "none"}, "ck_provider_precision_of_point"),
        ("provider", {"minimum_age": 18, "maximum_age": 17}, "ck_provider_ages"),
        ("provider", {"beds": -1, **A_DAY}, "ck_provider_beds"),
        ("provider", {"beds": 1}, "ck_provider_availability_dated"),
        ("provider", {"accepting": False}, "ck_provider_availability_dated"),
        ("provider", {"availability_as_of": NOW}, "ck_provider_availability_period"),
        ("provider", {"availability_expires": NOW}, "ck_provider_availability_period"),
        ("provider", {**A_DAY, "availability_expires": NOW}, "ck_provider_availability_period"),
        ("provider_schedule", {"weekday": 7}, "ck_provider_schedule_weekday"),
        ("directory_version", {"id": 2}, "ck_directory_version_single_row"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_by_a_constraint_with_a_name(
    session: Session, table: str, values: dict[str, Any], constraint: str
) -> None:
    a_provider(session)

    with pytest.raises(IntegrityError, match=constraint):
        session.execute(update(TABLES[table]).values(values))


@pytest.mark.parametrize(
    ("table", "column", "constraint"),
    [
        ("provider", "status", "ck_provider_status"),
        ("provider", "precision", "ck_provider_precision"),
        ("provider_phone", "kind", "ck_provider_phone_phonekind"),
        ("provider_schedule", "kind", "ck_provider_schedule_schedulekind"),
    ],
)
def test_a_word_that_no_enumeration_has_is_refused(session: Session, table: str, column: str, constraint: str) -> None:
    a_provider(session)

    with pytest.raises(IntegrityError, match=constraint):
        session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = 'nonsense'")  # noqa: S608 (names above)


def test_two_listings_have_no_address_in_common(session: Session) -> None:
    first, second = a_provider(session), a_provider(session)

    with pytest.raises(IntegrityError, match="slug"):
        session.execute(update(TABLES["provider"]).where(Provider.id == second.id).values(slug=first.slug))


def test_a_listing_that_others_refer_to_cannot_vanish(session: Session) -> None:
    a_provider(session)

    # By the driver itself: what goes through SQLAlchemy is watched, and fails any test that deletes a listing.
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        closing(session.connection().connection.cursor()) as cursor,
    ):
        cursor.execute("DELETE FROM provider")
