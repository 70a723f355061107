"""What listings of a widened search lack of what was asked."""

import datetime as dt

from finder.domain.vocabulary import Facet
from finder.search import Criteria, MeetingTime, Relaxation, RelaxationKind
from finder.search.missing import missing
from tests.unit.search.samples import CHICAGO, NOW, Listed, listed, needing, snapshot_of

EVENING = MeetingTime(earliest=dt.time(17), latest=dt.time(21))


def given_up(facet: str, *codes: str) -> Relaxation:
    before = needing(*(f"{facet}:{code}" for code in codes))[Facet(facet)]
    return Relaxation(kind=RelaxationKind.NEED, before=before, after=None, facet=Facet(facet))


def lacks(listing: Listed, criteria: Criteria, *relaxed: Relaxation) -> list[str]:
    """What the listing lacks, each as its facet or kind."""
    ((_, lacking),) = missing(snapshot_of([listing]), criteria, relaxed, [listing[0].id], NOW).items()
    return [step.facet or step.kind.value for step in lacking]


def test_a_listing_lacks_only_those_of_the_given_up_needs_that_it_does_not_meet() -> None:
    steps = (given_up("payment", "medicaid", "medicare"), given_up("language", "spanish"))
    assert lacks(listed("payment:medicare"), Criteria(near=CHICAGO), *steps) == ["language"]
    assert lacks(listed("payment:medicare", "language:spanish"), Criteria(near=CHICAGO), *steps) == []
    assert lacks(listed(), Criteria(near=CHICAGO), *steps) == ["payment", "language"]


def test_words_times_and_room_are_needs_too() -> None:
    steps = (
        Relaxation(kind=RelaxationKind.TEXT, before="hope", after=None),
        Relaxation(kind=RelaxationKind.MEETING, before=EVENING, after=None),
        Relaxation(kind=RelaxationKind.OPEN_NOW, before=True, after=None),
        Relaxation(kind=RelaxationKind.AVAILABLE, before=True, after=None),
    )
    meets_in_the_evening = listed(schedules="0,19:00:00,20:00:00,meeting")
    assert lacks(meets_in_the_evening, Criteria(near=CHICAGO), *steps) == ["text", "open_now", "available"]


def test_a_place_farther_away_lacks_nothing() -> None:
    farther = Relaxation(kind=RelaxationKind.RADIUS, before=5.0, after=10.0)
    assert missing(snapshot_of([listed()]), Criteria(near=CHICAGO), [farther], [1], NOW) == {}
