"""What is offered to somebody who is typing where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.geo import Precision
from finder.places import Gazetteer
from finder.places import gazetteer as read_once


def labels(gazetteer: Gazetteer, text: str) -> list[str]:
    return [completion.label for completion in gazetteer.complete(text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("chi", "Chicago, IL"),
        ("CHICAGO, i", "Chicago, IL"),
        ("springfield mis", "Springfield, MO"),
        ("springfield, mo", "Springfield, MO"),
        ("portland, o", "Portland, OR"),
        ("st l", "Saint Louis, MO"),
        ("n little r", "North Little Rock, AR"),
        ("mayagü", "Mayaguez, PR"),
        ("nyc", "New York, NY"),
        ("cook co", "Cook County, IL"),
        ("cook county, m", "Cook County, MN"),
        ("orleans par", "Orleans Parish, LA"),
        ("cal", "California"),
        ("mi", "Michigan"),
        ("american s", "American Samoa"),
        ("6060", "Chicago, IL 60601"),
        ("60601-12", "Chicago, IL 60601"),
        ("2139", "Cambridge, MA 02139"),
        ("233 S Wacker Dr, Chicago, IL", "Chicago, IL"),
    ],
)
def test_the_likeliest_place_comes_first(gazetteer: Gazetteer, typed: str, first: str) -> None:
    assert labels(gazetteer, typed)[0] == first


def test_a_city_comes_before_the_state_and_the_county_of_its_name(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer, "new york")[:3] == ["New York, NY", "New York State", "New York County, NY"]


def test_each_says_what_it_is(gazetteer: Gazetteer) -> None:
    kinds = {typed: gazetteer.complete(typed)[0].kind for typed in ("60601", "chicago", "cook co", "texas")}
    assert list(kinds.values()) == [Precision.ZIP, Precision.CITY, Precision.COUNTY, Precision.STATE]


@pytest.mark.parametrize("typed", ["chicgo", "chiacgo", "Sprngfield, il", "sprngfield il", "philedel"])
def test_a_slip_while_typing_is_forgiven(gazetteer: Gazetteer, typed: str) -> None:
    assert labels(gazetteer, typed)[0] in {"Chicago, IL", "Springfield, IL", "Philadelphia, PA"}


@pytest.mark.parametrize("typed", ["", "  ", ",", "41.88, -87.63", "Чикаго", "🏥", "x" * 101, "zzzzzz"])
def test_where_there_is_nothing_to_offer_nothing_is_offered(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.complete(typed) == ()


@pytest.mark.parametrize("typed", ["ch", "washington", "springfield", "lake", "new york", "606", "san", "m"])
def test_whatever_is_chosen_names_that_one_place(gazetteer: Gazetteer, typed: str) -> None:
    offered = gazetteer.complete(typed)
    assert offered
    for completion in offered:
        (place,) = gazetteer.find(completion.label).places
        assert place.precision == completion.kind


@given(st.text(max_size=110))
def test_no_text_breaks_it_and_no_more_than_eight_are_offered(text: str) -> None:
    offered = read_once().complete(text)
    assert len({completion.label for completion in offered}) == len(offered) <= 8
