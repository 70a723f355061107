"""Telephone numbers."""

import re
from collections.abc import Iterable

import phonenumbers

from finder.domain.phone import Phone, PhoneKind

_USUAL = re.compile(r"([2-9]\d{2})-([2-9]\d{2})-(\d{4})(?: x(\d{1,10}))?", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r"\s+or\s+|[;/]", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(r"[2-9]\d{2}[2-9]\d{6}", re.ASCII)
_LONGEST_TEXT = 100
_LONGEST_EXTENSION = 10
# Countries of their own in numbering; the directory writes their country codes like area codes (691-320-0123).
_OWN_NUMBERING = frozenset({"FM", "MH", "PW"})


def read_phones(texts: Iterable[tuple[str, PhoneKind]], state: str = "") -> tuple[tuple[Phone, ...], int]:
    """The numbers in these texts, each once and in their order, and how many texts could not be dialed."""
    phones: dict[tuple[str, str], Phone] = {}
    impossible = 0
    for text, kind in texts:
        for part in _BETWEEN_NUMBERS.split(text) if text else ():
            phone = read_phone(part, kind, state)
            if phone:
                phones.setdefault((phone.number, phone.extension), phone)
            elif part.strip():
                impossible += 1
    return tuple(phones.values()), impossible


def read_phone(text: str, kind: PhoneKind = PhoneKind.MAIN, state: str = "") -> Phone | None:
    """A number with its extension, however it is written ("205-555-0100 x210", "(205) 555.0100 ext 5", "800-555-HELP").

    ``None`` where nobody could dial it. Whether it is in service can't be told; area codes are not checked against a
    list, for that would refuse next year's.
    """
    region = state if state in _OWN_NUMBERING else "US"
    usual = _USUAL.fullmatch(text)
    if usual and region == "US":  # nearly every number of the directory; fifteen times as fast as a full reading
        return Phone(f"+1{usual[1]}{usual[2]}{usual[3]}", kind, usual[4] or "")
    try:
        number = phonenumbers.parse(text[:_LONGEST_TEXT], region)
    except phonenumbers.NumberParseException:
        return None
    extension = number.extension or ""
    if not _can_be_dialed(number) or len(extension) > _LONGEST_EXTENSION:
        return None
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), kind, extension)


def _can_be_dialed(number: phonenumbers.PhoneNumber) -> bool:
    if number.country_code == 1:
        return _NORTH_AMERICAN.fullmatch(str(number.national_number)) is not None
    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
