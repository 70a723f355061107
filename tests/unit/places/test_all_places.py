"""Properties of every place in the data, not of chosen ones."""

import zipcodes
from geopy.distance import great_circle

from finder.domain.geo import Place
from finder.places import Gazetteer
from finder.places.mending import read_zips
from finder.places.states import STATES
from finder.places.zips import is_military


def miles(one: Place, other: Place) -> float:
    here, there = one.point, other.point
    return float(great_circle((here.latitude, here.longitude), (there.latitude, there.longitude)).miles)


def test_every_zip_of_the_package_finds_itself_in_its_own_state(gazetteer: Gazetteer) -> None:
    rows = [row for state in STATES for row in zipcodes.filter_by(state=state) if not is_military(row["zip_code"])]
    assert len(rows) > 40_000
    for row in rows:
        (place,) = gazetteer.find(row["zip_code"]).places
        assert (place.postal_code, place.state) == (row["zip_code"], row["state"])


def test_every_city_with_its_state_is_found_there_within_60_miles_of_one_of_its_zips(gazetteer: Gazetteer) -> None:
    by_city: dict[tuple[str, str], list[Place]] = {}
    for record in read_zips().values():
        by_city.setdefault((record.city, record.state), []).append(record.place())
    for (city, state), zips in by_city.items():
        found = gazetteer.find(f"{city}, {state}").places
        assert {place.state for place in found} == {state}, (city, state)
        assert any(miles(found[0], zip_place) <= 60 for zip_place in zips), (city, state)


def test_every_county_and_every_state_is_found_by_its_label(gazetteer: Gazetteer) -> None:
    counties = {f"{record.county}, {record.state}" for record in read_zips().values() if record.county}
    named = {
        label: [place.label for place in gazetteer.find(label).places] for label in counties | set(STATES.values())
    }
    missing = {label for label, found in named.items() if label not in found}
    assert missing == set()


def test_every_zip_has_a_time_zone_and_a_position_and_every_state_zip_a_county() -> None:
    for record in read_zips().values():
        assert "/" in record.time_zone
        assert record.latitude
        assert record.longitude
        assert record.county or record.state in {"AS", "FM", "GU", "MH", "MP", "PW", "VI"}
