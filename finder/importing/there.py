"""What is compared of listings that are there before an import, found by address and by telephone number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.address_key import AddressKey, address_key, city_key, street_key
from finder.domain.duplicates import Decision, Place, name_key, program_key
from finder.domain.listing import Status
from finder.domain.vocabulary import Facet
from finder.listings import ListingDraft
from finder.models import DuplicatePair, Provider, ProviderPhone, ProviderTag, Source

FELLOWSHIP = Facet("fellowship")

_Row = tuple[int, str, str, str, str, str, str, bool]


class There:
    """One listing that is there. What is compared of it is made only when it is: most are never near a new one."""

    def __init__(self, row: _Row, phones: frozenset[str], fellowships: frozenset[str]) -> None:
        self.id, self._name, self._street, self.city, self.state, self.zip_code, self.source, self.confidential = row
        self._phones = phones
        self.fellowships = fellowships

    @cached_property
    def address(self) -> AddressKey:
        """Its address, as it is compared."""
        return address_key(self._street, self.city, self.state, self.zip_code)

    @cached_property
    def place(self) -> Place:
        """Its name, numbers and address, as they are compared."""
        return Place(self.id, name_key(self._name), program_key(self._name), self._phones, self.address)


def place_of(draft: ListingDraft) -> Place:
    """What is compared of a draft, which has no row yet."""
    numbers = frozenset(phone.number for phone in draft.phones)
    address = address_key(draft.address_1, draft.city, draft.state, draft.postal_code)
    return Place(0, name_key(draft.name), program_key(draft.name), numbers, address)


class WhatIsThere:
    """The listings that aren't retired, without the demonstration's."""

    def __init__(self, session: Session) -> None:
        """Read them as they are now; four queries."""
        phones, fellowships = _phones(session), _fellowships(session)
        none = frozenset[str]()
        self._by_phone: defaultdict[str, list[There]] = defaultdict(list)
        self._by_area: defaultdict[tuple[str, ...], list[There]] = defaultdict(list)
        for row in _rows(session):
            there = There(row, phones.get(row[0], none), fellowships.get(row[0], none))
            for number in phones.get(row[0], ()):
                self._by_phone[number].append(there)
            for area in _areas(there.city, there.state, there.zip_code[:5]):
                self._by_area[area].append(there)
        self._streets: dict[tuple[str, ...], Mapping[str, Sequence[There]]] = {}
        self.told_apart = _told_apart(session)

    def with_phone(self, number: str) -> Sequence[There]:
        """The listings that have a number."""
        return self._by_phone.get(number, ())

    def at_address_of(self, draft: ListingDraft) -> Iterable[There]:
        """The listings at a draft's address, some of them twice."""
        areas = [area for area in _areas(draft.city, draft.state, draft.postal_code[:5]) if area in self._by_area]
        street = street_key(draft.address_1) if areas else ""
        for area in areas if street else ():
            yield from self._streets_of(area).get(street, ())

    def _streets_of(self, area: tuple[str, ...]) -> Mapping[str, Sequence[There]]:
        if area not in self._streets:
            streets: defaultdict[str, list[There]] = defaultdict(list)
            for there in self._by_area[area]:
                streets[there.address.street].append(there)
            self._streets[area] = streets
        return self._streets[area]


def _areas(city: str, state: str, zip5: str) -> list[tuple[str, ...]]:
    """Two addresses with one street are the same within a ZIP Code, and within a town."""
    areas: list[tuple[str, ...]] = [(zip5,)] if zip5 else []
    return [*areas, (_city_key(city), state)] if city and state else areas


_city_key = lru_cache(maxsize=4096)(city_key)  # a town has many listings


def _rows(session: Session) -> Iterable[_Row]:
    row = Provider
    columns = (row.id, row.name, row.address_1, row.city, row.state, row.postal_code, row.source_key, row.confidential)
    listed = select(*columns).join(Source).where(row.status != Status.RETIRED, Source.fictional.is_(False))
    return session.execute(listed.order_by(row.id)).all()


def _phones(session: Session) -> Mapping[int, frozenset[str]]:
    numbers: defaultdict[int, set[str]] = defaultdict(set)
    for id_, number in session.execute(select(ProviderPhone.provider_id, ProviderPhone.number)):
        numbers[id_].add(number)
    return {id_: frozenset(each) for id_, each in numbers.items()}


def _fellowships(session: Session) -> Mapping[int, frozenset[str]]:
    codes: defaultdict[int, set[str]] = defaultdict(set)
    row = ProviderTag
    for id_, code in session.execute(select(row.provider_id, row.code).where(row.facet == FELLOWSHIP)):
        codes[id_].add(code)
    return {id_: frozenset(each) for id_, each in codes.items()}


def _told_apart(session: Session) -> Mapping[int, frozenset[int]]:
    """By listing, those that people told apart from it."""
    apart: defaultdict[int, set[int]] = defaultdict(set)
    row = DuplicatePair
    for one, other in session.execute(select(row.first_id, row.second_id).where(row.decision == Decision.NOT_THE_SAME)):
        apart[one].add(other)
        apart[other].add(one)
    return {id_: frozenset(each) for id_, each in apart.items()}
