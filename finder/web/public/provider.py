"""The page of one place."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from finder.domain.schedule import ScheduleKind
from finder.domain.vocabulary import LEVEL_OF_CARE, Term
from finder.extensions import db
from finder.listings.freshness import last_changes
from finder.listings.standing import load_standings
from finder.models import Provider, Source
from finder.search.presently import presently
from finder.web.directory import current_directory
from finder.web.languages import gettext, language
from finder.web.public import blueprint
from finder.web.public.calendar import has_calendar
from finder.web.public.found import found_listing
from finder.web.public.fresh import Fresh, freshness, room_sentences
from finder.web.public.listing import Group, address_line, groups, terms_by_facet
from finder.web.public.nearby import Alternatives, alternatives
from finder.web.public.questions import questions
from finder.web.public.structured import json_ld_for_a_page, structured
from finder.web.public.week import Days, now_sentences, week, zone_words


@blueprint.get("/providers/<slug>")
def provider(slug: str) -> str:
    """All that is known of one place."""
    listing = found_listing(slug)
    return render_template("public/provider.html", listing=listing, page=provider_page(listing))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPage:
    """What the template lays out beside the listing's own fields, all in the language of the page.

    ``joins`` is whether people can join a meeting from elsewhere. ``present`` is what is on at this moment, ``room``
    what the place said of its room for new people, ``description`` a line for lists of search engines.
    """

    levels: tuple[Term, ...]
    present: tuple[str, ...]
    room: tuple[str, ...]
    questions: tuple[str, ...]
    groups: Mapping[str, Group]
    hours: tuple[Days, ...]
    meetings: tuple[Days, ...]
    joins: bool
    time_zone: str
    has_calendar: bool
    directions: str
    fresh: tuple[Fresh, ...]
    sources: tuple[Source, ...]
    nearby: tuple[Alternatives, ...]
    description: str
    json_ld: Markup


def provider_page(listing: Provider) -> ProviderPage:
    """The page of a listing at this moment."""
    directory = current_directory()
    now = directory.now()
    session = db.session()
    standings = load_standings(session, [listing.id]).get(listing.id, {})
    spans = [row.value for row in listing.schedules]
    present = presently(spans, listing.time_zone, now)
    levels = terms_by_facet(listing).get(LEVEL_OF_CARE, ())
    return ProviderPage(
        levels=levels,
        present=now_sentences(present) if present else (),
        room=room_sentences(listing, now),
        questions=questions(levels),
        groups=groups(listing),
        hours=week(span for span in spans if span.kind is ScheduleKind.HOURS),
        meetings=week(span for span in spans if span.kind is ScheduleKind.MEETING),
        joins=any(span.join_url or span.join_phone for span in spans),
        time_zone=zone_words(listing.time_zone),
        has_calendar=has_calendar(listing),
        directions=address_line(listing),
        fresh=freshness(listing, last_changes(session, listing.id), standings),
        sources=listing.sources,
        nearby=alternatives(directory, listing),
        description=_description(listing, levels),
        json_ld=json_ld_for_a_page(structured(listing, now)),
    )


def _description(listing: Provider, levels: tuple[Term, ...]) -> str:
    """The place in a line: "Harbor House. Detox. Chicago, IL. Phone, cost, days and times, and what to ask ..."."""
    kinds = ", ".join(term.label(language()) for term in levels)
    city = ", ".join(filter(None, (listing.city, listing.state)))
    about = gettext("Phone, cost, days and times, and what to ask on the call.")
    return ". ".join(filter(None, (listing.name, kinds, city, about)))
