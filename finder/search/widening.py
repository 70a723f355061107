"""Asking for less, step by step, where too little was found.

Place first: the next radius of `RADII`, and the next, then the place's whole state as well (for a county, its state).
Then the words, but only if no listing there has them; the search starts again at its first place without them. Then
needs, one at a time (a facet, the time of a meeting, room for new people): each ordinary need alone, then more and more
of them, then those that are there for somebody's safety, and the level of care last of all. What a visitor excluded
stays excluded.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, chain, islice
from operator import itemgetter
from typing import Any, TypeAlias

from finder.domain.vocabulary import LEVEL_OF_CARE, Facet, Tag
from finder.search.criteria import RADII, Criteria
from finder.search.matching import count
from finder.search.moment import at_moment
from finder.search.results import Relaxation, RelaxationKind
from finder.search.snapshot import Snapshot
from finder.search.text import words

ENOUGH = 3
"""With so many listings a person has a choice; with fewer the search widens."""

Need: TypeAlias = Facet | RelaxationKind
"""A facet, or what isn't one: a kind whose value is the name of its field in `Criteria`."""

NEEDS_BY_WEIGHT: tuple[Need, ...] = (
    # What a person would like.
    *map(Facet, ("ownership", "accreditation", "meeting_type", "fellowship", "therapy", "housing")),
    # What may be otherwise tomorrow.
    *(RelaxationKind.OPEN_NOW, RelaxationKind.MEETING, RelaxationKind.AVAILABLE),
    # What kind of help it is.
    *map(Facet, ("co_occurring", "attendance", "substance", "medication", "kind_of_care")),
    # What decides whether this person can go there at all.
    *map(Facet, ("payment_help", "payment", "population", "language", "accessibility", "gender", "age_group")),
    # What the search was for.
    *map(Facet, ("detox_from", "level_of_care")),
)
"""All needs in the order in which they are given up, the lightest first."""

_SAFETY_TAGS = frozenset(
    {
        ("population", "pregnant_postpartum"),
        ("population", "adolescents"),
        ("age_group", "adolescents"),
        ("kind_of_care", "detox_outpatient"),
        ("kind_of_care", "detox_residential"),
        ("kind_of_care", "detox_hospital"),
        ("level_of_care", "detox"),
    }
)
_SAFETY_FACETS = frozenset({"detox_from"})
_NOTHING = {RelaxationKind.OPEN_NOW: False, RelaxationKind.MEETING: None, RelaxationKind.AVAILABLE: False}
"""What stands in a field of `Criteria` that asks for nothing."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Criteria, and the steps that led to them."""

    criteria: Criteria
    relaxed: tuple[Relaxation, ...] = ()

    def then(self, step: Relaxation, **fields: Any) -> "_Attempt":
        """One step further: with these fields of the criteria changed."""
        return _Attempt(replace(self.criteria, **fields), (*self.relaxed, step))


def widened(snapshot: Snapshot, asked: Criteria, now: dt.datetime) -> tuple[Criteria, tuple[Relaxation, ...]]:
    """The first criteria on the way that enough listings match, else those that the most match; and the steps there."""

    def found(criteria: Criteria) -> int:
        return count(at_moment(snapshot, criteria, now), criteria)

    exactly = wordless = _Attempt(asked)
    if words(asked.text):
        best = _best(found, _places(exactly))
        if found(best.criteria):
            return best.criteria, best.relaxed
        wordless = exactly.then(Relaxation(kind=RelaxationKind.TEXT, before=asked.text, after=None), text="")
    places = list(_places(wordless))
    best = _best(found, chain([exactly], places, _with_fewer_needs(places[-1])))
    return best.criteria, best.relaxed


def _best(found: Callable[[Criteria], int], attempts: Iterable[_Attempt]) -> _Attempt:
    """The first attempt that finds enough, else the first that finds the most: no last step brings nothing."""
    counted: list[tuple[int, _Attempt]] = []
    for attempt in attempts:
        counted.append((found(attempt.criteria), attempt))
        if counted[-1][0] >= ENOUGH:
            break
    return max(counted, key=itemgetter(0))[1]


def _places(attempt: _Attempt) -> Iterator[_Attempt]:
    """The attempt itself, then in wider and wider places; each holds the ones before."""
    yield attempt
    asked = attempt.criteria
    if asked.near and asked.radius_miles:
        radius = asked.radius_miles
        for wider in (further for further in RADII if further > asked.radius_miles):
            step = Relaxation(kind=RelaxationKind.RADIUS, before=radius, after=wider)
            attempt, radius = attempt.then(step, radius_miles=wider), wider
            yield attempt
        if (state := asked.near.state) and not asked.state:
            yield attempt.then(Relaxation(kind=RelaxationKind.STATE, before=radius, after=state), state=state)
    elif asked.county:
        step = Relaxation(kind=RelaxationKind.STATE, before=asked.county, after=asked.state)
        yield attempt.then(step, county="")


def _with_fewer_needs(attempt: _Attempt) -> Iterator[_Attempt]:
    """Without each ordinary need alone; then without more and more needs, the weightiest last."""
    chosen = [need for need in NEEDS_BY_WEIGHT if _asked(attempt.criteria, need)]
    held = [need for need in chosen if need == LEVEL_OF_CARE or _for_safety(attempt.criteria, need)]
    ordinary = [need for need in chosen if need not in held]
    yield from (_without(attempt, need) for need in ordinary)
    yield from islice(accumulate([*ordinary, *held], _without, initial=attempt), 1, None)


def _asked(criteria: Criteria, need: Need) -> bool:
    return bool(getattr(criteria, need) if isinstance(need, RelaxationKind) else criteria.needs.get(need))


def _without(attempt: _Attempt, need: Need) -> _Attempt:
    asked = attempt.criteria
    if isinstance(need, RelaxationKind):
        step = Relaxation(kind=need, before=getattr(asked, need), after=None)
        return attempt.then(step, **{need: _NOTHING[need]})
    needs = {other: chosen for other, chosen in asked.needs.items() if other != need}
    safety = _for_safety(asked, need)
    step = Relaxation(kind=RelaxationKind.NEED, before=asked.needs[need], after=None, facet=need, safety=safety)
    return attempt.then(step, needs=needs)


def _for_safety(criteria: Criteria, need: Need) -> bool:
    if isinstance(need, RelaxationKind):
        return False
    return need in _SAFETY_FACETS or any(Tag(need, code) in _SAFETY_TAGS for code in criteria.needs[need])
