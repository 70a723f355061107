"""Where the fictional places stand: where people are, and at addresses that lead to nobody."""

from collections import Counter
from collections.abc import Sequence

import pytest
from geopy.distance import great_circle

from finder.domain.geo import Point, Precision
from finder.importing.formats.demonstration.ingredients import ingredients
from finder.listings import ListingDraft
from finder.places import gazetteer
from finder.places.mending import read_zips
from tests.factories import tags

# The incorporated places with the most people in the 2020 census, largest first.
LARGEST_CITIES = """
New York, NY; Los Angeles, CA; Chicago, IL; Houston, TX; Phoenix, AZ; Philadelphia, PA; San Antonio, TX; San Diego, CA;
Dallas, TX; San Jose, CA; Austin, TX; Jacksonville, FL; Fort Worth, TX; Columbus, OH; Indianapolis, IN; Charlotte, NC;
San Francisco, CA; Seattle, WA; Denver, CO; Washington, DC; Nashville, TN; Oklahoma City, OK; El Paso, TX; Boston, MA;
Portland, OR; Las Vegas, NV; Detroit, MI; Memphis, TN; Louisville, KY; Baltimore, MD; Milwaukee, WI; Albuquerque, NM;
Tucson, AZ; Fresno, CA; Sacramento, CA; Kansas City, MO; Mesa, AZ; Atlanta, GA; Omaha, NE; Colorado Springs, CO;
Raleigh, NC; Long Beach, CA; Virginia Beach, VA; Miami, FL; Oakland, CA; Minneapolis, MN; Tulsa, OK; Bakersfield, CA;
Wichita, KS; Arlington, TX; Aurora, CO; Tampa, FL; New Orleans, LA; Cleveland, OH; Honolulu, HI; Anaheim, CA;
Lexington, KY; Stockton, CA; Corpus Christi, TX; Henderson, NV
"""
LEVELS = ("detox", "inpatient", "outpatient", "support_group")
EVERY_NTH_ZIP = 20
MILES_PER_DEGREE = 69


def test_states_have_listings_as_they_have_people(listings: list[ListingDraft]) -> None:
    people = ingredients().population
    counts = Counter(listing.state for listing in listings)
    assert set(counts) == set(people)
    assert len(counts) == 52
    fair = {state: len(listings) * residents / sum(people.values()) for state, residents in people.items()}
    assert {state: n for state, n in counts.items() if n != 12 and abs(n - fair[state]) > 1 + fair[state] / 20} == {}
    assert min(counts.values()) == 12


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_of_care_is_within_25_miles_of_the_60_largest_cities(
    listings: list[ListingDraft], level: str
) -> None:
    cities = [name.strip() for name in LARGEST_CITIES.split(";")]
    assert len(cities) == 60
    offered = _at_level(listings, level)
    centers = {city: gazetteer().find(city).places[0].point for city in cities}
    assert [city for city, center in centers.items() if not _is_any_within(25, center, offered)] == []


def test_something_is_within_100_miles_of_nearly_everyone(listings: list[ListingDraft]) -> None:
    states = set(ingredients().population)
    zips = [record for record in read_zips().values() if record.standard and record.state in states][::EVERY_NTH_ZIP]
    far = [record.code for record in zips if not _is_any_within(100, record.place().point, listings)]
    assert len(far) / len(zips) < 0.01


def test_a_confidential_address_is_never_said(listings: list[ListingDraft]) -> None:
    confidential = [listing for listing in listings if listing.confidential]
    assert 0.01 <= len(confidential) / len(listings) <= 0.03
    for listing in confidential:
        place = gazetteer().zip_place(listing.postal_code)
        assert place is not None
        assert (listing.address_1, listing.address_2, listing.precision) == ("", "", Precision.ZIP)
        assert listing.point == place.point


def test_what_is_only_online_or_by_phone_has_no_street(listings: list[ListingDraft]) -> None:
    away = [listing for listing in listings if listing.tags.isdisjoint(tags("attendance:in_person"))]
    assert away
    assert [listing.name for listing in away if listing.address_1] == []


def test_a_few_have_no_position_and_some_no_website(listings: list[ListingDraft]) -> None:
    assert 0.005 <= sum(listing.point is None for listing in listings) / len(listings) <= 0.02
    assert 0.05 <= sum(not listing.website for listing in listings) / len(listings) <= 0.2


def test_every_place_is_where_its_zip_is(listings: list[ListingDraft]) -> None:
    for listing in listings:
        place = gazetteer().zip_place(listing.postal_code)
        assert place is not None
        said = (listing.city, listing.county, listing.state, listing.time_zone)
        assert said == (place.city, place.county, place.state, place.time_zone)
        assert all(said)
        assert listing.point is None or _is_any_within(2, place.point, [listing])


def _at_level(listings: Sequence[ListingDraft], level: str) -> list[ListingDraft]:
    return [listing for listing in listings if not listing.tags.isdisjoint(tags(f"level_of_care:{level}"))]


def _is_any_within(miles: float, center: Point, listings: Sequence[ListingDraft]) -> bool:
    here = (center.latitude, center.longitude)
    points = (listing.point for listing in listings if listing.point)
    near = (point for point in points if abs(point.latitude - center.latitude) * MILES_PER_DEGREE <= miles + 1)
    return any(great_circle(here, (point.latitude, point.longitude)).miles <= miles for point in near)
