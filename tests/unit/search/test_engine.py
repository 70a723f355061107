"""What a search finds, in which order, and how much there would be."""

import datetime as dt
import math
from dataclasses import replace

import pytest
from geopy.distance import geodesic

from finder.domain.geo import Point
from finder.domain.vocabulary import Code, Facet, vocabulary
from finder.search import Criteria, Sort
from tests.unit.search.samples import CHICAGO, TODAY, UNMAPPED, found, ids, listed, needing, north, tag

PAYMENT, LEVEL = Facet("payment"), Facet("level_of_care")
LAST_YEAR = dt.date(2025, 5, 1)


class TestPlace:
    def test_only_what_lies_within_the_radius_is_found(self) -> None:
        near, far = listed(**north(24)), listed(**north(26))
        assert found([near, far], Criteria(near=CHICAGO, radius_miles=25)).ids == ids(near)

    @pytest.mark.parametrize(
        ("near", "there"),
        [
            ((41.8858, -87.6229), (42.0, -87.7)),
            ((0.0, 0.0), (0.01, 0.0)),
            ((90.0, 0.0), (89.99, -60.0)),
            ((51.9, 179.99), (51.9, -179.99)),
            ((10.0, 20.0), (-10.0, -160.0)),
        ],
    )
    def test_a_listing_exactly_on_the_edge_is_inside_and_one_a_hair_beyond_is_not(
        self, near: tuple[float, float], there: tuple[float, float]
    ) -> None:
        place, listing = replace(CHICAGO, point=Point(*near)), listed(latitude=there[0], longitude=there[1])
        edge = geodesic(near, there).miles
        assert found([listing], Criteria(near=place, radius_miles=edge)).total == 1
        assert found([listing], Criteria(near=place, radius_miles=math.nextafter(edge, 0))).total == 0

    def test_a_state_is_searched_to_its_borders(self) -> None:
        here, there = listed(state="IL"), listed(state="IN")
        assert found([here, there], Criteria(state="IL")).ids == ids(here)

    def test_a_county_is_the_one_of_its_state(self) -> None:
        here, there = listed(state="IL"), listed(state="GA")
        assert found([here, there], Criteria(state="IL", county="COOK county")).ids == ids(here)

    def test_a_state_beside_a_circle_adds_to_it(self) -> None:
        over_the_border, far_in_the_state = listed(state="IN", **north(5)), listed(state="IL", **north(200))
        criteria = Criteria(near=CHICAGO, radius_miles=10, state="IL")
        assert found([far_in_the_state, over_the_border], criteria).ids == ids(over_the_border, far_in_the_state)

    def test_without_a_radius_everything_is_found_nearest_first(self) -> None:
        unmapped, far, near = listed(**UNMAPPED), listed(**north(900)), listed(**north(1))
        answer = found([unmapped, far, near], Criteria(near=CHICAGO, radius_miles=None))
        assert answer.ids == ids(near, far, unmapped)
        assert answer.unmapped == 0


class TestWithoutAPosition:
    def test_a_listing_is_never_in_a_circle_but_counted_in_its_state(self) -> None:
        elsewhere = [listed(state="IN", **UNMAPPED), listed(**north(200))]
        answer = found([listed(**UNMAPPED), *elsewhere], Criteria(near=CHICAGO, radius_miles=100))
        assert (answer.ids, answer.unmapped) == ([], 1)

    def test_only_those_that_meet_the_needs_and_the_words_are_counted(self) -> None:
        fitting = listed("payment:medicaid", name="Hope", **UNMAPPED)
        others = [listed("payment:medicaid", **UNMAPPED), listed(name="Hope", **UNMAPPED)]
        excluded = listed("payment:medicaid", "gender:male", name="Hope", **UNMAPPED)
        criteria = Criteria(
            near=CHICAGO, needs=needing("payment:medicaid"), text="hope", excluded=frozenset({tag("gender:male")})
        )
        assert found([fitting, *others, excluded], criteria).unmapped == 1

    def test_a_listing_is_found_by_its_state_and_its_county(self) -> None:
        listing = listed(**UNMAPPED)
        assert found([listing], Criteria(state="IL")).ids == ids(listing)
        assert found([listing], Criteria(state="IL", county="Cook County")).ids == ids(listing)

    @pytest.mark.parametrize("typed", ["chicago", "60601", "lakeview recov"])
    def test_a_listing_is_found_by_its_city_its_zip_and_other_words(self, typed: str) -> None:
        listing = listed(**UNMAPPED)
        assert found([listing], Criteria(text=typed)).ids == ids(listing)


class TestNeeds:
    def test_one_of_the_choices_in_each_facet_is_enough(self) -> None:
        both = listed("level_of_care:detox", "payment:medicare")
        only_level, only_payment = listed("level_of_care:detox"), listed("payment:medicaid")
        needs = needing("level_of_care:detox", "payment:medicaid", "payment:medicare")
        assert found([both, only_level, only_payment], Criteria(needs=needs)).ids == ids(both)

    def test_a_facet_without_choices_asks_for_nothing(self) -> None:
        listing = listed()
        assert found([listing], Criteria(needs={PAYMENT: frozenset()})).ids == ids(listing)

    def test_what_is_excluded_is_not_found(self) -> None:
        open_to_all, men_only = listed("gender:male", "gender:female"), listed("gender:male")
        criteria = Criteria(excluded=frozenset({tag("gender:female")}))
        assert found([open_to_all, men_only], criteria).ids == ids(men_only)

    def test_a_tag_that_the_vocabulary_lost_does_no_harm(self) -> None:
        listing = listed("payment:seashells")
        assert found([listing], Criteria()).ids == ids(listing)


