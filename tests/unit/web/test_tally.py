"""However often something is refused, the log has a line a minute of it."""

import datetime as dt

from structlog.testing import capture_logs

from finder.web.tally import Tally
from tests.staff import START


def told(*refusals: tuple[str, int]) -> list[tuple[str, int]]:
    """What is written, and how often it says that it was, of refusals of a kind at a second."""
    tally = Tally()
    with capture_logs() as logged:
        for kind, second in refusals:
            tally.note(kind, START + dt.timedelta(seconds=second))
    return [(line["event"], line["times"]) for line in logged]


def test_the_first_is_told_at_once_and_those_of_a_minute_with_the_next() -> None:
    seconds = (0, 1, 30, 59, 60, 61, 200)

    assert told(*(("forged_form", second) for second in seconds)) == [
        ("forged_form", 1),
        ("forged_form", 4),
        ("forged_form", 2),
    ]


def test_each_kind_counts_for_itself() -> None:
    assert told(("forged_form", 0), ("too_many_requests", 1), ("forged_form", 2)) == [
        ("forged_form", 1),
        ("too_many_requests", 1),
    ]


def test_a_clock_that_is_set_back_silences_nothing() -> None:
    assert told(("forged_form", 3600), ("forged_form", 0)) == [("forged_form", 1), ("forged_form", 1)]
