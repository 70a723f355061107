"""What a visitor asked for."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from finder.domain.geo import Place, Precision
from finder.domain.vocabulary import Code, Facet, Tag, vocabulary

RADII = (5, 10, 25, 50, 100)
"""The radii in miles that the form offers; search widens up these steps."""

LARGEST_PAGE = 100


class Sort(StrEnum):
    """What comes first."""

    DISTANCE = "distance"
    NAME = "name"
    VERIFIED = "verified"
    NEXT_MEETING = "next_meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTime:
    """When a meeting should start, by the clock of the place where it is, to the minute.

    ``weekdays`` count from 0 = Monday; none of them means any day. ``earliest`` and ``latest`` are starts that are
    still right, ``None`` where there is no limit. A ``latest`` before ``earliest`` lies in the night that follows:
    Friday from 22:00 to 2:00 takes in 1:00 on Saturday.

    Raises ``ValueError`` for a weekday that isn't 0 to 6 and for a time with a time zone.
    """

    weekdays: frozenset[int] = frozenset()
    earliest: dt.time | None = None
    latest: dt.time | None = None

    def __post_init__(self) -> None:
        if strange := sorted(self.weekdays - set(range(7))):
            raise ValueError(f"weekdays are 0 (Monday) to 6 (Sunday), not {strange}")
        if any(time and time.tzinfo for time in (self.earliest, self.latest)):
            raise ValueError("the time of a meeting is that of its place, in no time zone of its own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """A question to the directory, valid by construction; knows no request and no SQL.

    **Where**: the circle of ``radius_miles`` around ``near``, the ``state`` (two letters) or its ``county`` (full
    name). A listing is in when it is in the circle or in the state or county; where neither is asked every listing is.
    ``near`` without a radius limits nothing and gives the distances. `around` is the way from a place that somebody
    named to the right one of these.

    **What**: ``needs`` holds the codes chosen in each facet: a listing has at least one of every facet's. It has none
    of ``excluded``. Every word of ``text`` begins a word of its name, city, ZIP, organization or description.
    ``available`` asks for those that say that they take new people, while what they said counts.

    **When**: ``meeting`` asks for a meeting that starts then. ``open_now`` asks for those that are open or have a
    meeting going on at this moment.

    Raises ``ValueError`` for a radius that is not above 0, a page below 1, a page size outside 1 to 100, a state that
    isn't two capital letters, a county without its state, a county or state as ``near``, and a facet or code that the
    vocabulary doesn't have.
    """

    near: Place | None = None
    radius_miles: float | None = 25
    state: str = ""
    county: str = ""
    needs: Mapping[Facet, frozenset[Code]] = field(default_factory=dict)
    excluded: frozenset[Tag] = frozenset()
    text: str = ""
    available: bool = False
    meeting: MeetingTime | None = None
    open_now: bool = False
    sort: Sort = Sort.DISTANCE
    page: int = 1
    page_size: int = 10

    def __post_init__(self) -> None:
        self._check_where()
        self._check_what()
        if self.page < 1:
            raise ValueError(f"pages count from 1, not {self.page}")
        if not 1 <= self.page_size <= LARGEST_PAGE:
            raise ValueError(f"a page holds 1 to {LARGEST_PAGE} listings, not {self.page_size}")

    @classmethod
    def around(cls, place: Place, radius_miles: float | None = 25, **asked: Any) -> Self:
        """A search near ``place``: a county or a state means that whole area, every other place the circle around it.

        ``asked`` are the other fields of `Criteria`.
        """
        match place.precision:
            case Precision.STATE:
                return cls(state=place.state, radius_miles=None, **asked)
            case Precision.COUNTY:
                return cls(state=place.state, county=place.county, radius_miles=None, **asked)
        return cls(near=place, radius_miles=radius_miles, **asked)

    def _check_where(self) -> None:
        # Written so that NaN, which compares false with everything, is refused too.
        if self.radius_miles is not None and not 0 < self.radius_miles < math.inf:
            raise ValueError(f"a radius is above 0 miles, not {self.radius_miles}")
        if self.state and not (len(self.state) == 2 and self.state.isalpha() and self.state.isupper()):
            raise ValueError(f"a state is two capital letters, not {self.state!r}")
        if self.county and not self.state:
            raise ValueError(f"which state is {self.county} in?")
        if self.near and self.near.precision in {Precision.COUNTY, Precision.STATE}:
            raise ValueError(f"{self.near.label} is an area, not a point: use Criteria.around")

    def _check_what(self) -> None:
        facets = {terms.facet for terms in vocabulary().facets}
        if unknown := set(self.needs) - facets:
            raise ValueError(f"no such facet: {', '.join(sorted(unknown))}")
        tags = {Tag(facet, code) for facet, codes in self.needs.items() for code in codes} | self.excluded
        if strange := [str(tag) for tag in sorted(tags) if tag not in vocabulary()]:
            raise ValueError(f"not in the vocabulary: {', '.join(strange)}")
