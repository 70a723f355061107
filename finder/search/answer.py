"""Results as plain data, for JSON: the same on the command line and over HTTP."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from finder.domain.availability import Availability
from finder.domain.geo import Place
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet
from finder.search.criteria import Criteria, MeetingTime
from finder.search.listed import Listed
from finder.search.results import Before, Hit, Relaxation, Results

Data = dict[str, Any]


def results_as_data(results: Results) -> Data:
    """The whole answer in JSON's types; sets as sorted lists, times in ISO 8601.

    ``care_path`` stands in it only where it was asked for.
    """
    care_path = {} if results.care_path is None else {"care_path": _care_path(results.care_path)}
    return {
        "asked": _criteria(results.asked),
        "criteria": _criteria(results.criteria),
        "relaxed": [_relaxation(step) for step in results.relaxed],
        "total": results.total,
        "pages": results.pages,
        "page": results.page,
        "unmapped": results.unmapped,
        "hits": [hit_as_data(hit) for hit in results.hits],
        "counts": {facet: dict(codes) for facet, codes in results.counts.items()},
        **care_path,
        "version": results.version,
        "as_of": results.as_of.isoformat(),
    }


def hit_as_data(hit: Hit) -> Data:
    """One listing of a result list: what a person needs to choose and to call."""
    listing = hit.listing
    return {
        "slug": listing.slug,
        "name": listing.name,
        "organization": listing.organization or None,
        "distance_miles": None if hit.distance_miles is None else round(hit.distance_miles, 2),
        "levels": list(listing.codes(LEVEL_OF_CARE)),
        "phones": [
            {"number": phone.number, "kind": phone.kind.value, "extension": phone.extension} for phone in listing.phones
        ],
        "address": _address(listing),
        "precision": listing.precision.value,
        "verified_on": listing.verified_on.isoformat() if listing.verified_on else None,
        "availability": _availability(hit.availability) if hit.availability else None,
        "missing": [_relaxation(step) for step in hit.missing],
    }


def _care_path(path: Mapping[Code, Hit | None]) -> Data:
    return {level: hit_as_data(hit) if hit else None for level, hit in path.items()}


def _availability(said: Availability) -> Data:
    return {
        "accepting": said.accepting,
        "beds": said.beds,
        "as_of": said.as_of.isoformat(),
        "expires": said.expires.isoformat(),
    }


def _address(listing: Listed) -> Data:
    """The address, without the street where it is confidential."""
    street = {"address_1": listing.address_1, "address_2": listing.address_2}
    if listing.confidential:
        street = dict.fromkeys(street, "")
    area = {name: getattr(listing, name) for name in ("city", "county", "state", "postal_code", "country")}
    return {**street, **area, "confidential": listing.confidential}


def _criteria(criteria: Criteria) -> Data:
    return {
        "near": _place(criteria.near) if criteria.near else None,
        "radius_miles": criteria.radius_miles if criteria.near else None,
        "state": criteria.state,
        "county": criteria.county,
        "needs": _needs(criteria.needs),
        "excluded": [str(tag) for tag in sorted(criteria.excluded)],
        "text": criteria.text,
        "available": criteria.available,
        "meeting": _meeting(criteria.meeting) if criteria.meeting else None,
        "open_now": criteria.open_now,
        "sort": criteria.sort.value,
        "page": criteria.page,
        "page_size": criteria.page_size,
    }


def _needs(needs: Mapping[Facet, Iterable[Code]]) -> Data:
    return {facet: sorted(codes) for facet, codes in needs.items() if codes}


def _meeting(wanted: MeetingTime) -> Data:
    return {
        "weekdays": sorted(wanted.weekdays),
        "earliest": _time(wanted.earliest),
        "latest": _time(wanted.latest),
    }


def _time(time: dt.time | None) -> str | None:
    return time.isoformat("minutes") if time else None


def _place(place: Place) -> Data:
    return {
        "label": place.label,
        "latitude": place.point.latitude,
        "longitude": place.point.longitude,
        "precision": place.precision.value,
    }


def _relaxation(step: Relaxation) -> Data:
    return {
        "kind": step.kind.value,
        "facet": step.facet,
        "before": _before(step.before),
        "after": step.after,
        "safety": step.safety,
    }


def _before(before: Before) -> Data | list[Code] | float | str:
    match before:
        case frozenset():
            return sorted(before)
        case MeetingTime():
            return _meeting(before)
        case _:
            return before
