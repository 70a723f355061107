"""Visitors are told apart for a while, and nobody learns who they are."""

import datetime as dt

from finder.web.visitors import Counts, Visitors

TODAY = dt.date(2026, 11, 22)
TOMORROW = TODAY + dt.timedelta(days=1)


def test_a_visitor_has_one_key_a_day_and_others_have_others() -> None:
    visitors = Visitors()

    assert visitors.key("203.0.113.9", TODAY) == visitors.key("203.0.113.9", TODAY)
    assert visitors.key("203.0.113.9", TODAY) != visitors.key("203.0.113.10", TODAY)
    assert "203.0.113.9" not in visitors.key("203.0.113.9", TODAY)


def test_nobody_can_follow_a_visitor_to_another_day_or_process() -> None:
    visitors = Visitors()
    before = visitors.key("203.0.113.9", TODAY)

    assert visitors.key("203.0.113.9", TOMORROW) != before
    assert visitors.key("203.0.113.9", TODAY) != before  # the random bits of a day that is over are gone
    assert Visitors().key("203.0.113.9", TODAY) != visitors.key("203.0.113.9", TODAY)


def test_a_household_with_many_addresses_is_one_visitor() -> None:
    visitors = Visitors()

    assert visitors.key("2001:db8:1:2::1", TODAY) == visitors.key("2001:db8:1:2:ffff::9", TODAY)
    assert visitors.key("2001:db8:1:2::1", TODAY) != visitors.key("2001:db8:1:3::1", TODAY)
    assert visitors.key("::ffff:203.0.113.9", TODAY) == visitors.key("203.0.113.9", TODAY)


def test_who_asks_too_often_goes_on_when_the_minute_is_over() -> None:
    counts = Counts()

    assert [counts.wait("ann", 2, now) for now in (0.0, 10.0, 20.5, 59.0)] == [0, 0, 40, 1]
    assert counts.wait("ben", 2, 20.5) == 0
    assert counts.wait("ann", 2, 60.0) == 0


def test_a_minute_that_began_while_the_clock_was_ahead_shuts_nobody_out() -> None:
    counts = Counts()

    assert [counts.wait("ann", 1, now) for now in (7200.0, 7201.0, 0.0, 1.0)] == [0, 59, 0, 59]


def test_counts_are_forgotten_after_their_minute_and_so_are_all_where_there_is_no_more_room() -> None:
    counts = Counts()
    for number in range(1000):
        counts.wait(f"in the first minute {number}", 1, 0.0)
    counts.wait("ann", 1, 60.0)
    assert len(counts) == 1

    for number in range(100_000):
        counts.wait(str(number), 1, 61.0)
    assert len(counts) < 10
