"""When two listings look like one."""

from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.address_key import address_key
from finder.domain.duplicates import LIKELY, Likeness, Place, Reason, likeness, name_key, program_key

_ids = count(1)
NAME = "Lakeview Recovery Center"
ADDRESS = ("100 North Example Street", "Chicago", "IL", "60601")


def a_place(name: str = NAME, address: tuple[str, str, str, str] = ADDRESS, phone: str = "+13125550123") -> Place:
    phones = frozenset({phone} if phone else ())
    return Place(next(_ids), name_key(name), program_key(name), phones, address_key(*address))


def compared(**other: Any) -> Likeness | None:
    """A place in Chicago beside one that differs only in what is given."""
    return likeness(a_place(), a_place(**other))


def likely(**other: Any) -> Likeness:
    found = compared(**other)
    assert found is not None
    return found


def test_two_listings_with_everything_in_common_are_as_alike_as_can_be() -> None:
    found = likely()

    assert found.score == 100
    assert found.reasons == (Reason.SAME_PHONE, Reason.SAME_ADDRESS, Reason.SAME_NAME)
    assert found.first_id < found.second_id


@pytest.mark.parametrize(
    "name", ["LAKEVIEW RECOVERY CENTER, INC.", "The Lakeview Recovery Center LLC", "Recovery Center, Lakeview"]
)
def test_legal_forms_capitals_and_the_order_of_words_make_no_other_name(name: str) -> None:
    assert Reason.SAME_NAME in likely(name=name).reasons


def test_a_place_that_was_renamed_is_known_by_phone_and_address() -> None:
    assert likely(name="Harbor House").reasons == (Reason.SAME_PHONE, Reason.SAME_ADDRESS)


def test_a_place_with_a_new_phone_is_known_by_name_and_address() -> None:
    assert Reason.SAME_ADDRESS in likely(phone="+13125550999").reasons


def test_a_street_that_is_written_nearly_alike_counts() -> None:
    assert Reason.SIMILAR_ADDRESS in likely(address=("100 North Exampel Street", *ADDRESS[1:])).reasons


def test_a_listing_without_a_street_may_be_one_with_it() -> None:
    assert Reason.SAME_ZIP in likely(address=("", *ADDRESS[1:]), phone="").reasons


def test_two_houses_of_one_organization_with_one_phone_are_two_places() -> None:
    assert compared(address=("250 West Other Avenue", *ADDRESS[1:])) is None


def test_two_organizations_in_one_building_are_two_places() -> None:
    assert compared(name="Harbor House", phone="+13125550999") is None


def test_a_hotline_that_many_share_makes_no_duplicates() -> None:
    assert compared(name="Harbor House", address=("7 Elm Street", "Evanston", "IL", "60201")) is None


def test_programs_of_one_house_come_after_listings_that_say_the_same() -> None:
    program = likeness(a_place(f"{NAME} \N{EN DASH} Teens"), a_place(f"{NAME} \N{EN DASH} Women in recovery"))

    assert program is not None
    assert Reason.OTHER_PROGRAM in program.reasons
    assert program.score < likely().score


def test_a_name_in_letters_that_we_cannot_spell_is_compared_by_the_rest() -> None:
    assert likely(name="希望").reasons == (Reason.SAME_PHONE, Reason.SAME_ADDRESS)


_places = st.builds(
    a_place,
    st.sampled_from([NAME, "Harbor House", "Harbor Home", f"{NAME} \N{EN DASH} Teens", ""]),
    st.tuples(
        st.sampled_from(["100 Example Street", "100 Exampel Street", "7 Elm Street", ""]),
        st.sampled_from(["Chicago", "Evanston", ""]),
        st.sampled_from(["IL", ""]),
        st.sampled_from(["60601", "60201", ""]),
    ),
    st.sampled_from(["+13125550123", "+13125550999", ""]),
)


@given(_places, _places)
def test_which_of_two_listings_is_looked_at_first_makes_no_difference(one: Place, other: Place) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(_places, _places)
def test_every_likely_pair_has_a_reason_and_a_score_of_a_hundred_at_most(one: Place, other: Place) -> None:
    found = likeness(one, other)

    if found:
        assert LIKELY <= found.score <= 100
        assert set(found.reasons) - {Reason.OTHER_PROGRAM}
