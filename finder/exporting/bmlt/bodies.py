"""Who looks after meetings, as BMLT's service bodies: fellowships, and below them organizations and sources.

A meeting belongs to the organization of its listing, or, where no source names one, to the source that it comes from.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from finder.domain.vocabulary import LEVEL_OF_CARE, Facet, vocabulary
from finder.exporting.sources import together

NO_PARENT = 0
_FELLOWSHIP = Facet("fellowship")
_WORLD, _AREA = "WS", "AS"
_NUMBERS = (1 << 53) - 1  # what JavaScript holds exactly

# Drawn once. Another one would give every service body another number, and other sites' settings name them.
_BODIES = uuid.UUID("d0b7c7f2-6c0e-4d3f-8f5e-2f6f0f7f1a5c")


def number_of(id_: uuid.UUID) -> int:
    """A UUID as a number that all clients can hold: its last 53 bits."""
    return id_.int & _NUMBERS


@dataclass(frozen=True, slots=True)
class ServiceBody:
    """A service body. ``website`` and ``helpline`` are empty where its listings don't agree on them.

    Below a fellowship ``description`` is what the sources of its listings want said.
    """

    id: int
    parent: int
    name: str
    description: str = ""
    website: str = ""
    helpline: str = ""

    def row(self) -> dict[str, str]:
        """As ``GetServiceBodies`` tells it."""
        return {
            "id": str(self.id),
            "parent_id": str(self.parent),
            "name": self.name,
            "description": self.description,
            "type": _AREA if self.parent else _WORLD,
            "url": self.website,
            "helpline": self.helpline,
            "world_id": "",
        }


@lru_cache(maxsize=128)
def fellowship_body(codes: frozenset[str]) -> ServiceBody:
    """The body of a listing of these fellowships (codes): of the first, or of groups that belong to none."""
    terms = [term for term in vocabulary().facet(_FELLOWSHIP).terms if term.code in codes]
    term = terms[0] if terms else vocabulary().term(LEVEL_OF_CARE, "support_group")
    return ServiceBody(_numbered(str(term.tag)), NO_PARENT, term.label(), term.explanation())


def body_below(fellowship: ServiceBody, key: str, name: str, **facts: str) -> ServiceBody:
    """The body of an organization or a source, by a key of its own, below its fellowship."""
    return ServiceBody(_numbered(f"{fellowship.id} {key}"), fellowship.id, name, **facts)


def _numbered(key: str) -> int:
    return number_of(uuid.uuid5(_BODIES, key))


def united(bodies: Iterable[ServiceBody]) -> Mapping[int, ServiceBody]:
    """Bodies by number, each once, with all its sources want said, and the website and helpline of all its listings."""
    found: dict[int, ServiceBody] = {}
    for body in bodies:
        known = found.setdefault(body.id, body)
        if known != body:
            found[body.id] = replace(
                known,
                description=_both_said(known.description, body.description),
                website=known.website if known.website == body.website else "",
                helpline=known.helpline if known.helpline == body.helpline else "",
            )
    return found


def _both_said(known: str, more: str) -> str:
    return known if more in known else together(known, more)


def with_parts(bodies: Mapping[int, ServiceBody], some: Collection[int]) -> frozenset[int]:
    """These bodies and those below them."""
    return frozenset(some) | {body.id for body in bodies.values() if body.parent in some}


def chosen(
    bodies: Mapping[int, ServiceBody], wanted: Collection[int], unwanted: Collection[int], *, parts: bool, parents: bool
) -> Sequence[ServiceBody]:
    """The bodies that are asked for, all where none is, in the order of their names within each fellowship."""
    found = frozenset(wanted) or frozenset(bodies)
    out = frozenset(unwanted)
    if parts:
        found, out = with_parts(bodies, found), with_parts(bodies, out)
    found -= out
    if parents:
        found |= {bodies[id_].parent for id_ in found if id_ in bodies}
    return sorted((bodies[id_] for id_ in found if id_ in bodies), key=lambda body: (*_path(bodies, body), body.id))


def _path(bodies: Mapping[int, ServiceBody], body: ServiceBody) -> tuple[str, bool, str]:
    """A fellowship first, then what is below it."""
    above = bodies.get(body.parent)
    return (above.name if above else body.name, above is not None, body.name)
