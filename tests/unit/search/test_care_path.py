"""The nearest listing of each level of care."""

import datetime as dt
import math

from finder.domain.geo import METERS_PER_MILE
from finder.search import Criteria, Sort
from finder.search.care_path import nearest_of_each_level
from finder.search.engine import find
from tests.unit.search.samples import CHICAGO, NOW, UNMAPPED, Listed, listed, needing, north, snapshot_of, tag


def path(listings: list[Listed], criteria: Criteria) -> dict[str, int | None]:
    snapshot = snapshot_of(listings)
    nearest = nearest_of_each_level(snapshot, criteria, NOW, find(snapshot, criteria, NOW).there)
    return {level: found.id if found else None for level, found in nearest.items()}


def one_of_each(**changes: object) -> dict[str, Listed]:
    levels = ("detox", "inpatient", "outpatient", "support_group")
    return {level: listed(f"level_of_care:{level}", "payment:medicaid", **changes) for level in levels}


def ids_of(listings: dict[str, Listed]) -> dict[str, int | None]:
    return {level: row.id for level, (row, _) in listings.items()}


def test_each_level_has_its_nearest_however_far_away_and_whichever_level_was_chosen() -> None:
    near, far = one_of_each(**north(300)), one_of_each(state="WI", **north(400))
    criteria = Criteria(near=CHICAGO, radius_miles=5, needs=needing("level_of_care:detox"))
    assert path([*far.values(), *near.values()], criteria) == ids_of(near)


def test_a_place_with_several_levels_is_the_nearest_of_each() -> None:
    everything = listed("level_of_care:detox", "level_of_care:inpatient")
    nearest = path([everything], Criteria(near=CHICAGO))
    assert nearest == {
        "detox": everything[0].id,
        "inpatient": everything[0].id,
        "outpatient": None,
        "support_group": None,
    }


def test_other_needs_words_and_exclusions_hold() -> None:
    listings = one_of_each(name="Hope House", **north(90))
    others = [listed("level_of_care:detox", name="Hope House"), listed("level_of_care:detox", "payment:medicaid")]
    men_only = listed("level_of_care:detox", "payment:medicaid", "gender:male", name="Hope House")
    criteria = Criteria(
        near=CHICAGO, text="hope", needs=needing("payment:medicaid"), excluded=frozenset({tag("gender:male")})
    )
    assert path([*listings.values(), *others, men_only], criteria) == ids_of(listings)


def test_what_detox_is_from_is_asked_of_detox_alone() -> None:
    listings = one_of_each() | {"detox": listed("level_of_care:detox", "detox_from:benzodiazepines", **north(9))}
    another = listed("level_of_care:detox", "detox_from:alcohol")
    criteria = Criteria(near=CHICAGO, needs=needing("level_of_care:detox", "detox_from:benzodiazepines"))
    assert path([*listings.values(), another], criteria) == ids_of(listings)


def test_a_kind_of_care_is_asked_of_its_own_level_alone() -> None:
    listings = one_of_each() | {
        "inpatient": listed("level_of_care:inpatient", "kind_of_care:residential_long", **north(9))
    }
    another = listed("level_of_care:inpatient", "kind_of_care:residential_short")
    criteria = Criteria(near=CHICAGO, needs=needing("kind_of_care:residential_long"))
    assert path([*listings.values(), another], criteria) == ids_of(listings)


def test_a_fresh_place_within_the_band_comes_before_one_that_is_overdue_though_nearer() -> None:
    overdue = listed("level_of_care:detox", review_due_on=NOW.date() - dt.timedelta(days=1), **north(11))
    fresh = listed("level_of_care:detox", **north(24))
    assert path([overdue, fresh], Criteria(near=CHICAGO, radius_miles=12))["detox"] == fresh[0].id


def test_what_is_asked_of_this_moment_holds() -> None:
    open_now = one_of_each(schedules="0,09:00:00,17:00:00,hours", **north(50))
    assert path([*one_of_each().values(), *open_now.values()], Criteria(near=CHICAGO, open_now=True)) == ids_of(
        open_now
    )


def test_the_page_and_the_order_of_the_results_make_no_difference() -> None:
    near, far = one_of_each(), one_of_each(name="Abbey", **north(3))
    criteria = Criteria(near=CHICAGO, sort=Sort.NAME, page=2, page_size=1)
    assert path([*far.values(), *near.values()], criteria) == ids_of(near)


def test_without_a_point_it_is_the_first_of_the_state() -> None:
    first, second, elsewhere = one_of_each(name="Abbey"), one_of_each(name="Zion"), one_of_each(name="Aa", state="IN")
    assert path([*elsewhere.values(), *second.values(), *first.values()], Criteria(state="IL")) == ids_of(first)


def test_it_says_how_far_away_and_nothing_of_a_place_without_a_position() -> None:
    away, unmapped = listed("level_of_care:detox", **north(10)), listed("level_of_care:inpatient", **UNMAPPED)
    nearest = nearest_of_each_level(snapshot_of([away, unmapped]), Criteria(near=CHICAGO), NOW)
    detox, inpatient = nearest[tag("level_of_care:detox").code], nearest[tag("level_of_care:inpatient").code]
    assert detox
    assert inpatient
    assert abs(detox.meters / METERS_PER_MILE - 10) < 0.1
    assert math.isnan(inpatient.meters)
