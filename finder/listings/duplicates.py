"""Finding listings that may be one and the same place, and keeping what people decided about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from finder.domain.address_key import address_key
from finder.domain.duplicates import (
    Decision,
    Likeness,
    Place,
    Reason,
    address_names,
    likeness,
    name_key,
    program_key,
)
from finder.domain.listing import Status
from finder.listings.scope import of_alias
from finder.listings.write import Change
from finder.models import DuplicatePair, Provider, ProviderPhone

_PAGE = 50
_Pair = DuplicatePair


@dataclass(frozen=True, slots=True)
class Suspects:
    """Two listings that a person should compare."""

    first: Provider
    second: Provider
    score: int
    reasons: tuple[Reason, ...]
    pair_id: int


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many pairs wait for a person, how many of them are new, were dropped, and how many are decided already."""

    waiting: int
    new: int
    dropped: int
    decided: int


def likely_duplicates(places: Iterable[Place]) -> list[Likeness]:
    """All pairs that a person should look at, most alike first.

    Only those are compared that have a phone number, an address or a ZIP in common: all others could not be likely.
    """
    blocks: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in places:
        for name in _blocks(place):
            blocks[name].append(place)
    found: dict[tuple[int, int], Likeness] = {}
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if (one.id, other.id) not in found and (alike := likeness(one, other)):
                found[one.id, other.id] = alike
    return sorted(found.values(), key=lambda alike: (-alike.score, alike.first_id, alike.second_id))


def _blocks(place: Place) -> Iterator[tuple[str, ...]]:
    yield from (("phone", number) for number in place.phones)
    yield from (("address", *name) for name in address_names(place.address))
    if place.address.zip5:
        yield "zip", place.address.zip5


def load_places(session: Session) -> list[Place]:
    """What is compared of every listing that isn't retired; two queries."""
    phones: defaultdict[int, set[str]] = defaultdict(set)
    numbers = select(ProviderPhone.provider_id, ProviderPhone.number)
    for provider_id, number in session.execute(numbers.order_by(ProviderPhone.provider_id, ProviderPhone.position)):
        phones[provider_id].add(number)
    row = Provider
    listings = select(row.id, row.name, row.address_1, row.city, row.state, row.postal_code)
    return [
        Place(
            id_,
            name_key(name),
            program_key(name),
            frozenset(phones[id_]),
            address_key(street, city, state, postal_code),
        )
        for id_, name, street, city, state, postal_code in session.execute(
            listings.where(row.status != Status.RETIRED).order_by(row.id)
        )
    ]


def find_duplicates(session: Session) -> list[Likeness]:
    """The pairs of listings that look like one now; takes seconds, and writes nothing."""
    return likely_duplicates(load_places(session))


def keep_duplicates(session: Session, likely: Iterable[Likeness]) -> Refreshed:
    """Keep the pairs that look like one, all that were found, in place of those found before. The caller commits.

    What people decided stays decided. Begin the transaction with `finder.models.connection.begin_writing`: it is a
    short one if the pairs were found in another before.
    """
    found = {(alike.first_id, alike.second_id): alike for alike in likely}
    known = {(pair.first_id, pair.second_id): pair for pair in session.scalars(select(_Pair).order_by(_Pair.id))}
    new = [alike for ids, alike in found.items() if ids not in known]
    gone = [pair for ids, pair in known.items() if pair.decision is Decision.OPEN and ids not in found]
    for ids in found.keys() & known.keys():
        known[ids].score, known[ids].reasons = found[ids].score, list(found[ids].reasons)
    session.add_all(_pair(alike) for alike in new)
    for pair in gone:
        session.delete(pair)
    session.flush()
    decided = sum(known[ids].decision is not Decision.OPEN for ids in found.keys() & known.keys())
    return Refreshed(len(found) - decided, len(new), len(gone), decided)


def _pair(alike: Likeness) -> DuplicatePair:
    return DuplicatePair(
        first_id=alike.first_id, second_id=alike.second_id, score=alike.score, reasons=list(alike.reasons)
    )


def suspect(session: Session, found: Mapping[int, Iterable[tuple[int, Likeness]]]) -> None:
    """Keep listings that new ones look like, by the row id of the new one: pairs that nobody knows yet."""
    for new_id, alike in found.items():
        for id_, each in alike:
            session.add(_pair(replace(each, first_id=min(id_, new_id), second_id=max(id_, new_id))))


def suspects(
    session: Session, *, limit: int = _PAGE, offset: int = 0, scope: ColumnElement[bool] | None = None
) -> list[Suspects]:
    """The pairs that nobody decided about, most alike first; one query, without what belongs to the listings.

    ``scope`` is a condition on `Provider` that one of the two must meet.
    """
    first, second = aliased(Provider), aliased(Provider)
    query = (
        select(first, second, _Pair.score, _Pair.reasons, _Pair.id)
        .join(first, first.id == _Pair.first_id)
        .join(second, second.id == _Pair.second_id)
        .where(_Pair.decision == Decision.OPEN, first.status != Status.RETIRED, second.status != Status.RETIRED)
        .order_by(_Pair.score.desc(), _Pair.first_id, _Pair.second_id)
    )
    if scope is not None:
        query = query.where(or_(*(of_alias(scope, each) for each in (first, second))))
    found = session.execute(query.offset(offset).limit(limit))
    return [Suspects(one, other, score, tuple(map(Reason, reasons)), id_) for one, other, score, reasons, id_ in found]


def pair_with_id(session: Session, pair_id: int) -> DuplicatePair | None:
    """A pair that was found, decided or not."""
    return session.get(_Pair, pair_id)


def decide(session: Session, one_id: int, other_id: int, decision: Decision, change: Change) -> None:
    """Keep what a person decided about two listings, whether or not they were suspects. The caller commits."""
    first_id, second_id = sorted((one_id, other_id))
    pair = session.scalars(select(_Pair).where(_Pair.first_id == first_id, _Pair.second_id == second_id)).one_or_none()
    if pair is None:
        pair = DuplicatePair(first_id=first_id, second_id=second_id, score=0, reasons=[])
        session.add(pair)
    is_open = decision is Decision.OPEN
    pair.decision = decision
    pair.decided_by, pair.decided_at = ("", None) if is_open else (change.by, change.at)
    session.flush()
