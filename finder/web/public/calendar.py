"""The meetings of a group, for the visitor's own calendar."""

from http import HTTPStatus

from flask import Response, abort

from finder.domain.schedule import ScheduleKind
from finder.exporting.icalendar import Meeting, meetings_calendar
from finder.exporting.vtimezone import vtimezone
from finder.models import Provider
from finder.search.zones import zone_called
from finder.web.directory import current_directory
from finder.web.filters import checked
from finder.web.languages import gettext
from finder.web.public import blueprint
from finder.web.public.found import found_listing, listing_url
from finder.web.public.listing import address_line


@blueprint.get("/providers/<slug>/calendar.ics")
def meeting_calendar(slug: str) -> Response:
    """The meetings as iCalendar, repeated each week by the clock of the place."""
    listing = found_listing(slug)
    zone = zone_called(listing.time_zone)
    if zone is None or not has_calendar(listing):
        abort(HTTPStatus.NOT_FOUND)
    now = current_directory().now().astimezone(zone)
    text = meetings_calendar(_meetings(listing), listing.time_zone, now)
    headers = {"Content-Disposition": f'attachment; filename="{listing.slug}.ics"', "X-Robots-Tag": "noindex"}
    return Response(text, mimetype="text/calendar", headers=headers)


def has_calendar(listing: Provider) -> bool:
    """Whether the listing has meetings whose times a calendar can hold."""
    meets = any(row.kind is ScheduleKind.MEETING for row in listing.schedules)
    return meets and zone_called(listing.time_zone) is not None and vtimezone(listing.time_zone, 2000) is not None


def _meetings(listing: Provider) -> list[Meeting]:
    return [
        Meeting(
            group=listing.public_id,
            span=row.value,
            summary=listing.name,
            description=_description(listing, row.note),
            location=address_line(listing),
            url=listing_url(listing),
        )
        for row in listing.schedules
        if row.kind is ScheduleKind.MEETING
    ]


def _description(listing: Provider, note: str) -> str:
    numbers = [row.value.label for row in listing.phones[:1]]
    call = [gettext("Call before you go: %(number)s.", number=number) for number in numbers]
    return "\n".join(filter(None, (note, *call, checked(listing))))
