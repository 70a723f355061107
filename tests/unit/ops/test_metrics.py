"""What is counted of searches says nothing of any one of them, and counting never stands in anybody's way."""

from typing import cast

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from structlog.testing import capture_logs

from finder.ops import metrics
from finder.ops.metrics import CoarseCounter


@pytest.mark.parametrize(("searches", "told"), [(0, None), (19, None), (20, 20), (39, 20), (40, 40)])
def test_searches_are_told_in_steps_of_twenty_and_fewer_not_at_all(searches: int, told: int | None) -> None:
    registry = CollectorRegistry()
    counter = CoarseCounter("searches", "Searches.", "level", registry=registry)
    for _ in range(searches):
        counter.count("detox")
        counter.count("outpatient")

    assert registry.get_sample_value("searches_total", {"level": "detox"}) == told
    assert ("detox" in generate_latest(registry).decode()) == bool(told)


def test_levels_that_are_asked_for_together_are_counted_apart() -> None:
    for _ in range(metrics.STEP):
        metrics.count_search({"detox", "inpatient"}, was_widened=True, was_empty=False)
    samples = [sample for family in metrics.REGISTRY.collect() for sample in family.samples]
    of_searches = [sample.labels for sample in samples if sample.name.startswith("finder_searches")]

    assert {"level": "detox"} in of_searches
    assert {"level": "inpatient"} in of_searches
    assert all(labels.keys() <= {"level"} for labels in of_searches)


def test_where_counting_fails_nobody_is_kept_from_a_page_and_the_log_says_so_once() -> None:
    with capture_logs() as logged:
        for _ in range(3):
            metrics.count_request("public.home", "GET", "2", cast(float, "no number"))

    assert logged == [{"event": "metrics_failed", "log_level": "error", "kind": "TypeError"}]
