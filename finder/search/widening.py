"""Asking for less, step by step, where too little was found.

Place first: the next radius of `RADII`, and the next, then the place's whole state as well (for a county, its state).
Then the words, but only if no listing there has them; the search starts again at its first place without them. Then
needs, one facet at a time: each ordinary facet alone, then more and more of them, then those that are there for
somebody's safety, and the level of care last of all. What a visitor excluded stays excluded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, chain, islice
from operator import itemgetter
from typing import Any

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag
from finder.search.criteria import RADII, Criteria
from finder.search.matching import count
from finder.search.results import Relaxation, RelaxationKind
from finder.search.snapshot import Snapshot
from finder.search.text import words

ENOUGH = 3
"""With so many listings a person has a choice; with fewer the search widens."""

FACETS_BY_WEIGHT: tuple[Facet, ...] = tuple(
    map(
        Facet,
        (
            # What a person would like.
            *("ownership", "accreditation", "meeting_type", "fellowship", "therapy", "housing"),
            # What kind of help it is.
            *("co_occurring", "attendance", "substance", "medication", "kind_of_care"),
            # What decides whether this person can go there at all.
            *("payment_help", "payment", "population", "language", "accessibility", "gender", "age_group"),
            # What the search was for.
            *("detox_from", "level_of_care"),
        ),
    )
)
"""All facets in the order in which they are given up, the lightest first."""

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


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Criteria, and the steps that led to them."""

    criteria: Criteria
    relaxed: tuple[Relaxation, ...] = ()

    def then(self, step: Relaxation, **fields: Any) -> "_Attempt":
        """One step further: with these fields of the criteria changed."""
        return _Attempt(replace(self.criteria, **fields), (*self.relaxed, step))


def widened(snapshot: Snapshot, asked: Criteria) -> tuple[Criteria, tuple[Relaxation, ...]]:
    """The first criteria on the way that enough listings match, else those that the most match; and the steps there."""
    exactly = wordless = _Attempt(asked)
    if words(asked.text):
        best = _best(snapshot, _places(exactly))
        if count(snapshot, best.criteria):
            return best.criteria, best.relaxed
        wordless = exactly.then(Relaxation(kind=RelaxationKind.TEXT, before=asked.text, after=None), text="")
    places = list(_places(wordless))
    best = _best(snapshot, chain([exactly], places, _with_fewer_needs(places[-1])))
    return best.criteria, best.relaxed


def _best(snapshot: Snapshot, attempts: Iterable[_Attempt]) -> _Attempt:
    """The first attempt that finds enough, else the first that finds the most: no last step brings nothing."""
    found: list[tuple[int, _Attempt]] = []
    for attempt in attempts:
        found.append((count(snapshot, attempt.criteria), attempt))
        if found[-1][0] >= ENOUGH:
            break
    return max(found, key=itemgetter(0))[1]


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
    chosen = [facet for facet in FACETS_BY_WEIGHT if attempt.criteria.needs.get(facet)]
    held = [facet for facet in chosen if facet == LEVEL_OF_CARE or _for_safety(facet, attempt.criteria.needs[facet])]
    ordinary = [facet for facet in chosen if facet not in held]
    yield from (_without(attempt, facet) for facet in ordinary)
    yield from islice(accumulate([*ordinary, *held], _without, initial=attempt), 1, None)


def _without(attempt: _Attempt, facet: Facet) -> _Attempt:
    codes = attempt.criteria.needs[facet]
    needs = {other: chosen for other, chosen in attempt.criteria.needs.items() if other != facet}
    kind, safety = RelaxationKind.NEED, _for_safety(facet, codes)
    return attempt.then(Relaxation(kind=kind, before=codes, after=None, facet=facet, safety=safety), needs=needs)


def _for_safety(facet: Facet, codes: frozenset[Code]) -> bool:
    return facet in _SAFETY_FACETS or any(Tag(facet, code) in _SAFETY_TAGS for code in codes)
