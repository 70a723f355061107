"""How people join a meeting from elsewhere: what one dials, and how remarks on joining begin."""

import re
from typing import NamedTuple

import phonenumbers

from finder.domain.phone import Phone

ONLINE_REMARK, PHONE_REMARK = "Join online: ", "Join by phone: "
"""Before what else one must know ("Join online: Password 1"), in texts that imports write and exports read."""

_PAUSES = re.compile(",{2,}")  # what a phone waits for before it dials on


class Dial(NamedTuple):
    """A number and what to enter then, in the words of whoever told it ("123#, *9#", "Access code: 123"). Without a
    number ``then`` is all that was told.
    """

    phone: Phone | None
    then: str


def read_dial(text: str) -> Dial:
    """The first number in a text such as "+13125550142,,123#" that one can dial from everywhere."""
    for found in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE):
        number, possible = found.number, phonenumbers.ValidationResult.IS_POSSIBLE
        if phonenumbers.is_possible_number_with_reason(number) == possible:
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            rest = f"{text[: found.start]} {number.extension or ''} {text[found.end :]}"
            return Dial(Phone(e164), " ".join(_PAUSES.sub(", ", rest).split()).strip(" ,;:"))
    return Dial(None, text)
