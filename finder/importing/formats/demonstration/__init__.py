"""The demonstration directory: about 2,000 fictional listings, so that the product shows anywhere in the country."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random

from finder.domain.vocabulary import Code, Facet, Tag
from finder.importing.formats.demonstration.brands import brands_by_state, organization_of
from finder.importing.formats.demonstration.chance import generator, happens, one_of
from finder.importing.formats.demonstration.contact import draw_email, draw_phones, draw_website
from finder.importing.formats.demonstration.hours import draw_schedules
from finder.importing.formats.demonstration.ingredients import Dates, Ingredients, Program, ingredients
from finder.importing.formats.demonstration.location import area_of, draw_location
from finder.importing.formats.demonstration.sites import Site, allotment, sites
from finder.importing.formats.demonstration.tags import draw_tags
from finder.listings import ListingDraft
from finder.models import Source

_IN_PERSON = Tag(Facet("attendance"), Code("in_person"))
_YEARS = {"adolescents": (12, 17), "young_adults": (18, 25), "adults": (26, 64), "older_adults": (65, None)}


def demonstration_source() -> Source:
    """The source of the demonstration's listings, marked as fictional."""
    return Source(**ingredients().source, fictional=True)


def demonstration_size() -> int:
    """How many listings there will be."""
    return sum(allotment(ingredients()).values())


def demonstration_listings() -> Iterator[ListingDraft]:
    """Every listing, in an order that never changes. Nothing depends on the day: the same listings tomorrow."""
    parts = ingredients()
    brands = brands_by_state(parts, allotment(parts))
    for site in sites(parts):
        random = generator(parts.seed, site.ref)
        program = parts.programs[
            site.program or one_of(random, {key: each.share for key, each in parts.programs.items()})
        ]
        yield _listing(site, program, brands[site.place.state], parts, random)


def _listing(site: Site, program: Program, brands: Sequence[str], parts: Ingredients, random: Random) -> ListingDraft:
    brand = random.choice(parts.names.groups if program.meeting else brands)
    place = site.place
    tags = draw_tags(program, parts, random)
    confidential = happens(random, program.confidential)
    hides_street = confidential or _IN_PERSON not in tags
    location = area_of(place) if hides_street else draw_location(place, parts.addresses, random)
    verified_on = _verified_on(parts.dates, random)
    minimum_age, maximum_age = _ages(tags)
    return ListingDraft(
        source=parts.source["key"],
        source_ref=site.ref,
        name=f"{random.choice(program.names).format(brand=brand)} {parts.names.mark}",
        organization="" if program.meeting else organization_of(brand, parts),
        description=random.choice(program.descriptions).format(city=place.city),
        city=place.city,
        county=place.county,
        state=place.state,
        postal_code=place.postal_code,
        confidential=confidential,
        time_zone=place.time_zone,
        website=draw_website(brand, parts.contact, random),
        email=draw_email(brand, parts.contact, random),
        fees=_fees(tags, parts, random),
        alert=random.choice(parts.alerts.texts) if happens(random, parts.alerts.percent) else "",
        minimum_age=minimum_age,
        maximum_age=maximum_age,
        verified_on=verified_on,
        review_due_on=verified_on + dt.timedelta(days=parts.dates.review_after_days),
        phones=draw_phones(program, site.area_code, parts.contact, random),
        tags=tags,
        schedules=draw_schedules(program, parts, random),
        **location,
    )


def _fees(tags: frozenset[Tag], parts: Ingredients, random: Random) -> str:
    lines = next((lines for tag, lines in parts.fees.items() if tag in tags), [""])
    return random.choice(lines)


def _ages(tags: frozenset[Tag]) -> tuple[int | None, int | None]:
    """The youngest and the oldest age of the age groups; ``None`` where there is no limit or nothing is said."""
    groups = [_YEARS[tag.code] for tag in tags if tag.facet == "age_group"]
    youngest = min((first for first, _ in groups), default=None)
    lasts = [last for _, last in groups if last is not None]
    return youngest, max(lasts) if groups and len(lasts) == len(groups) else None


def _verified_on(dates: Dates, random: Random) -> dt.date:
    stale = happens(random, dates.stale_percent)
    first, last = (dates.stale_first, dates.stale_last) if stale else (dates.verified_first, dates.verified_last)
    return first + dt.timedelta(days=random.randint(0, (last - first).days))
