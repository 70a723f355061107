"""A snapshot that was changed bit by bit answers as one that was built anew."""

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from finder.search import Criteria, Snapshot
from finder.search.columns import columns_of
from finder.search.engine import find
from tests.unit.search.samples import CHICAGO, NOW, Listed, found, ids, listed, needing, north, snapshot_of
from tests.unit.search.test_oracle import criteria_for, listings


def after(snapshot: Snapshot, changed: list[Listed], gone: list[Listed] | None = None) -> Snapshot:
    """The snapshot after these listings were saved, and those taken off."""
    rows = [row._replace(tags=" ".join(map(str, tags)) or None) for row, tags in changed]
    touched = np.array(ids(*changed, *(gone or [])), dtype=np.int64)
    version = snapshot.version + 1
    return snapshot.changed(touched, columns_of(rows), version=version, as_of=dt.datetime(2026, 11, 2, tzinfo=dt.UTC))


@given(st.data())
def test_changes_beside_the_base_and_merged_into_it_are_found_as_if_they_had_always_been_there(
    data: st.DataObject,
) -> None:
    before, first, second = (data.draw(listings()) for _ in range(3))
    gone = [listing for listing in before if data.draw(st.booleans())]
    now_listed = {row.id: (row, tags) for row, tags in before}
    for listing in first:
        now_listed[listing[0].id] = listing
    for row, _ in gone:
        now_listed.pop(row.id, None)
    for listing in second:
        now_listed[listing[0].id] = listing
    criteria = data.draw(criteria_for(list(now_listed.values())))
    changed = after(after(after(snapshot_of(before), first), [], gone), second)
    expected = repr(find(snapshot_of(now_listed.values()), criteria, NOW))
    assert repr(find(changed, criteria, NOW)) == expected
    assert repr(find(changed.merged(), criteria, NOW)) == expected


def test_a_snapshot_that_is_searched_is_not_touched_by_a_change() -> None:
    old, new = listed(name="Hope House"), listed(name="Hope Center")
    before = snapshot_of([old])
    after(before, [new], [old])
    assert find(before, Criteria(text="hope"), NOW).ids == ids(old)


def test_a_new_name_stands_in_the_alphabet_among_the_old_ones() -> None:
    first, third = listed(name="Abbey"), listed(name="Zion")
    second, fourth = listed(name="Hope"), listed(name="Zion Hill")
    changed = after(snapshot_of([third, first]), [fourth, second])
    assert find(changed, Criteria(state="IL"), NOW).ids == ids(first, second, third, fourth)


def test_a_directory_too_large_to_look_at_each_listing_gives_the_nearest_first() -> None:
    """More matches than are measured one by one, so that the search goes outward from its point."""
    far = [listed("payment:medicaid", **north(1.05 + number / 10)) for number in range(5_000)]
    near = listed("payment:medicaid", **north(0.5))
    stale = listed("payment:medicaid", review_due_on=dt.date(2026, 1, 1), **north(0.1))
    criteria = Criteria(near=CHICAGO, radius_miles=None, needs=needing("payment:medicaid"), page_size=50)
    answer = found([*far, stale, near], criteria)
    # The first band ends at 5 miles: it has the fresh ones up to 4.95 miles, and then the stale one.
    assert answer.ids == ids(near, *far[:40], stale, *far[40:48])
    assert answer.total == 5_002


def test_a_page_deep_in_a_large_directory_follows_the_one_before() -> None:
    all_ = [listed(**north(number / 10)) for number in range(4_000)]
    snapshot = snapshot_of(all_)
    for page in (1, 2, 39, 40):
        criteria = Criteria(near=CHICAGO, radius_miles=None, page_size=100, page=page)
        assert find(snapshot, criteria, NOW).ids == ids(*all_[100 * page - 100 : 100 * page])


def test_counts_are_right_where_many_listings_match() -> None:
    many = [listed("payment:medicaid", *(["gender:male"] if number % 3 else [])) for number in range(4_000)]
    counts = found([*many, listed("gender:male")], Criteria(needs=needing("payment:medicaid"))).counts
    assert {code: count for facet in counts.values() for code, count in facet.items() if count} == {
        "medicaid": 4_000,
        "male": 2_666,
    }


def test_a_circle_with_many_listings_has_all_of_them_and_no_other() -> None:
    inside = [listed("payment:medicaid", **north(number / 500)) for number in range(4_000)]
    outside = [listed("payment:medicaid", **north(10 + number / 100)) for number in range(1, 500)]
    answer = found([*inside, *outside], Criteria(near=CHICAGO, radius_miles=10))
    assert (answer.total, answer.counts[next(iter(needing("payment:medicaid")))]["medicaid"]) == (4_000, 4_000)  # type: ignore[index]
