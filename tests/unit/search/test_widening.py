"""What a search gives up, and in which order, when it finds too little."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from finder.domain.vocabulary import Facet, vocabulary
from finder.search import Criteria, MeetingTime, Relaxation, RelaxationKind
from finder.search.widening import NEEDS_BY_WEIGHT, widened
from tests.unit.search.samples import (
    ALWAYS,
    CHICAGO,
    NOW,
    UNMAPPED,
    Listed,
    found,
    listed,
    needing,
    north,
    snapshot_of,
    tag,
)


def steps(listings: list[Listed], criteria: Criteria) -> list[str]:
    """The relaxations, each as "kind before after", a need as its facet."""
    return [_told(step) for step in widened(snapshot_of(listings), criteria, NOW)[1]]


def _told(step: Relaxation) -> str:
    return step.facet or f"{step.kind} {step.before} {step.after}"


def three(*tags: str, **changes: object) -> list[Listed]:
    return [listed(*tags, **changes) for _ in range(3)]


class TestPlace:
    def test_three_listings_are_enough(self) -> None:
        assert steps(three(), Criteria(near=CHICAGO)) == []

    def test_with_two_the_search_goes_further_out(self) -> None:
        listings = [listed(), listed(), listed(**north(40))]
        assert steps(listings, Criteria(near=CHICAGO)) == ["radius 25 50"]

    def test_the_radius_grows_along_the_choices_of_the_form(self) -> None:
        criteria = Criteria(near=CHICAGO, radius_miles=7)
        assert steps(three(**north(90)), criteria) == ["radius 7 10", "radius 10 25", "radius 25 50", "radius 50 100"]

    def test_then_the_whole_state_is_searched_too(self) -> None:
        over_the_border, in_the_state = listed(state="IN", **north(60)), [listed(**north(200)), listed(**UNMAPPED)]
        criteria, relaxed = widened(
            snapshot_of([over_the_border, *in_the_state]), Criteria(near=CHICAGO, radius_miles=50), NOW
        )
        assert [_told(step) for step in relaxed] == ["radius 50 100", "state 100 IL"]
        assert found([over_the_border, *in_the_state], criteria).total == 3

    def test_a_state_that_was_asked_for_is_never_exchanged_for_another(self) -> None:
        asked = Criteria(near=CHICAGO, radius_miles=100, state="IN")
        assert steps(three(**north(200)), asked) == []

    def test_a_county_grows_to_its_state(self) -> None:
        criteria = Criteria(state="IL", county="Cook County")
        assert steps(three(county="Lake County"), criteria) == ["state Cook County IL"]

    def test_a_place_in_no_known_state_ends_at_the_last_radius(self) -> None:
        somewhere = Criteria(near=replace(CHICAGO, state=""), radius_miles=50)
        assert steps([listed(**north(90)), listed(**north(200))], somewhere) == ["radius 50 100"]

    def test_a_step_that_brings_nothing_more_is_not_taken_at_the_end(self) -> None:
        listings = [listed(), listed(**north(40))]
        assert steps(listings, Criteria(near=CHICAGO)) == ["radius 25 50"]

    def test_where_nothing_is_to_be_had_the_question_stays_as_it_was(self) -> None:
        asked = Criteria(near=CHICAGO, text="hope", needs=needing("payment:medicaid"))
        assert widened(snapshot_of([]), asked, NOW) == (asked, ())


class TestWords:
    def test_a_listing_that_has_the_words_is_what_was_looked_for(self) -> None:
        named = listed(name="Haymarket", **north(40))
        criteria = Criteria(near=CHICAGO, text="haymarket", needs=needing("level_of_care:detox"))
        haymarket = listed("level_of_care:detox", name="Haymarket", **north(40))
        assert steps([named, haymarket, *three("level_of_care:detox")], criteria) == ["radius 25 50"]

    def test_words_that_no_listing_has_are_given_up_before_any_need_and_from_the_first_place(self) -> None:
        listings = three("level_of_care:detox")
        criteria = Criteria(near=CHICAGO, text="klonopin", needs=needing("level_of_care:detox"))
        assert steps(listings, criteria) == ["text klonopin None"]

    def test_signs_without_a_word_are_no_words_to_give_up(self) -> None:
        assert steps([], Criteria(near=CHICAGO, text="?!")) == []


class TestNeeds:
    def test_a_need_is_given_up_only_after_the_place_grew(self) -> None:
        listings = [*three(), *three("payment:medicaid", **north(200))]
        wider = ["radius 25 50", "radius 50 100", "state 100 IL"]
        assert steps(listings, Criteria(near=CHICAGO, needs=needing("payment:medicaid"))) == wider

    def test_one_need_alone_is_given_up_where_that_is_enough(self) -> None:
        criteria = Criteria(state="IL", needs=needing("ownership:nonprofit", "payment:medicaid"))
        assert steps(three("ownership:nonprofit"), criteria) == ["payment"]

    def test_of_two_that_would_do_the_lighter_is_given_up(self) -> None:
        criteria = Criteria(state="IL", needs=needing("payment:medicaid", "ownership:nonprofit"))
        listings = [*three("ownership:nonprofit"), *three("payment:medicaid")]
        assert steps(listings, criteria) == ["ownership"]

    def test_one_after_the_other_is_given_up_where_one_is_not_enough(self) -> None:
        needs = needing("payment:medicaid", "ownership:nonprofit", "language:hmong")
        assert steps(three("language:hmong"), Criteria(state="IL", needs=needs)) == ["ownership", "payment"]

    @pytest.mark.parametrize(
        "safety",
        [
            "population:pregnant_postpartum",
            "age_group:adolescents",
            "detox_from:alcohol",
            "kind_of_care:detox_hospital",
        ],
    )
    def test_what_is_for_somebodys_safety_is_given_up_after_all_ordinary_needs_and_marked(self, safety: str) -> None:
        needs = needing(safety, "payment:medicaid", "language:spanish")
        _, relaxed = widened(snapshot_of(three()), Criteria(state="IL", needs=needs), NOW)
        assert [(step.facet, step.safety) for step in relaxed] == [
            ("payment", False),
            ("language", False),
            (tag(safety).facet, True),
        ]

    def test_a_safe_need_is_kept_where_an_ordinary_one_would_do(self) -> None:
        criteria = Criteria(state="IL", needs=needing("population:pregnant_postpartum", "accessibility:wheelchair"))
        listings = [*three("accessibility:wheelchair"), *three("population:pregnant_postpartum")]
        assert steps(listings, criteria) == ["accessibility"]

    def test_the_level_of_care_is_given_up_last_of_all(self) -> None:
        needs = needing("level_of_care:outpatient", "detox_from:alcohol", "age_group:adolescents", "payment:medicaid")
        facets = ["payment", "age_group", "detox_from", "level_of_care"]
        assert steps(three(), Criteria(state="IL", needs=needs)) == facets

    def test_what_was_excluded_stays_excluded(self) -> None:
        criteria = Criteria(state="IL", excluded=frozenset({tag("gender:male")}), needs=needing("payment:medicaid"))
        assert steps(three("gender:male"), criteria) == []

    def test_every_facet_has_its_weight(self) -> None:
        facets = [need for need in NEEDS_BY_WEIGHT if not isinstance(need, RelaxationKind)]
        assert sorted(facets) == sorted(terms.facet for terms in vocabulary().facets)


class TestWhen:
    @pytest.mark.parametrize("asked", [{"open_now": True}, {"meeting": MeetingTime()}, {"available": True}])
    def test_a_time_is_given_up_after_the_place_grew(self, asked: dict[str, Any]) -> None:
        (name,) = asked
        wider = ["radius 25 50", "radius 50 100", "state 100 IL"]
        given_up = steps(three(), Criteria(near=CHICAGO, **asked))
        assert (given_up[:-1], given_up[-1].split()[0]) == (wider, name)
        assert steps([*three(), *three(**ALWAYS, **north(200))], Criteria(near=CHICAGO, **asked)) == wider

    def test_a_time_weighs_more_than_a_like_and_less_than_the_kind_of_help(self) -> None:
        needs = needing("therapy:group_counseling", "medication:methadone")
        asked = Criteria(state="IL", needs=needs, open_now=True, meeting=MeetingTime(), available=True)
        _, relaxed = widened(snapshot_of(three()), asked, NOW)
        assert [step.facet or step.kind for step in relaxed] == [
            "therapy",
            RelaxationKind.OPEN_NOW,
            RelaxationKind.MEETING,
            RelaxationKind.AVAILABLE,
            "medication",
        ]

    def test_a_time_is_given_up_before_a_need_for_safety(self) -> None:
        asked = Criteria(state="IL", needs=needing("detox_from:alcohol"), available=True)
        listings = [*three("detox_from:alcohol"), *three(**ALWAYS)]
        assert steps(listings, asked) == ["available True None"]

    def test_each_step_says_what_was_asked(self) -> None:
        tuesday_evening = MeetingTime(weekdays=frozenset({1}), earliest=dt.time(18))
        _, relaxed = widened(snapshot_of(three()), Criteria(state="IL", meeting=tuesday_evening), NOW)
        assert relaxed == (Relaxation(kind=RelaxationKind.MEETING, before=tuesday_evening, after=None),)


def test_each_step_says_what_was_before_and_after() -> None:
    asked = Criteria(near=CHICAGO, radius_miles=50, needs=needing("payment:medicaid", "payment:medicare"))
    _, relaxed = widened(snapshot_of([*three(**north(200))]), asked, NOW)
    assert relaxed == (
        Relaxation(kind=RelaxationKind.RADIUS, before=50, after=100),
        Relaxation(kind=RelaxationKind.STATE, before=100, after="IL"),
        Relaxation(kind=RelaxationKind.NEED, before=asked.needs[Facet("payment")], after=None, facet=Facet("payment")),
    )


def test_each_step_holds_all_that_the_one_before_found() -> None:
    listings = [listed(state="IN", **north(miles)) for miles in (4, 30, 60, 99)] + [listed(**north(300))]
    answers = [
        set(found(listings, Criteria(near=CHICAGO, radius_miles=radius, state=state)).ids)
        for radius, state in ((25, ""), (50, ""), (100, ""), (100, "IL"))
    ]
    assert all(narrow < wide for narrow, wide in pairwise(answers))
