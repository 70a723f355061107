"""How to reach a service. Phones of persons (of HSDS's ``contact``) are never read."""

import re
from collections.abc import Iterable, Iterator

from finder.domain.phone import Phone, PhoneKind
from finder.importing.clean.phone import read_phone
from finder.importing.clean.web import clean_web_address
from finder.importing.formats.hsds.entry import Entry
from finder.importing.formats.hsds.values import Thing, first, line, things

MOST_PHONES = 20

_TYPES = {"textphone": PhoneKind.TTY, "tty": PhoneKind.TTY, "tdd": PhoneKind.TTY}
_TEXT_TYPES = frozenset({"text", "sms"})
_UNHELPFUL = frozenset({"fax", "pager", "video"})
_WORDS = (
    (re.compile(r"\b(?:tty|tdd|ttd)\b", re.IGNORECASE), PhoneKind.TTY),
    (re.compile(r"\b(?:hot ?line|help ?line|crisis|24[- ]?hours?)\b", re.IGNORECASE), PhoneKind.HOTLINE),
    (re.compile(r"\b(?:intakes?|admissions?|referrals?)\b", re.IGNORECASE), PhoneKind.INTAKE),
)
_EXTENSION = re.compile(r"\bext(?:ension|\.)?:? ?([0-9]{1,10})\b", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>]+")
_E164 = re.compile(r"\+1[0-9]{10}", re.ASCII)


def read_numbers(entry: Entry) -> tuple[tuple[Phone, ...], int]:
    """The numbers in the order of the file, each once, and how many nobody could dial.

    Those of the organization are only taken where the service and its location have none.
    """
    near = [*entry.here("phones"), *things(entry.at_location, "phones"), *things(entry.location, "phones")]
    found, impossible = _read(near)
    if not found:
        found, more = _read(things(entry.organization, "phones"))
        impossible += more
    return tuple(dict.fromkeys(found))[:MOST_PHONES], impossible


def website(entry: Entry) -> str:
    """The page of the service, or else of the place or of who runs it."""
    own = (line(entry.service, "url"), entry.facts.get("website", ""))
    others = () if entry.is_ours else (line(entry.location, "url"), line(entry.organization, "website"))
    return first(clean_web_address(address) for address in (*own, *others))


def email(entry: Entry) -> str:
    """The service's own address. That of who assured the facts (``assurer_email``) is a person's and not read."""
    address = line(entry.service, "email")
    return address if len(address) <= 200 and _EMAIL.fullmatch(address) else ""


def _read(phones: Iterable[Thing]) -> tuple[list[Phone], int]:
    read = [_phone(phone) for phone in phones if _is_to_call(phone)]
    return [phone for phone in read if phone], read.count(None)


def _is_to_call(phone: Thing) -> bool:
    a_persons = line(phone, "contact_id")
    return bool(line(phone, "number")) and not a_persons and line(phone, "type").casefold() not in _UNHELPFUL


def _phone(phone: Thing) -> Phone | None:
    number, words = line(phone, "number"), line(phone, "description")
    if _E164.fullmatch(number):
        number = Phone(number).national  # read at once, as most are
    read = read_phone(number, _kind(line(phone, "type").casefold(), words))
    if read is None or read.extension:
        return read
    return Phone(read.number, read.kind, first(_extensions(phone, words)))


def _kind(kind: str, words: str) -> PhoneKind:
    if kind in _TEXT_TYPES:
        return PhoneKind.TEXT
    return _TYPES.get(kind) or next((kind for pattern, kind in _WORDS if pattern.search(words)), PhoneKind.MAIN)


def _extensions(phone: Thing, words: str) -> Iterator[str]:
    """Words first: HSDS's own field is a number, of which no zero is left that an extension begins with."""
    in_words, own = _EXTENSION.search(words), line(phone, "extension", 40)
    yield in_words[1] if in_words else ""
    yield own if own.isascii() and own.isdigit() and len(own) <= 10 else ""
