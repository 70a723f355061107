"""What is open, meets or has room at the moment of a search."""

import datetime as dt

from finder.search import Criteria, MeetingTime, Sort
from tests.unit.search.samples import CHICAGO, NOW, UNMAPPED, found, ids, listed, needing, north, tag

TOMORROW = NOW + dt.timedelta(days=1)
ROOM = {"accepting": True, "availability_expires": TOMORROW}
MONDAY, TUESDAY = 0, 1


def meets(weekday: int, starts: str, ends: str = "") -> dict[str, str]:
    """A weekly meeting. `NOW` is Monday, 9:30 in Chicago."""
    return {"schedules": f"{weekday},{starts}:00,{ends and ends + ':00'},meeting"}


class TestAvailable:
    def test_only_places_that_say_that_they_take_people_are_found(self) -> None:
        taking, full = listed(**ROOM), listed(accepting=False, availability_expires=TOMORROW)
        untold = listed(accepting=None, availability_expires=TOMORROW)
        assert found([taking, full, untold, listed()], Criteria(near=CHICAGO, available=True)).ids == ids(taking)

    def test_what_was_said_counts_until_it_expires(self) -> None:
        just_now = listed(accepting=True, availability_expires=NOW)
        still = listed(accepting=True, availability_expires=NOW + dt.timedelta(microseconds=1))
        assert found([just_now, still], Criteria(near=CHICAGO, available=True)).ids == ids(still)

    def test_whoever_does_not_ask_finds_all(self) -> None:
        assert found([listed(), listed(accepting=False)], Criteria(near=CHICAGO)).total == 2

    def test_counts_and_places_without_a_position_are_of_those_with_room_alone(self) -> None:
        rows = [listed("payment:medicaid", **ROOM), listed("payment:medicaid")]
        rows += [listed(**UNMAPPED, **ROOM), listed(**UNMAPPED)]
        answer = found(rows, Criteria(near=CHICAGO, available=True))
        assert (answer.total, answer.unmapped) == (1, 1)
        assert sum(answer.counts[tag("payment:medicaid").facet].values()) == 1


class TestOpenNow:
    def test_places_that_are_open_and_groups_that_meet_are_found(self) -> None:
        place, group = listed(schedules="0,09:00:00,17:00:00,hours"), listed(**meets(MONDAY, "09:00"))
        closed, over = listed(schedules="1,09:00:00,17:00:00,hours"), listed(**meets(MONDAY, "08:00"))
        assert found([place, group, closed, over, listed()], Criteria(open_now=True)).ids == ids(place, group)

    def test_a_place_far_away_follows_its_own_clock(self) -> None:
        at_nine = {"schedules": "0,09:00:00,10:00:00,hours"}
        here, in_the_west = listed(**at_nine), listed(**at_nine, time_zone="America/Los_Angeles")
        assert found([here, in_the_west], Criteria(open_now=True)).ids == ids(here)

    def test_a_place_in_no_known_time_zone_is_not_said_to_be_open(self) -> None:
        assert found([listed(schedules="0,00:00:00,00:00:00,hours", time_zone="")], Criteria(open_now=True)).total == 0

    def test_open_and_with_room_means_both(self) -> None:
        both = listed(schedules="0,09:00:00,17:00:00,hours", **ROOM)
        others = [listed(schedules="0,09:00:00,17:00:00,hours"), listed(**ROOM)]
        assert found([both, *others], Criteria(open_now=True, available=True)).ids == ids(both)


class TestMeeting:
    def test_groups_that_meet_then_are_found(self) -> None:
        evening, noon = listed(**meets(TUESDAY, "18:30", "19:30")), listed(**meets(TUESDAY, "12:00"))
        criteria = Criteria(meeting=MeetingTime(weekdays=frozenset({TUESDAY}), earliest=dt.time(17)))
        assert found([evening, noon, listed(**meets(MONDAY, "18:30")), listed()], criteria).ids == ids(evening)

    def test_a_group_in_no_known_time_zone_still_meets_by_its_own_clock(self) -> None:
        group = listed(**meets(TUESDAY, "18:30"), time_zone="")
        assert found([group], Criteria(meeting=MeetingTime(weekdays=frozenset({TUESDAY})))).ids == ids(group)


class TestNextMeeting:
    def test_the_next_meeting_comes_first_in_real_time_and_who_has_none_last(self) -> None:
        none, never = listed(**north(1)), listed(**meets(MONDAY, "10:00"), time_zone="")
        later, soon = listed(**meets(MONDAY, "12:00")), listed(**meets(MONDAY, "12:30"), time_zone="America/New_York")
        criteria = Criteria(near=CHICAGO, sort=Sort.NEXT_MEETING)
        assert found([none, never, later, soon], criteria).ids == ids(soon, later, never, none)

    def test_of_meetings_at_the_same_time_the_nearer_comes_first_then_the_last_verified(self) -> None:
        noon = meets(MONDAY, "12:00")
        old, far, near = listed(**noon, verified_on=dt.date(2025, 1, 1)), listed(**noon, **north(2)), listed(**noon)
        criteria = Criteria(near=CHICAGO, sort=Sort.NEXT_MEETING)
        assert found([old, far, near], criteria).ids == ids(near, old, far)

    def test_among_many_without_a_meeting_the_nearest_come_first(self) -> None:
        groups = [listed(**meets(MONDAY, "12:00"), **north(30))]
        places = [listed(**north(miles / 10)) for miles in range(100, 0, -1)] + [listed(**UNMAPPED)]
        criteria = Criteria(near=CHICAGO, radius_miles=None, sort=Sort.NEXT_MEETING, page_size=5)
        assert found([*places, *groups], criteria).ids == ids(*groups, *places[:-1][:-5:-1])

    def test_pages_follow_each_other(self) -> None:
        rows = [listed(**meets(MONDAY, f"{hour}:00")) for hour in range(10, 22)] + [listed() for _ in range(60)]
        pages = [
            found(rows, Criteria(near=CHICAGO, sort=Sort.NEXT_MEETING, page=page, page_size=8)).ids
            for page in range(1, 10)
        ]
        assert [id_ for page in pages for id_ in page] == ids(*rows)


class TestAttendance:
    def test_a_hybrid_place_is_found_in_person_and_online_and_counted_in_both(self) -> None:
        hybrid, by_phone = listed("attendance:hybrid"), listed("attendance:phone")
        for name in ("attendance:in_person", "attendance:online", "attendance:hybrid"):
            answer = found([hybrid, by_phone], Criteria(needs=needing(name)))
            assert answer.ids == ids(hybrid)
            assert answer.counts[tag(name).facet] == {"in_person": 1, "online": 1, "hybrid": 1, "phone": 1}

    def test_a_place_both_in_person_and_online_is_hybrid(self) -> None:
        both, online = listed("attendance:in_person", "attendance:online"), listed("attendance:online")
        assert found([both, online], Criteria(needs=needing("attendance:hybrid"))).ids == ids(both)

    def test_whoever_wants_nothing_in_person_gets_no_hybrid_place(self) -> None:
        hybrid, online = listed("attendance:hybrid"), listed("attendance:online")
        criteria = Criteria(excluded=frozenset({tag("attendance:in_person")}))
        assert found([hybrid, online], criteria).ids == ids(online)
