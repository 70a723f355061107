"""How to join a meeting from elsewhere."""

from typing import NamedTuple

from finder.domain.joining import ONLINE_REMARK, PHONE_REMARK
from finder.importing.clean.contacts import without_emails
from finder.importing.clean.web import clean_web_address

_LONGEST_TO_DIAL = 60  # what the database keeps


class Joining(NamedTuple):
    """An address and what one dials, as in `finder.domain.schedule.Schedule`, and what else one must know, in lines."""

    url: str = ""
    phone: str = ""
    notes: tuple[str, ...] = ()


NOT_TOLD = Joining()


def read_joining(address: str, dial: str, *, address_notes: str = "", dial_notes: str = "") -> Joining:
    """What a feed's texts say. The numbers that one dials belong to a service for conferences, so they stay."""
    can_be_dialed = len(dial) <= _LONGEST_TO_DIAL and any(sign.isdigit() for sign in dial) and "@" not in dial
    if not can_be_dialed:
        dial, dial_notes = "", f"{dial} {dial_notes}"
    notes = (
        f"{remark}{text}"
        for remark, said in ((ONLINE_REMARK, address_notes), (PHONE_REMARK, dial_notes))
        if (text := without_emails(said).strip())
    )
    return Joining(clean_web_address(address), dial, tuple(notes))
