"""What a source or a form says of one listing, before it is saved."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from finder.domain.availability import Availability
from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Tag
from finder.listings.concealed import concealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDraft:
    """One place where people get help, as a source tells it; every importer ends in these.

    ``source`` is the key of a `finder.models.Source`; ``source_ref`` (at most 100 characters) names the listing
    within it, the same in every edition, so that a second import is an update. ``precision`` says what ``point``
    stands for and is ``none`` exactly when there is no point. ``review_reason``, in plain words, is why a person must
    look at the listing before the public sees it; such a draft has the status ``draft``. ``accepting``, ``beds`` and
    the two times are the fields of an `Availability`; a source that knows none says nothing in all four.
    """

    source: str
    source_ref: str
    name: str
    status: Status = Status.PUBLISHED
    review_reason: str = ""
    organization: str = ""
    description: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    county: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"
    confidential: bool = False
    point: Point | None = None
    precision: Precision = Precision.NONE
    time_zone: str = ""
    website: str = ""
    email: str = ""
    fees: str = ""
    alert: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    accepting: bool | None = None
    beds: int | None = None
    availability_as_of: dt.datetime | None = None
    availability_expires: dt.datetime | None = None
    verified_on: dt.date | None = None
    review_due_on: dt.date | None = None
    phones: tuple[Phone, ...] = ()
    tags: frozenset[Tag] = frozenset()
    schedules: tuple[Schedule, ...] = ()

    def __post_init__(self) -> None:
        if (self.point is None) != (self.precision is Precision.NONE):
            raise ValueError(f"{self.source_ref}: a point needs a precision, and a precision a point")
        if bool(self.review_reason) != (self.status is Status.DRAFT):
            raise ValueError(f"{self.source_ref}: a draft needs a reason for its review, and only a draft has one")
        self._check_availability()

    def _check_availability(self) -> None:
        as_of, expires = self.availability_as_of, self.availability_expires
        if as_of is not None and expires is not None:
            Availability(accepting=self.accepting, beds=self.beds, as_of=as_of, expires=expires)
        elif any(fact is not None for fact in (self.accepting, self.beds, as_of, expires)):
            raise ValueError(f"{self.source_ref}: availability needs the time of its beginning and of its end")

    def facts(self) -> dict[str, Any]:
        """All that is said of the place, by field: the form in which listings are compared and kept in history.

        The exact position of a confidential place is left out here already (`finder.listings.concealed`).
        """
        return concealed({name: getattr(self, name) for name in FACTS})


_IDENTITY = frozenset({"source", "source_ref"})
FACTS: tuple[str, ...] = tuple(field.name for field in fields(ListingDraft) if field.name not in _IDENTITY)
"""The names of all facts of a listing."""
