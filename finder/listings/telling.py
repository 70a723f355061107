"""What a source says again of a listing that we know, beside what people found out since."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from finder.domain.review import FACTS_OF, FieldGroup, group_of_facet
from finder.listings.history import as_json
from finder.listings.standing import Facts, Standings, groups_said, never_checked

Contradicted = Mapping[str, list[Any]]
"""Facts by name, each as ``[ours, theirs]`` in the JSON form of `finder.listings.history`."""

_DRAWN = frozenset({"point", "precision", "county", "time_zone", "country"})


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a listing after its source spoke, how it stands then, and what of it counts as a new check."""

    facts: Facts
    standings: Standings
    checks: Standings


def held_groups(said: Facts, standings: Standings) -> frozenset[FieldGroup]:
    """What a source may not change: what a person found true on its day or later, or what it is silent about."""
    as_of, told = said["verified_on"], groups_said(said)
    return frozenset(
        group
        for group, stands in standings.items()
        if stands.is_a_persons and (group not in told or not _is_newer(as_of, standings, group))
    )


def with_held(stored: Facts, facts: Facts, held: frozenset[FieldGroup]) -> dict[str, Any]:
    """The facts with those of the held groups as they are stored; of the tags, those that belong to these groups."""
    if not held:
        return dict(facts)
    kept = {name: stored[name] for group in held for name in FACTS_OF[group] if name != "tags"}
    ours = {tag for tag in stored["tags"] if group_of_facet(tag.facet) in held}
    theirs = {tag for tag in facts["tags"] if group_of_facet(tag.facet) not in held}
    return {**facts, **kept, "tags": frozenset(ours | theirs)}


def contradicted(stored: Facts, said: Facts, groups: Iterable[FieldGroup]) -> dict[FieldGroup, Contradicted]:
    """Of the groups those of which the stored facts and what a source says differ, fact by fact.

    What is drawn from an address, such as its county, is no contradiction of its own.
    """
    found: dict[FieldGroup, Contradicted] = {}
    for group in groups:
        pairs = {name: (of_group(stored, name, group), of_group(said, name, group)) for name in FACTS_OF[group]}
        differing = {name: pair for name, pair in pairs.items() if _unordered(pair[0]) != _unordered(pair[1])}
        if differing.keys() - _DRAWN:
            found[group] = {name: [as_json(ours), as_json(theirs)] for name, (ours, theirs) in differing.items()}
    return found


def of_group(facts: Facts, name: str, group: FieldGroup) -> Any:
    """A fact of a group; of the tags, those that belong to it."""
    if name != "tags":
        return facts[name]
    return frozenset(tag for tag in facts["tags"] if group_of_facet(tag.facet) is group)


def _unordered(fact: Any) -> Any:
    return frozenset(fact) if isinstance(fact, tuple) else fact


def told_besides(stored: Facts, facts: Facts, told: Standings, standings: Standings, today: dt.date) -> Told:
    """A listing after another source than its own spoke: it vouches for those groups only that nobody spoke of before.

    ``told`` is how they stand by that source.
    """
    begun = groups_said(facts) - groups_said(stored)
    checks = {group: stands for group, stands in told.items() if group in begun}
    return Told(facts, {**never_checked(begun, today), **standings, **checks}, checks)


def told_again(
    facts: Facts, told: Standings, standings: Standings, held: frozenset[FieldGroup], today: dt.date
) -> Told:
    """A listing after its source spoke, of which ``facts`` are to be saved; ``told`` is how it stands by the source.

    The ``held`` groups stand as they did. All else the source has checked, as of its day.
    """
    groups = groups_said(facts)
    checks = {
        group: stands
        for group, stands in told.items()
        if group in groups - held and _is_newer(stands.checked_on, standings, group)
    }
    before = {group: stands for group, stands in standings.items() if group in groups}
    return Told(facts, never_checked(groups - before.keys(), today) | before | checks, checks)


def _is_newer(day: dt.date | None, standings: Standings, group: FieldGroup) -> bool:
    checked_on = standings[group].checked_on if group in standings else None
    return day is not None and (checked_on is None or day > checked_on)
