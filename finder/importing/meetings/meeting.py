"""One row of a feed of meetings, in the form that all formats are brought to."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from finder.domain.geo import Point
from finder.domain.phone import Phone
from finder.domain.vocabulary import Code, Facet, Tag
from finder.importing.meetings.joining import NOT_TOLD, Joining

ATTENDANCE = Facet("attendance")
IN_PERSON, ONLINE, HYBRID, BY_PHONE = (
    Tag(ATTENDANCE, Code(code)) for code in ("in_person", "online", "hybrid", "phone")
)


LONGEST_LINE = 200  # what the database keeps of a name or a line of an address; of a city half as much

NO_NAME = "no name"
NOT_A_ROW = "no object with fields"
TOO_LONG = f"a name or address of more than {LONGEST_LINE} characters"
UNREADABLE_TIME = "a day or time that can't be read"
NOWHERE = "neither a place nor a way to join"


class Address(NamedTuple):
    """Where a meeting is, cleaned. ``location`` is what people call the place ("St. Mary's Church")."""

    street: str = ""
    suite: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    location: str = ""


class Kinds(NamedTuple):
    """What a feed's codes say of a meeting: tags, and in words what no tag says.

    ``paused`` meetings don't take place for now.
    """

    tags: frozenset[Tag]
    words: tuple[str, ...] = ()
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One row: a meeting on some days of the week at one time, in texts that are clean and hold no person's contact.

    ``days`` count from 0 = Monday; without any, and without a start, the group meets by appointment. ``group`` is empty
    where the feed names none, ``fellowship`` where it doesn't tell them apart. ``listing_id`` is a UUID that the
    group's meetings share, in feeds of directories such as this one. ``notes`` may have several lines. ``approximate``
    points stand for a town.
    """

    row: int
    name: str
    kinds: Kinds
    address: Address
    group: str = ""
    listing_id: str = ""
    organization: str = ""
    fellowship: str = ""
    days: tuple[int, ...] = ()
    starts: dt.time | None = None
    ends: dt.time | None = None
    time_zone: str = ""
    point: Point | None = None
    approximate: bool = False
    notes: str = ""
    about: tuple[str, ...] = ()
    joining: Joining = NOT_TOLD
    website: str = ""
    phones: tuple[Phone, ...] = ()
    updated_on: dt.date | None = None

    @property
    def unfit(self) -> str:
        """Why the row can't be listed; empty if it can."""
        street, suite, city, state, zip_code, location = self.address
        if not self.name:
            return NO_NAME
        if max(map(len, (self.name, self.group, self.organization, street, suite, location, 2 * city))) > LONGEST_LINE:
            return TOO_LONG
        somewhere = street or city or state or zip_code or location or self.point
        return "" if somewhere or any(self.joining) or self.is_only_remote else NOWHERE

    @property
    def is_only_remote(self) -> bool:
        """Whether nobody goes there."""
        return self.kinds.tags.isdisjoint((IN_PERSON, HYBRID))
