"""What a listing says of itself."""

import datetime as dt

from finder.domain.availability import Availability
from finder.models import Provider

MORNING = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 2, 21, tzinfo=dt.UTC)


def test_room_for_new_people_is_told_until_it_expires() -> None:
    listing = Provider(accepting=True, beds=2, availability_as_of=MORNING, availability_expires=EVENING)

    assert listing.availability_at(MORNING) == Availability(accepting=True, beds=2, as_of=MORNING, expires=EVENING)
    assert listing.availability_at(EVENING) is None


def test_a_place_that_said_nothing_of_its_room_has_nothing_to_tell() -> None:
    assert Provider().availability_at(MORNING) is None
