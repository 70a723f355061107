"""Comparing few pairs finds the same as comparing all."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from finder.domain.address_key import address_key
from finder.domain.duplicates import Place, likeness, name_key, program_key
from finder.listings.duplicates import likely_duplicates

NAMES = (
    "Lakeview Recovery",
    "Lakeview Recovery Inc",
    "Lakeview \N{EN DASH} Detox",
    "Harbor House",
    "Harbour House",
    "",
)
STREETS = ("100 Example Street", "100 Exampel St", "100 Example Street Suite 5", "7 Elm Road", "")
NUMBERS = ("+13125550123", "+13125550124", "+13125550125")


@st.composite
def directories(draw: st.DrawFn) -> list[Place]:
    """Up to a dozen listings that have much in common."""
    return [
        Place(
            id_,
            name_key(name := draw(st.sampled_from(NAMES))),
            program_key(name),
            frozenset(draw(st.sets(st.sampled_from(NUMBERS), max_size=2))),
            address_key(
                draw(st.sampled_from(STREETS)),
                draw(st.sampled_from(["Chicago", "Evanston", ""])),
                draw(st.sampled_from(["IL", ""])),
                draw(st.sampled_from(["60601", "60201-1234", ""])),
            ),
        )
        for id_ in range(draw(st.integers(0, 12)))
    ]


@given(directories())
def test_the_pairs_are_those_that_comparing_all_with_all_finds(places: list[Place]) -> None:
    everything = [found for pair in combinations(places, 2) if (found := likeness(*pair))]

    assert likely_duplicates(places) == sorted(
        everything, key=lambda alike: (-alike.score, alike.first_id, alike.second_id)
    )
