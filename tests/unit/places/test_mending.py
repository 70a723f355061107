from finder.places.mending import mended, read_zips
from finder.places.zips import Zip


def row(code: str, city: str = "Lincoln", **fields: object) -> Zip:
    given: dict[str, object] = {
        "county": "Lancaster County",
        "time_zone": "America/Chicago",
        "latitude": 40.8,
        "longitude": -96.7,
        **fields,
    }
    return Zip(code=code, standard=True, city=city, state="NE", **given)  # type: ignore[arg-type]  # fields are ours


def test_a_zip_without_position_lies_amid_the_other_zips_of_its_city() -> None:
    state = [row("68501", latitude=40.0), row("68502", latitude=41.0), row("68503", latitude=0.0, longitude=0.0)]
    assert mended([*state, row("69001", "McCook", latitude=30.0)])[2].latitude == 40.5


def test_a_zip_without_position_alone_in_its_city_lies_amid_its_section() -> None:
    lone = row("68599", "Waverly", latitude=0.0, longitude=0.0)
    assert mended([row("68501"), row("69001", "McCook", latitude=30.0), lone])[2].latitude == 40.8


def test_a_zip_without_county_or_time_zone_has_those_of_the_nearest_zip() -> None:
    near, far = row("68501"), row("69001", county="Red Willow County", time_zone="America/Denver", longitude=-100.6)
    filled = mended([far, near, row("68502", county="", time_zone="")])[2]
    assert (filled.county, filled.time_zone) == ("Lancaster County", "America/Chicago")


def test_a_county_spelled_in_two_ways_takes_the_usual_one() -> None:
    state = [
        row("1", county="St. Mary's County"),
        row("2", county="St. Mary's County"),
        row("3", county="St Mary's County"),
    ]
    assert {each.county for each in mended(state)} == {"St. Mary's County"}


def test_an_independent_city_stays_apart_from_the_county_of_its_name() -> None:
    state = [row("1", county="Richmond County"), row("2", county="Richmond city")]
    assert [each.county for each in mended(state)] == ["Richmond County", "Richmond city"]


def test_the_pacific_zips_lie_where_they_are() -> None:
    zips = read_zips()
    assert 157 < zips["96941"].longitude < 159
    assert 170 < zips["96960"].longitude < 172
