"""What a visitor types into "where", and what the gazetteer makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.geo import Place, Point, Precision
from finder.places import Answer, Gazetteer, Unknown
from finder.places import gazetteer as read_once


def labels(answer: Answer) -> list[str]:
    return [place.label for place in answer.places]


def the_place(answer: Answer) -> Place:
    assert len(answer.places) == 1, labels(answer)
    return answer.places[0]


# ZIP Codes


@pytest.mark.parametrize(
    "text",
    [
        "60601",
        " 60601 ",
        "60601-1234",
        "606011234",
        "60601 1234",
        "60601\u20131234",
        "\uff16\uff10\uff16\uff10\uff11",
        "zip code 60601",
        "60601, USA",
        "Chicago, IL 60601",
        "chicago il 60601-1234",
        "60601 Chicago",
        "60601, Chicago, Illinois",
        "Cook County 60601",
    ],
)
def test_a_zip_is_found_however_it_is_written(gazetteer: Gazetteer, text: str) -> None:
    place = the_place(gazetteer.find(text))
    assert place == Place(
        label="Chicago, IL 60601",
        point=Point(41.8858, -87.6181),
        precision=Precision.ZIP,
        state="IL",
        county="Cook County",
        city="Chicago",
        postal_code="60601",
        time_zone="America/Chicago",
    )


def test_four_digits_alone_are_a_zip_that_lost_its_leading_zero(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer.find("2139")).label == "Cambridge, MA 02139"


def test_a_zip_that_does_not_exist_gets_its_neighbors_in_number(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("60600")
    assert (answer.places, answer.unknown) == ((), Unknown.NO_MATCH)
    assert answer.suggestions[0] == "Chicago, IL 60601"
    assert all(the_place(gazetteer.find(text)).postal_code.startswith("606") for text in answer.suggestions)


def test_a_number_far_from_every_zip_gets_no_suggestion(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("00000") == Answer(unknown=Unknown.NO_MATCH)


@pytest.mark.parametrize("text", ["09001", "APO AE 09001", "APO AE", "FPO, AP 96349", "34001"])
def test_a_military_address_is_no_place_to_search_near_and_says_why(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == Answer(unknown=Unknown.MILITARY)


def test_a_zip_in_another_state_than_the_city_beside_it_asks_which_is_meant(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer.find("Chicago, IL 90210")) == ["Beverly Hills, CA 90210", "Chicago, IL"]


def test_a_wrong_zip_beside_a_city_leaves_the_city(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer.find("Chicago, IL 60600")).label == "Chicago, IL"


def test_a_retired_zip_is_still_found(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer.find("00929")).label == "San Juan, PR 00929"


# Cities


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Chicago, IL", "Chicago, IL"),
        ("chicago il", "Chicago, IL"),
        ("Chicago Illinois", "Chicago, IL"),
        ("CHICAGO,IL.", "Chicago, IL"),
        ("  Chicago ,, Ill. ", "Chicago, IL"),
        ("City of Chicago, Illinois, United States", "Chicago, IL"),
        ("Chicago, Cook County, Illinois, USA", "Chicago, IL"),
        ("St Louis MO", "Saint Louis, MO"),
        ("Saint Louis, MO", "Saint Louis, MO"),
        ("St. Louis", "Saint Louis, MO"),
        ("Ft Worth TX", "Fort Worth, TX"),
        ("Mt Vernon, IL", "Mount Vernon, IL"),
        ("N Little Rock", "North Little Rock, AR"),
        ("N. Little Rock, Ark.", "North Little Rock, AR"),
        ("Mayagüez", "Mayaguez, PR"),
        ("Cañon City", "Canon City, CO"),
        ("San José", "San Jose, CA"),
        ("Winston-Salem, N.C.", "Winston Salem, NC"),
        ("McAllen TX", "McAllen, TX"),
        ("O\u2019Fallon MO", "O'Fallon, MO"),
        ("Coeur d'Alene", "Coeur d'Alene, ID"),
        ("Attleborough MA", "Attleboro, MA"),
        ("the Bronx", "Bronx, NY"),
        ("Cherry Hill Township, NJ", "Cherry Hill, NJ"),
        ("New York, NY", "New York, NY"),
        ("Washington DC", "Washington, DC"),
        ("Washington, D. C.", "Washington, DC"),
        ("Kansas City Kansas", "Kansas City, KS"),
        ("Charleston West Virginia", "Charleston, WV"),
        ("Indiana, PA", "Indiana, PA"),
        ("Hollywood, CA", "Hollywood, CA"),
        ("NYC", "New York, NY"),
        ("Philly PA", "Philadelphia, PA"),
        ("Charlotte Amalie, Virgin Islands", "Charlotte Amalie, VI"),
    ],
)
def test_a_city_is_found_however_it_is_written(gazetteer: Gazetteer, text: str, label: str) -> None:
    place = the_place(gazetteer.find(text))
    assert (place.label, place.precision) == (label, Precision.CITY)


def test_a_city_carries_the_county_and_the_time_zone_of_most_of_its_zips(gazetteer: Gazetteer) -> None:
    omaha = the_place(gazetteer.find("Omaha, NE"))
    assert (omaha.city, omaha.county, omaha.state, omaha.time_zone) == (
        "Omaha",
        "Douglas County",
        "NE",
        "America/Chicago",
    )


def test_a_bare_city_that_several_states_have_offers_them_largest_first(gazetteer: Gazetteer) -> None:
    found = labels(gazetteer.find("Springfield"))
    assert found[:5] == ["Springfield, MA", "Springfield, IL", "Springfield, MO", "Springfield, OH", "Springfield, VA"]
    assert len(found) == 10
    assert labels(gazetteer.find("portland"))[:2] == ["Portland, OR", "Portland, ME"]


@pytest.mark.parametrize(
    ("text", "label"), [("Omaha", "Omaha, NE"), ("phoenix", "Phoenix, AZ"), ("Chicago", "Chicago, IL")]
)
def test_a_bare_city_that_dwarfs_its_namesakes_is_not_asked_about(gazetteer: Gazetteer, text: str, label: str) -> None:
    assert the_place(gazetteer.find(text)).label == label


@pytest.mark.parametrize(
    ("text", "choices"),
    [("New York", ["New York, NY", "New York"]), ("washington", ["Washington, DC", "Washington"])],
)
def test_a_name_of_a_state_and_of_a_large_city_offers_both(gazetteer: Gazetteer, text: str, choices: list[str]) -> None:
    assert labels(gazetteer.find(text)) == choices


def test_a_borough_that_people_name_comes_before_small_towns_of_that_name(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer.find("Manhattan"))[:2] == ["New York, NY", "Manhattan, KS"]


def test_a_neighborhood_on_one_zip_is_that_zip(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer.find("Cambridgeport, MA")).label == "Cambridge, MA 02139"


def test_one_neighborhood_name_in_two_cities_is_two_places_not_their_middle(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer.find("Silver Lake, CA")) == ["Los Angeles, CA 90026", "Pioneer, CA 95666"]


def test_a_box_in_town_says_where_a_town_is_though_far_zips_accept_its_name(gazetteer: Gazetteer) -> None:
    assert round(the_place(gazetteer.find("Adak, AK")).point.longitude) == -177


def test_a_city_whose_name_ends_in_a_state_is_no_city_of_that_state(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer.find("Fort Washington")) == ["Fort Washington, MD", "Fort Washington, PA"]


# Counties


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Cook County, IL", "Cook County, IL"),
        ("cook county illinois", "Cook County, IL"),
        ("Cook Co IL", "Cook County, IL"),
        ("County of Cook, IL", "Cook County, IL"),
        ("Orleans Parish", "Orleans Parish, LA"),
        ("Orleans County, LA", "Orleans Parish, LA"),
        ("Bethel Census Area", "Bethel Census Area, AK"),
        ("Matanuska-Susitna Borough", "Matanuska-Susitna Borough, AK"),
        ("Juneau City and Borough", "City and Borough of Juneau, AK"),
        ("Mayagüez Municipio", "Mayaguez Municipio, PR"),
        ("St Mary's County", "St. Mary's County, MD"),
        ("Miami Dade", "Miami-Dade County, FL"),
        ("Westchester, NY", "Westchester County, NY"),
        ("Queens", "Queens County, NY"),
    ],
)
def test_a_county_is_found_however_it_is_written(gazetteer: Gazetteer, text: str, label: str) -> None:
    place = the_place(gazetteer.find(text))
    assert (place.label, place.precision) == (label, Precision.COUNTY)
    assert label == f"{place.county}, {place.state}"


def test_a_county_name_of_several_states_offers_them_largest_first(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer.find("orange county"))[:3] == [
        "Orange County, CA",
        "Orange County, FL",
        "Orange County, NY",
    ]


def test_a_city_stands_before_a_county_when_colorado_may_be_meant(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer.find("Boulder CO")).label == "Boulder, CO"


# States


@pytest.mark.parametrize(
    ("text", "state", "label"),
    [
        ("Maine", "ME", "Maine"),
        ("State of Maine", "ME", "Maine"),
        ("Maine state", "ME", "Maine"),
        ("ME", "ME", "Maine"),
        ("or", "OR", "Oregon"),
        ("IN", "IN", "Indiana"),
        ("HI", "HI", "Hawaii"),
        ("OK", "OK", "Oklahoma"),
        ("N.Y.", "NY", "New York"),
        ("W. Virginia", "WV", "West Virginia"),
        ("California", "CA", "California"),
        ("DC", "DC", "District of Columbia"),
        ("D.C.", "DC", "District of Columbia"),
        ("Puerto Rico", "PR", "Puerto Rico"),
        ("Guam", "GU", "Guam"),
        ("US Virgin Islands", "VI", "U.S. Virgin Islands"),
    ],
)
def test_a_state_is_found_however_it_is_written(gazetteer: Gazetteer, text: str, state: str, label: str) -> None:
    place = the_place(gazetteer.find(text))
    assert (place.label, place.state, place.precision) == (label, state, Precision.STATE)


# Coordinates


@pytest.mark.parametrize(
    "text",
    [
        "41.88,-87.63",
        "41.88 -87.63",
        "(41.88, -87.63)",
        "41.88, \u221287.63",
        "41.88N 87.63W",
        "41.88° N, 87.63° W",
        "N 41.88; W 87.63",
    ],
)
def test_a_point_is_taken_as_given_and_named_after_the_city_beside_it(gazetteer: Gazetteer, text: str) -> None:
    place = the_place(gazetteer.find(text))
    assert place.label == "41.88, -87.63 (near Chicago, IL)"
    assert (place.point, place.precision) == (Point(41.88, -87.63), Precision.ADDRESS)
    assert (place.state, place.county, place.time_zone) == ("IL", "Cook County", "America/Chicago")


@pytest.mark.parametrize("text", ["91,-87.63", "41.88,-187.63", "-91 -200"])
def test_a_point_off_the_earth_is_unknown(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == Answer(unknown=Unknown.NO_MATCH)


def test_a_longitude_that_lost_its_minus_is_asked_back(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("41.88, 87.63") == Answer(suggestions=("41.88, -87.63",), unknown=Unknown.NO_MATCH)


def test_a_point_in_another_country_belongs_to_no_state(gazetteer: Gazetteer) -> None:
    mexico_city = the_place(gazetteer.find("19.43, -99.13"))
    assert (mexico_city.label, mexico_city.state, mexico_city.time_zone) == ("19.43, -99.13", "", "")


# Street addresses


@pytest.mark.parametrize(
    ("text", "label", "precision"),
    [
        ("233 S Wacker Dr, Chicago, IL 60606", "Chicago, IL 60606", Precision.ZIP),
        ("233 S Wacker Dr, Chicago, IL", "Chicago, IL", Precision.CITY),
        ("233 S Wacker Dr Chicago IL", "Chicago, IL", Precision.CITY),
        ("12345 Main St, Chicago, IL", "Chicago, IL", Precision.CITY),
        ("1600 Pennsylvania Ave NW Washington DC", "Washington, DC", Precision.CITY),
        ("100 Main Street Apt 5, Omaha", "Omaha, NE", Precision.CITY),
    ],
)
def test_a_street_address_falls_back_to_the_zip_or_city_at_its_end(
    gazetteer: Gazetteer, text: str, label: str, precision: Precision
) -> None:
    place = the_place(gazetteer.find(text))
    assert (place.label, place.precision) == (label, precision)


def test_a_house_number_is_no_zip(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("12345 Main Street").places == ()


def test_a_misspelled_city_before_a_state_is_not_taken_for_the_whole_state(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("Bufalo, New York")
    assert (answer.places, answer.suggestions) == ((), ("Buffalo, NY",))


# Unknown places


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Chicgo", "Chicago, IL"),
        ("Pheonix AZ", "Phoenix, AZ"),
        ("Albuqerque", "Albuquerque, NM"),
        ("Minneaplis, mn", "Minneapolis, MN"),
        ("Los Angelas", "Los Angeles, CA"),
        ("Chicago, TX", "Chicago, IL"),
        ("Chicago Ilinois", "Chicago, IL"),
        ("Chcago, Ilinois", "Chicago, IL"),
        ("Califronia", "California"),
        ("Coook County", "Cook County, IL"),
        ("Glendale Luke AFB, AZ", "Glendale, AZ"),
    ],
)
def test_a_typing_error_gets_what_was_meant_as_first_suggestion(gazetteer: Gazetteer, text: str, meant: str) -> None:
    answer = gazetteer.find(text)
    assert (answer.places, answer.unknown) == ((), Unknown.NO_MATCH)
    assert answer.suggestions[0] == meant


@pytest.mark.parametrize("text", ["Chicgo", "Springfeild", "Coook County", "Califronia", "Chcago, TX", "60600"])
def test_every_suggestion_is_found_when_it_is_chosen(gazetteer: Gazetteer, text: str) -> None:
    suggestions = gazetteer.find(text).suggestions
    assert 1 <= len(suggestions) <= 5
    assert [the_place(gazetteer.find(suggestion)).label for suggestion in suggestions] == list(suggestions)


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_nothing_typed_is_told_apart_from_something_unknown(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == Answer(unknown=Unknown.EMPTY)


def test_an_overlong_text_is_refused_unread(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Chicago " * 1250) == Answer(unknown=Unknown.TOO_LONG)


@pytest.mark.parametrize("text", ["\x00", "Чикаго", "🏥", ",,,", "the the the", "-,-", "1 1", "٣٤٥٦٧"])
def test_a_text_without_a_known_word_is_unknown(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text).unknown is Unknown.NO_MATCH


PIECES = st.sampled_from(
    [
        "Chicago",
        "IL",
        "St",
        "60601",
        "1234",
        "County",
        "co",
        "city",
        "the",
        "New York",
        ",",
        "41.88",
        "-87.6",
        "N",
        "USA",
    ]
)


@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=14).map(" ".join)))
@settings(deadline=None, max_examples=300)
def test_no_text_breaks_the_gazetteer(text: str) -> None:
    answer = read_once().find(text)
    assert bool(answer.places) == (answer.unknown is None)
    assert len(answer.places) <= 10
    assert len(answer.suggestions) <= 5
    assert len(set(labels(answer))) == len(answer.places)


@given(st.floats(-90, 90), st.floats(-180, 180))
@settings(deadline=None)
def test_every_point_on_the_earth_has_a_nearest_place(latitude: float, longitude: float) -> None:
    assert read_once().near(Point(latitude, longitude)).precision is Precision.ZIP


# For importers and for geopy


def test_an_importer_reads_a_zip_with_or_without_its_four_digits(gazetteer: Gazetteer) -> None:
    place = gazetteer.zip_place("60601")
    assert place
    assert place == gazetteer.zip_place("60601-1234") == gazetteer.zip_place("606011234")


@pytest.mark.parametrize("code", ["", "6060", "60601-12", "60601x1234", "606011", "09001", "00000", "Chicago"])
def test_an_importer_gets_no_place_for_what_is_no_zip(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.zip_place(code) is None


def test_the_place_near_a_point_tells_its_state_county_and_time_zone(gazetteer: Gazetteer) -> None:
    place = gazetteer.near(Point(36.16, -86.78))
    assert (place.state, place.county, place.time_zone) == ("TN", "Davidson County", "America/Chicago")


def test_geopy_gets_the_most_likely_location_or_all(gazetteer: Gazetteer) -> None:
    location = gazetteer.geocode("Portland")
    assert (location.address, location.raw["precision"]) == ("Portland, OR", "city")
    assert [found.address for found in gazetteer.geocode("Portland", exactly_one=False)][1] == "Portland, ME"
    assert gazetteer.geocode("Chicgo") is None
    assert gazetteer.geocode("Chicgo", exactly_one=False) is None


def test_geopy_gets_the_zip_of_a_point(gazetteer: Gazetteer) -> None:
    location = gazetteer.reverse("41.8858, -87.6181")
    assert (location.address, location.latitude) == ("Chicago, IL 60601", 41.8858)
    assert gazetteer.reverse((41.8858, -87.6181), exactly_one=False)[0].raw["county"] == "Cook County"


def test_a_prepared_gazetteer_answers_as_before() -> None:
    prepared = Gazetteer()
    prepared.prepare()
    assert prepared.find("Chicago").places[0].label == "Chicago, IL"