class TestCounts:
    def test_a_chosen_need_still_counts_its_other_choices(self) -> None:
        listings = [listed("payment:medicaid"), listed("payment:medicare"), listed("payment:medicare")]
        counts = found(listings, Criteria(needs=needing("payment:medicaid"))).counts
        assert (counts[PAYMENT][Code("medicaid")], counts[PAYMENT][Code("medicare")]) == (1, 2)

    def test_a_chosen_need_limits_the_counts_of_other_facets(self) -> None:
        listings = [listed("payment:medicaid", "level_of_care:detox"), listed("level_of_care:detox")]
        counts = found(listings, Criteria(needs=needing("payment:medicaid"))).counts
        assert counts[LEVEL][Code("detox")] == 1

    def test_every_code_is_counted_even_where_there_is_none(self) -> None:
        counts = found([], Criteria()).counts
        assert counts == {
            terms.facet: dict.fromkeys((term.code for term in terms.terms), 0) for terms in vocabulary().facets
        }

    def test_place_words_and_exclusions_limit_the_counts(self) -> None:
        listings = [
            listed("payment:medicaid", name="Hope"),
            listed("payment:medicaid", name="Hope", **north(30)),
            listed("payment:medicaid"),
            listed("payment:medicaid", "gender:male", name="Hope"),
        ]
        criteria = Criteria(near=CHICAGO, text="hope", excluded=frozenset({tag("gender:male")}))
        assert found(listings, criteria).counts[PAYMENT][Code("medicaid")] == 1


class TestOrder:
    def test_at_the_same_distance_the_last_verified_comes_first_and_an_unverified_one_last(self) -> None:
        old, never, new = listed(verified_on=LAST_YEAR), listed(verified_on=None), listed()
        assert found([old, never, new], Criteria(near=CHICAGO)).ids == ids(new, old, never)

    def test_less_than_half_a_meter_is_no_difference(self) -> None:
        old, new = listed(verified_on=LAST_YEAR), listed(latitude=CHICAGO.point.latitude + 0.000003)
        assert found([old, new], Criteria(near=CHICAGO)).ids == ids(new, old)

    def test_more_than_half_a_meter_is_a_difference(self) -> None:
        new, old = listed(latitude=CHICAGO.point.latitude + 0.000006), listed(verified_on=LAST_YEAR)
        assert found([new, old], Criteria(near=CHICAGO)).ids == ids(old, new)

    def test_a_listing_whose_review_is_overdue_comes_after_the_fresh_ones_of_its_band(self) -> None:
        stale = listed(review_due_on=TODAY - dt.timedelta(days=1), **north(1))
        fresh, next_band = listed(review_due_on=TODAY, **north(4)), listed(**north(6))
        assert found([next_band, stale, fresh], Criteria(near=CHICAGO)).ids == ids(fresh, stale, next_band)

    def test_without_a_point_fresh_ones_come_first_each_by_name(self) -> None:
        stale = listed(name="Abbey", review_due_on=LAST_YEAR)
        last, first = listed(name="Zion"), listed(name="álamo")
        assert found([stale, last, first], Criteria(state="IL")).ids == ids(first, last, stale)

    def test_by_name_accents_and_capitals_make_no_difference_and_the_nearer_of_two_comes_first(self) -> None:
        b, far, near = listed(name="beta"), listed(name="ÁLAMO", **north(9)), listed(name="alamo", **north(2))
        assert found([b, far, near], Criteria(near=CHICAGO, sort=Sort.NAME)).ids == ids(near, far, b)

    def test_by_verification_the_nearer_of_two_comes_first_and_of_neighbors_the_one_by_name(self) -> None:
        old, far = listed(verified_on=LAST_YEAR), listed(**north(9))
        near, neighbor = listed(name="Zion", **north(2)), listed(name="Abbey", **north(2))
        answer = found([old, far, near, neighbor], Criteria(near=CHICAGO, sort=Sort.VERIFIED))
        assert answer.ids == ids(neighbor, near, far, old)


class TestPages:
    def test_pages_follow_each_other(self) -> None:
        listings = [listed() for _ in range(5)]
        pages = [found(listings, Criteria(near=CHICAGO, page=page, page_size=2)).ids for page in (1, 2, 3)]
        assert pages == [ids(*listings[:2]), ids(*listings[2:4]), ids(*listings[4:])]

    @pytest.mark.parametrize("page", [2, 10**9, 10**30])
    def test_beyond_the_last_page_there_is_nothing_but_the_total(self, page: int) -> None:
        answer = found([listed(), listed()], Criteria(near=CHICAGO, page=page))
        assert (answer.ids, answer.total) == ([], 2)

    def test_an_empty_directory_has_an_answer(self) -> None:
        answer = found([], Criteria(near=CHICAGO, needs=needing("payment:medicaid"), text="hope"))
        assert (answer.ids, answer.total, answer.unmapped) == ([], 0, 0)
