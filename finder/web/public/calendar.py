"""Meetings for the visitor's own calendar: those of a group, and those of a search, to keep or to subscribe to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Response, abort, request

from finder.domain.schedule import ScheduleKind
from finder.exporting.icalendar import Meeting, meetings_calendar
from finder.exporting.vtimezone import vtimezone
from finder.exporting.weekly import weekly_meetings
from finder.extensions import db
from finder.models import Provider, published_providers
from finder.search import LARGEST_PAGE, Criteria, MeetingTime, search
from finder.search.times import starts_then
from finder.search.zones import zone_called
from finder.web.directory import current_directory
from finder.web.filters import checked
from finder.web.languages import gettext
from finder.web.public import blueprint
from finder.web.public.forms import SearchForm
from finder.web.public.found import found_listing, listing_url
from finder.web.public.listing import address_line
from finder.web.public.search import refusal
from finder.web.public.sentences import searched_sentence

MOST_GROUPS = 200
"""Of a search, the first so many places; nobody keeps more meetings in mind, and a phone reads them all each day."""

_AT_ANY_TIME = MeetingTime()


@blueprint.get("/providers/<slug>/calendar.ics")
def meeting_calendar(slug: str) -> Response:
    """The meetings as iCalendar, repeated each week by the clock of the place."""
    listing = found_listing(slug)
    if not has_calendar(listing):
        abort(HTTPStatus.NOT_FOUND)
    now = current_directory().now()
    return _calendar(meetings_calendar(listing.name, _meetings(listing, _AT_ANY_TIME), now), listing.slug)


@blueprint.get("/search.ics")
def results_as_calendar() -> Response:
    """The meetings of a search as iCalendar: of its first places that have any, those at the times asked for.

    It isn't widened as the page is: a calendar shouldn't fill with what its name doesn't say.
    """
    form = SearchForm(request.args)
    if refused := refusal(form):
        return refused
    now = current_directory().now()
    criteria = form.criteria(now)
    wanted = criteria.meeting or _AT_ANY_TIME
    groups = _groups(replace(criteria, meeting=wanted, open_now=False, page_size=LARGEST_PAGE))
    meetings = [meeting for group in groups if has_calendar(group) for meeting in _meetings(group, wanted)]
    return _calendar(meetings_calendar(searched_sentence(criteria, form.place.label), meetings, now), "search")


def _groups(criteria: Criteria) -> Sequence[Provider]:
    """The first places of a search, with all that belongs to them."""
    directory, ids = current_directory(), list[int]()
    for page in range(1, MOST_GROUPS // LARGEST_PAGE + 1):
        found = search(directory, replace(criteria, page=page))
        ids += (hit.listing.id for hit in found.hits)
        if page >= found.pages:
            break
    rows = db.session.scalars(published_providers().where(Provider.id.in_(ids)))
    return sorted(rows, key=lambda row: ids.index(row.id))


def _calendar(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "X-Robots-Tag": "noindex"}
    answer = Response(text, mimetype="text/calendar", headers=headers)
    # Programs that subscribe ask for it again each day; what a person looked for stays in no cache all the same.
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def has_calendar(listing: Provider) -> bool:
    """Whether the listing has meetings whose times a calendar can hold."""
    meets = any(row.kind is ScheduleKind.MEETING for row in listing.schedules)
    return meets and zone_called(listing.time_zone) is not None and vtimezone(listing.time_zone, 2000) is not None


def _meetings(listing: Provider, wanted: MeetingTime) -> Iterator[Meeting]:
    """The listing's meetings at the times that are wanted."""
    for meeting in weekly_meetings(listing.public_id, (row.value for row in listing.schedules), ()):
        span = meeting.span
        if starts_then(wanted, span):
            yield Meeting(
                id=meeting.id,
                span=span,
                time_zone=listing.time_zone,
                changed_at=listing.updated_at,
                summary=listing.name,
                description=_description(listing, span.note, span.join_url, span.join_phone),
                location=address_line(listing),
                url=listing_url(listing),
            )


def _description(listing: Provider, note: str, join_url: str, join_phone: str) -> str:
    numbers = [row.value.label for row in listing.phones[:1]]
    lines = (
        listing.alert,
        note,
        f"{gettext('Join online')}: {join_url}" if join_url else "",
        gettext("Join by phone: %(what)s", what=join_phone) if join_phone else "",
        *(gettext("Call before you go: %(number)s.", number=number) for number in numbers),
        checked(listing),
    )
    return "\n".join(filter(None, lines))
