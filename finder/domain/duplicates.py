"""Whether two listings may be one and the same place, and why."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from finder.domain.address_key import AddressKey


class Reason(StrEnum):
    """What two listings have in common, or what sets them apart."""

    SAME_PHONE = "same_phone"
    SAME_ADDRESS = "same_address"
    SIMILAR_ADDRESS = "similar_address"  # the same number and ZIP, and nearly the same street
    SAME_ZIP = "same_zip"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    OTHER_PROGRAM = "other_program"  # speaks against it: one house often lists several


class Decision(StrEnum):
    """What a person decided about two listings that look like one."""

    OPEN = "open"
    NOT_THE_SAME = "not_the_same"
    MERGED = "merged"


SIMILAR = 85
"""From how much on two names, or two streets, are similar; of 100."""

LIKELY = 55
"""The least score, of 100, of two listings that a person should look at."""

_NAME = 45  # for equal names; for others, as much of it as they resemble
_ELSEWHERE = -40  # a branch shares its name and often its phone, but never its street
_POINTS = {
    Reason.SAME_PHONE: 25,
    Reason.SAME_ADDRESS: 30,
    Reason.SIMILAR_ADDRESS: 25,
    Reason.SAME_ZIP: 15,
    Reason.OTHER_PROGRAM: -15,
}
_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile("[\u0300-\u036f'\u2019.]")
_CORPORATE = frozenset({"inc", "llc", "ltd", "corp", "co", "pc", "pllc", "the", "a", "of", "and", "at"})


@dataclass(frozen=True, slots=True)
class Place:
    """What is compared of a listing: its name and, of that, its program as `name_key` makes them, numbers, address."""

    id: int
    name: str
    program: str
    phones: frozenset[str]
    address: AddressKey


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two listings look like one, of 100, and by what; the one with the lower id comes first."""

    first_id: int
    second_id: int
    score: int
    reasons: tuple[Reason, ...]


def name_key(name: str) -> str:
    """A name's words without accents and legal forms, in the order of the alphabet."""
    words = _WORD.findall(_MARK.sub("", unicodedata.normalize("NFKD", name)).casefold())
    return " ".join(sorted(word for word in words if word not in _CORPORATE) or sorted(words))


def program_key(name: str) -> str:
    """The key of what stands after the dash in a name, which is the program; empty where there is none."""
    return name_key(name.partition(" \N{EN DASH} ")[2])


def in_common(one: Place, other: Place) -> frozenset[Reason]:
    """What two listings have in common, and what sets them apart, however little they are alike."""
    return _in_common(one, other, fuzz.ratio(one.name, other.name))


def _in_common(one: Place, other: Place, names: float) -> frozenset[Reason]:
    return frozenset({*_of_names(one, other, names), *_of_phones(one, other), *_of_addresses(one, other)})


def likeness(one: Place, other: Place) -> Likeness | None:
    """How much two listings look like one; ``None`` where nobody need look."""
    names = fuzz.ratio(one.name, other.name)
    reasons = _in_common(one, other, names)
    score = round(_NAME * names / 100) + sum(_POINTS.get(reason, 0) for reason in reasons)
    if _lie_apart(one, other, reasons):
        score += _ELSEWHERE
    if score < LIKELY or not _is_worth_a_look(reasons):
        return None
    first, second = sorted((one.id, other.id))
    return Likeness(first, second, score, tuple(reason for reason in Reason if reason in reasons))


def _is_worth_a_look(reasons: frozenset[Reason]) -> bool:
    named_alike = bool(reasons & {Reason.SAME_NAME, Reason.SIMILAR_NAME})
    near = bool(reasons & {Reason.SAME_ZIP, Reason.SIMILAR_ADDRESS})
    return (near and named_alike) or bool(reasons & {Reason.SAME_PHONE, Reason.SAME_ADDRESS})


def _lie_apart(one: Place, other: Place, reasons: frozenset[Reason]) -> bool:
    both_known = bool(one.address.street and other.address.street)
    return both_known and not reasons & {Reason.SAME_ADDRESS, Reason.SIMILAR_ADDRESS}


def _of_names(one: Place, other: Place, names: float) -> set[Reason]:
    if one.name == other.name:
        return {Reason.SAME_NAME}
    found = {Reason.SIMILAR_NAME} if names >= SIMILAR else set()
    if one.program and other.program and fuzz.ratio(one.program, other.program) < SIMILAR:
        found.add(Reason.OTHER_PROGRAM)
    return found


def _of_phones(one: Place, other: Place) -> set[Reason]:
    return set() if one.phones.isdisjoint(other.phones) else {Reason.SAME_PHONE}


def _of_addresses(one: Place, other: Place) -> set[Reason]:
    if set(address_names(one.address)) & set(address_names(other.address)):
        return {Reason.SAME_ADDRESS}
    if not one.address.zip5 or one.address.zip5 != other.address.zip5:
        return set()
    streets = one.address.street, other.address.street
    numbers = {street.partition(" ")[0] for street in streets}
    similar = all(streets) and len(numbers) == 1 and fuzz.ratio(*streets) >= SIMILAR
    return {Reason.SIMILAR_ADDRESS} if similar else {Reason.SAME_ZIP}


def address_names(address: AddressKey) -> list[tuple[str, ...]]:
    """The names by which an address is known: street with ZIP, and street with city and state."""
    names: list[tuple[str, ...]] = []
    if address.street and address.zip5:
        names.append((address.street, address.zip5))
    if address.street and address.city and address.state:
        names.append((address.street, address.city, address.state))
    return names
