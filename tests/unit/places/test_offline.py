import pytest
from geopy.exc import GeocoderUnavailable

from finder.places import Gazetteer


def test_the_gazetteer_refuses_every_request_to_another_machine(gazetteer: Gazetteer) -> None:
    with pytest.raises(GeocoderUnavailable):
        gazetteer.adapter.get_json("https://example.org", timeout=1, headers={})
    with pytest.raises(GeocoderUnavailable):
        gazetteer.adapter.get_text("https://example.org", timeout=1, headers={})
