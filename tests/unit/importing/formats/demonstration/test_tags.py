"""What the fictional places offer: all that people can search by, in combinations that make sense."""

from collections import Counter

import pytest

from finder.domain.schedule import ScheduleKind
from finder.domain.vocabulary import Code, Tag, vocabulary
from finder.importing.formats.demonstration.ingredients import ingredients
from finder.listings import ListingDraft
from tests.factories import tags


def test_everything_that_people_can_search_by_is_there_at_least_three_times(listings: list[ListingDraft]) -> None:
    used = Counter(tag for listing in listings for tag in listing.tags)
    terms = [term.tag for facet in vocabulary().facets for term in facet.terms]
    assert {str(tag): used[tag] for tag in terms if used[tag] < 3} == {}


def test_every_tag_is_one_that_people_can_search_by(listings: list[ListingDraft]) -> None:
    used = {tag for listing in listings for tag in listing.tags}
    assert [tag for tag in used if tag not in vocabulary()] == []


def test_the_levels_of_care_are_those_of_the_kinds_of_care(listings: list[ListingDraft]) -> None:
    for listing in listings:
        kinds = [tag for tag in listing.tags if tag.facet == "kind_of_care"]
        levels = {tag.code for tag in listing.tags if tag.facet == "level_of_care"}
        assert levels == {vocabulary().term(*kind).level for kind in kinds} != set()


@pytest.mark.parametrize(
    ("facet", "level"),
    [("detox_from", "detox"), ("fellowship", "support_group"), ("meeting_type", "support_group")],
)
def test_a_facet_of_one_level_of_care_stands_at_that_level_only(
    listings: list[ListingDraft], facet: str, level: str
) -> None:
    tagged = [listing for listing in listings if any(tag.facet == facet for tag in listing.tags)]
    assert tagged
    assert [listing.name for listing in tagged if not _has(listing, f"level_of_care:{level}")] == []


def test_no_group_is_both_for_all_and_closed_nor_for_women_and_men_apart(listings: list[ListingDraft]) -> None:
    for one, other in (("open", "closed"), ("women", "men")):
        both = tags(f"meeting_type:{one}", f"meeting_type:{other}")
        assert [listing.name for listing in listings if both <= listing.tags] == []


def test_a_place_says_for_which_ages_it_is_if_it_says_any(listings: list[ListingDraft]) -> None:
    teens_only = [
        listing
        for listing in listings
        if {tag.code for tag in listing.tags if tag.facet == "age_group"} == {"adolescents"}
    ]
    assert {(listing.minimum_age, listing.maximum_age) for listing in teens_only} == {(12, 17)}
    for listing in listings:
        assert _has(listing, "age_group:adolescents") == (listing.minimum_age is not None and listing.minimum_age < 18)
        assert not (_has(listing, "age_group:older_adults") and listing.maximum_age)


def test_a_sliding_fee_is_explained(listings: list[ListingDraft]) -> None:
    assert [
        listing.name for listing in listings if _has(listing, "payment_help:sliding_fee") and not listing.fees
    ] == []


def test_groups_meet_in_the_week_and_clinics_have_hours(listings: list[ListingDraft]) -> None:
    spans = {ScheduleKind.MEETING: 0, ScheduleKind.HOURS: 0}
    for listing in listings:
        kinds = {span.kind for span in listing.schedules}
        if any(tag.facet == "fellowship" for tag in listing.tags):
            assert kinds == {ScheduleKind.MEETING}
        elif _has(listing, "level_of_care:outpatient"):
            assert kinds == {ScheduleKind.HOURS}
        spans.update({kind: spans[kind] + 1 for kind in kinds})
    assert min(spans.values()) > 100


def test_every_ingredient_is_a_tag_of_the_vocabulary() -> None:
    parts = ingredients()
    drawn = {
        Tag(table.facet, Code(code))
        for program in parts.programs.values()
        for table in program.tables
        for codes in (*table.each, *table.one_of)
        for code in codes.split()
    }
    ruled = {
        tag for rules in (parts.only_with, parts.implies) for tag in (*rules, *(t for ts in rules.values() for t in ts))
    }
    assert [str(tag) for tag in drawn | ruled | set(parts.fees) if tag not in vocabulary()] == []


def _has(listing: ListingDraft, tag: str) -> bool:
    return not listing.tags.isdisjoint(tags(tag))
