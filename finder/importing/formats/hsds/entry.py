"""One service at one location, with all that a file says of both."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from finder.importing.formats.hsds.values import NOTHING, Thing, line, thing_in, things

_LONGEST_REF = 100
_NAMED = ("availability_as_of", "availability_expires", "accepting_new_people", "website", "source")
_NAMED_OF_LOCATION = ("time_zone", "position_precision", "confidential_address")


@dataclass(frozen=True)
class Entry:
    """What becomes a listing: the service, its organization, a location and what joins both; ``row`` is the number of
    the service in its file. A service without a location has an empty one.
    """

    row: int
    service: Thing
    organization: Thing
    location: Thing
    at_location: Thing

    @cached_property
    def ref(self) -> str:
        """The id of the service at its location, or where it has none, both ids; empty of a service without an id."""
        service, location = line(self.service, "id"), line(self.location, "id")
        found = line(self.at_location, "id") or (f"{service}@{location}" if service and location else service)
        return found if len(found) <= _LONGEST_REF else hashlib.sha256(found.encode()).hexdigest()

    @cached_property
    def facts(self) -> dict[str, str]:
        """The facts of our own profile, by name: of the service and of the location."""
        return named_facts(self.service, _NAMED) | named_facts(self.location, _NAMED_OF_LOCATION)

    @property
    def is_ours(self) -> bool:
        """Whether a directory of our kind wrote it: one that always says what the position stands for. Its facts are in
        our own terms and complete, so nothing is added to them or asked about them."""
        return "position_precision" in self.facts

    def here(self, name: str) -> Iterator[Thing]:
        """What the service has in this list, less what belongs to another of its locations."""
        at, there = line(self.at_location, "id"), line(self.location, "id")
        for each in things(self.service, name):
            if line(each, "service_at_location_id") in {"", at} and line(each, "location_id") in {"", there}:
                yield each

    @property
    def organization_name(self) -> str:
        """Who runs it. An organization that stands for the service itself, as tables of our own have it, is none."""
        try:
            itself = str(uuid.uuid5(uuid.UUID(line(self.service, "id")), "organization"))
        except ValueError:
            itself = ""
        is_itself = itself and line(self.organization, "id") == itself
        return "" if is_itself else line(self.organization, "name")


def named_facts(thing: Thing, names: tuple[str, ...]) -> dict[str, str]:
    """Facts of ours that stand as attributes of a thing, by name."""
    # Asked as it stands first: of fifty attributes one or two are facts.
    named = (each for each in things(thing, "attributes") if each.get("link_type") in names)
    return {line(each, "link_type"): value for each in named if (value := line(each, "value"))}


def entries_of(row: int, value: Thing) -> Iterator[Entry]:
    """What an object of a file tells of: an organization with its services, a service, or one at its location."""
    if isinstance(value.get("services"), list):
        for service in things(value, "services"):
            yield from _of_service(row, service, value)
    elif isinstance(value.get("service"), dict):
        service = thing_in(value, "service")
        yield Entry(row, service, thing_in(service, "organization"), thing_in(value, "location"), value)
    else:
        yield from _of_service(row, value, thing_in(value, "organization"))


def _of_service(row: int, service: Thing, organization: Thing) -> Iterator[Entry]:
    places = list(things(service, "service_at_locations"))
    for at_location in places or [NOTHING]:
        yield Entry(row, service, organization, thing_in(at_location, "location"), at_location)
