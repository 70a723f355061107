"""What is promised for the worst days, tried on a small scale; ``make promises`` tries it on the scale that counts.

Nothing here looks at a clock: how long an outage may take, and how slow an answer may be, is measured there.
"""

from http import HTTPStatus
from pathlib import Path

from benchmarks.promises.crash import saves_through_kills
from benchmarks.promises.disk_full import fill_a_disk
from benchmarks.promises.failover import Spans, lose_a_primary
from benchmarks.promises.killed_imports import imports_through_kills
from benchmarks.promises.power import saves_through_power_cuts
from benchmarks.promises.slow_clients import beside_slow_clients
from benchmarks.promises.soak import soak


def test_what_was_acknowledged_is_there_after_the_server_was_killed() -> None:
    seen = saves_through_kills(2)

    assert seen.acknowledged > 2
    assert (seen.missing, seen.integrity) == (0, "ok")


def test_what_was_acknowledged_is_there_after_the_power_went_at_any_moment() -> None:
    seen = saves_through_power_cuts(8)

    assert seen.acknowledged == 8
    assert seen.cuts > 100
    assert (seen.lost, seen.damaged) == (0, 0)


def test_an_import_that_is_killed_leaves_nothing_and_can_be_done_again() -> None:
    seen = imports_through_kills(2, rows=1_500, earliest=0.6)

    assert seen.listings == 500
    assert seen.partial == 0
    assert seen.is_same_again


def test_a_full_disk_refuses_the_next_save_loses_none_and_shows_all() -> None:
    seen = fill_a_disk(megabytes=3)

    assert seen.saved > 10
    assert seen.is_no_loss


def test_clients_that_never_finish_a_request_keep_nobody_from_searching_while_a_thread_is_free() -> None:
    assert beside_slow_clients(slow_ones=31, rounds=5).statuses == {HTTPStatus.OK}


def test_a_backup_that_is_made_while_people_save_comes_back() -> None:
    seen = soak(rounds=1, seconds=0.5)

    assert (seen.restored, seen.refused) == (1, 0)
    assert seen.saved > 0


def test_when_the_primary_dies_no_save_is_lost_no_page_fails_and_the_standby_takes_saves(tmp_path: Path) -> None:
    seen = lose_a_primary(2_000, tmp_path, Spans(before=1, without=0.5, after=3))

    assert seen.saved > 0
    assert seen.pages > 0
    assert (seen.lost, seen.failed) == (0, 0)
    assert seen.outage < float("inf")
