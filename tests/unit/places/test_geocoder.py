"""Where an address is, by the geocoder that the operator chose, or by our own gazetteer."""

from collections.abc import Iterator
from typing import Any

import pytest

from finder.domain.geo import Point, Precision
from finder.places.geocoder import Unanswered, geocoder_called, locate, locate_offline, time_zone_at
from tests.nominatim import Nominatim, a_house, nominatim

ADDRESS = "5 North Example Street, Chicago, IL 60601"


@pytest.fixture
def service() -> Iterator[Nominatim]:
    with nominatim() as running:
        yield running


@pytest.mark.parametrize(
    ("answer", "precision"),
    [
        ({"place_rank": 30}, Precision.ADDRESS),
        ({"place_rank": 26}, Precision.STREET),
        ({"place_rank": 21}, Precision.ZIP),
        ({"place_rank": 16}, Precision.CITY),
        ({"place_rank": 12}, Precision.COUNTY),
        ({"place_rank": 8}, Precision.STATE),
        ({"place_rank": None}, None),
        ({"place_rank": None, "properties": {"type": "house"}}, Precision.ADDRESS),
        ({"place_rank": None, "properties": {"type": "aquarium"}}, None),
    ],
)
def test_a_position_stands_for_what_the_geocoder_says(
    service: Nominatim, answer: dict[str, Any], precision: Precision | None
) -> None:
    service.found = a_house(**answer)

    located = locate(geocoder_called("nominatim", service.options), ADDRESS, "60601")

    assert located
    assert (located.point, located.precision) == (Point(41.8857, -87.6188), precision)
    assert service.asked == [ADDRESS]


@pytest.mark.parametrize("answer", [None, a_house(lat="33.45", lon="-112.07")], ids=["nothing", "another city"])
def test_an_address_that_is_not_known_or_known_elsewhere_has_no_position(
    service: Nominatim, answer: dict[str, Any] | None
) -> None:
    service.found = answer

    assert locate(geocoder_called("nominatim", service.options), ADDRESS, "60601") is None


@pytest.mark.parametrize(
    ("status", "answer"), [(500, a_house()), (429, a_house()), (200, {"lat": "?"}), (200, {"x": 1})]
)
def test_a_geocoder_in_trouble_is_told_as_one_thing(service: Nominatim, status: int, answer: dict[str, Any]) -> None:
    service.status, service.found = status, answer

    with pytest.raises(Unanswered):
        locate(geocoder_called("nominatim", service.options), ADDRESS)


def test_a_geocoder_that_is_not_there_is_told_as_one_thing(service: Nominatim) -> None:
    geocoder = geocoder_called("nominatim", service.options | {"domain": "127.0.0.1:9"})

    with pytest.raises(Unanswered):
        locate(geocoder, ADDRESS)


@pytest.mark.parametrize(
    ("name", "options"), [("atlas", {}), ("nominatim", {}), ("nominatim", {"password": "hush"}), ("googlev3", {})]
)
def test_a_geocoder_that_can_not_be_made_is_refused_without_its_secrets(name: str, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=name) as refusal:
        geocoder_called(name, options)

    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize(
    ("place", "label", "precision"),
    [
        (("60601", "", ""), "Chicago, IL 60601", Precision.ZIP),
        (("", "Omaha", "NE"), "Omaha, NE", Precision.CITY),
        (("00000", "", ""), None, None),
        (("", "Nowhere", "IL"), None, None),
    ],
)
def test_our_own_gazetteer_knows_the_middle_of_a_zip_code_or_city(
    place: tuple[str, str, str], label: str | None, precision: Precision | None
) -> None:
    located = locate_offline(*place)

    assert (located and located.label, located and located.precision) == (label, precision)


def test_the_clock_is_that_of_the_zip_code_or_else_of_the_point() -> None:
    phoenix = Point(33.4515, -112.0685)

    assert time_zone_at("60601", phoenix) == "America/Chicago"
    assert time_zone_at("", phoenix) == "America/Phoenix"
    assert time_zone_at("", None) == ""
