"""What there is for a visitor."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from finder.domain.availability import Availability
from finder.domain.vocabulary import Code, Facet
from finder.search.criteria import Criteria, MeetingTime
from finder.search.listed import Listed


class RelaxationKind(StrEnum):
    """What was asked less strictly."""

    RADIUS = "radius"
    STATE = "state"
    TEXT = "text"
    NEED = "need"
    OPEN_NOW = "open_now"
    MEETING = "meeting"
    AVAILABLE = "available"


Before: TypeAlias = float | str | frozenset[Code] | MeetingTime
"""What a search asked for before it was widened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One step by which a search was widened, as data; the page makes a sentence of it.

    =========  ============================================  =============================================
    kind       before                                        after
    =========  ============================================  =============================================
    radius     miles                                         miles
    state      the county's name, or the radius in miles,    the state's two letters: that whole state is
               which is searched too                         searched
    text       the words                                     ``None``: searched without them
    need       the codes that were chosen in ``facet``       ``None``: searched without this facet
    open_now   ``True``                                      ``None``: those closed at this moment as well
    meeting    the `MeetingTime`                             ``None``: meetings at any time, or none
    available  ``True``                                      ``None``: whether or not they take new people
    =========  ============================================  =============================================

    ``safety`` marks a need for somebody's safety (pregnancy, age under 18, medical detox): say it loudest.
    """

    kind: RelaxationKind
    before: Before
    after: float | str | None
    facet: Facet | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One listing of the page, loaded with all that belongs to it and independent of any session.

    ``distance_miles`` is the WGS-84 geodesic, ``None`` where the search is near no point or the listing's isn't known,
    and whole miles to a confidential address. ``availability`` is what the place said of its room for new people,
    ``None`` where it said nothing or what it said has expired. ``missing`` are the steps of a widened search that gave
    up a need which this listing doesn't meet; those that it meets nevertheless are not among them.
    """

    listing: Listed
    distance_miles: float | None
    availability: Availability | None = None
    missing: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of the answer, and what holds of the whole of it.

    ``asked`` is the question as it was put and ``criteria`` as it was answered; they differ by the steps in
    ``relaxed``, in the order in which they were taken. ``total`` listings match, on ``pages`` pages (at least 1);
    ``hits`` is empty beyond the last. ``unmapped`` more have no position and so can't be in the circle, but lie in the
    searched place's state and meet everything else. ``counts`` says of every code of the vocabulary how many listings
    there would be if it alone were chosen in its facet, all else equal. ``care_path`` is `finder.search.care_path`'s
    answer to ``asked``, ``None`` where nobody wanted it. ``version`` and ``as_of`` are those of the snapshot that
    answered.
    """

    asked: Criteria
    criteria: Criteria
    hits: tuple[Hit, ...]
    total: int
    pages: int
    page: int
    unmapped: int
    counts: Mapping[Facet, Mapping[Code, int]]
    relaxed: tuple[Relaxation, ...]
    care_path: Mapping[Code, Hit | None] | None = None
    version: int
    as_of: dt.datetime
