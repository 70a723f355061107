"""What a listing offers."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from finder.exporting.hsds.attributes import FACTS, named_attributes, tags_as_attributes
from finder.exporting.hsds.contact import email_address, phones, web_address
from finder.exporting.hsds.history import metadata
from finder.exporting.hsds.ids import part_id, service_at_location_id, service_id
from finder.exporting.hsds.location import location
from finder.exporting.hsds.organization import organization_summary
from finder.exporting.hsds.schedule import schedules
from finder.exporting.hsds.telling import Data, Telling, said
from finder.exporting.sources import together
from finder.models import Provider, Revision

_FOR_WHOM = frozenset({"age_group", "gender", "population"})
BEDS = MappingProxyType({"id": "0c2b8a52-4a1d-4d9a-8a57-3a4d41b6b1de", "name": "bed"})

# The two-letter codes (ISO 639-1) of languages, or three letters (639-3) where there are none.
_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "arabic": "ar",
        "chinese": "zh",
        "creole": "ht",
        "farsi": "fa",
        "french": "fr",
        "german": "de",
        "greek": "el",
        "hebrew": "he",
        "hindi": "hi",
        "hmong": "hmn",
        "hopi": "hop",
        "italian": "it",
        "japanese": "ja",
        "korean": "ko",
        "lakota": "lkt",
        "navajo": "nv",
        "ojibwa": "oj",
        "polish": "pl",
        "portuguese": "pt",
        "russian": "ru",
        "spanish": "es",
        "tagalog": "tl",
        "vietnamese": "vi",
        "yupik": "esu",
    }
)


def service_minimal(public_id: uuid.UUID, updated_at: dt.datetime) -> Data:
    """A listing's id and last change. HSDS's text calls the latter ``modified_date``, its schema ``last_modified``."""
    return {"id": public_id, "modified_date": updated_at, "last_modified": updated_at}


def service_summary(listing: Provider, telling: Telling) -> Data:
    """The service without what there may be several of, but with its organization."""
    owner = listing.organization
    return said(
        id=service_id(listing),
        organization_id=owner.public_id if owner else None,
        name=listing.name,
        description=listing.description,
        url=web_address(listing.website),
        email=email_address(listing.email),
        status="active",
        fees_description=listing.fees,
        accreditations=_labels(listing, telling, frozenset({"accreditation"})),
        eligibility_description=_labels(listing, telling, _FOR_WHOM),
        minimum_age=listing.minimum_age,
        maximum_age=listing.maximum_age,
        assured_date=listing.verified_on,
        alert=listing.alert,
        last_modified=listing.updated_at,
        organization=organization_summary(owner) if owner else None,
    )


def service(
    listing: Provider, telling: Telling, changes: Iterable[Revision] = (), *, with_location: bool = True
) -> Data:
    """The service with all that belongs to it; ``changes`` are the listing's newest revisions, newest first."""
    labels = {**FACTS, "source": listing.source.name}
    facts = named_attributes("service", service_id(listing), _facts(listing, telling), labels)
    return service_summary(listing, telling) | said(
        phones=phones(listing),
        schedules=schedules(listing, telling),
        service_at_locations=[_at_location(listing, telling)] if with_location else [],
        languages=list(_languages(listing, telling)),
        cost_options=list(_cost(listing)),
        capacities=list(_capacities(listing, telling)),
        attributes=[*tags_as_attributes(listing, telling), *facts],
        metadata=list(metadata(listing, changes)),
    )


def _at_location(listing: Provider, telling: Telling) -> Data:
    return {"id": service_at_location_id(listing.public_id), "location": location(listing, telling)}


def _labels(listing: Provider, telling: Telling, facets: frozenset[str]) -> str:
    """What people read for the tags of these facets."""
    terms = telling.known((row.facet, row.code) for row in listing.tags if row.facet in facets)
    return ", ".join(dict.fromkeys(term.label() for term in terms))


def _languages(listing: Provider, telling: Telling) -> Iterator[Data]:
    for term in telling.known((row.facet, row.code) for row in listing.tags if row.facet == "language"):
        yield said(
            id=part_id(listing, f"language {term.code}"),
            service_id=service_id(listing),
            name=term.label(),
            code=_LANGUAGES.get(term.code),
        )


def _cost(listing: Provider) -> Iterator[Data]:
    if listing.fees:
        yield {
            "id": part_id(listing, "cost option"),
            "service_id": service_id(listing),
            "amount_description": listing.fees,
        }


def _capacities(listing: Provider, telling: Telling) -> Iterator[Data]:
    """The free beds that the place told of, as long as that counts."""
    told = listing.availability_at(telling.now)
    if told and told.beds is not None:
        yield {
            "id": part_id(listing, "capacity"),
            "service_id": service_id(listing),
            "unit": dict(BEDS),
            "available": told.beds,
            "description": f"Free beds. What was told counts until {told.expires.isoformat()}.",
            "updated": told.as_of,
        }


def _facts(listing: Provider, telling: Telling) -> dict[str, str]:
    told = listing.availability_at(telling.now)
    accepting = {True: "true", False: "false", None: ""}[told.accepting if told else None]
    return {
        "accepting_new_people": accepting,
        "availability_as_of": told.as_of.isoformat() if told else "",
        "availability_expires": told.expires.isoformat() if told else "",
        "website": "" if web_address(listing.website) else listing.website,
        "source": together(*(source.attribution or source.name for source in listing.sources)),
    }
