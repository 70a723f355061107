"""The page about more than one machine is what its program says, and its queue behaves as queues do."""

from pathlib import Path

import pytest

from benchmarks.queueing import Servers, closed_loop, open_queue
from benchmarks.scale import CASES, cores, generated, nodes
from finder.config import PROJECT

SEED = 7


def test_the_tables_are_those_of_the_program() -> None:
    assert generated() in Path(PROJECT / "docs" / "scale.md").read_text()


def test_more_searches_never_take_fewer_cores_and_one_node_may_always_die() -> None:
    busy = [cores(case) for case in CASES]

    assert busy == sorted(busy)
    assert all(nodes(case) >= 2 for case in CASES)


def test_one_server_makes_people_wait_as_long_as_theory_says() -> None:
    rate, servers = 5.0, Servers(1, 0.1, 1.6)
    wait = open_queue(rate, servers, 50_000, SEED).mean - servers.mean

    # Pollaczek and Khinchine: half the rate times the second moment over what the server has free.
    second_moment = servers.mean**2 * 1.085  # a lognormal time whose 95th percentile is 1.6 times the median
    assert wait == pytest.approx(rate * second_moment / 2 / (1 - rate * servers.mean), rel=0.05)


def test_people_who_wait_for_answers_ask_less_where_those_take_long() -> None:
    quick, slow = (closed_loop(50, 60, Servers(2, mean, 1.6), SEED) for mean in (0.005, 0.2))

    assert slow.requests < quick.requests
    assert slow.p95 > quick.p95
