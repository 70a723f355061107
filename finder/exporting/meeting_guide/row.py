"""The weekly meetings of a listing as the rows of a Meeting Guide feed (https://github.com/code4recovery/spec)."""

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from finder.domain.joining import PHONE_REMARK, read_dial
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Tag
from finder.exporting.meeting_guide.remarks import Remarks, remarks_beside, remarks_on_all
from finder.exporting.meeting_guide.types import BY_TAG, LOCATION_CLOSED, types_of
from finder.exporting.meeting_guide.where import where
from finder.exporting.weekly import ATTENDANCE, WeeklyMeeting, weekly_meetings

_LONGEST_SLUG = 64
_ID_DIGITS = 12  # of a meeting's id: 48 bits
_ONE_TAP = re.compile(r"\+?[0-9,*#]+", re.ASCII)
_PHONE, _ONLINE, _IN_PERSON, _HYBRID = map(Code, ("phone", "online", "in_person", "hybrid"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A published listing with its facts (as in `finder.listings.ListingDraft`), and what must be said of its source.

    ``page`` is the address of its page.
    """

    public_id: uuid.UUID
    slug: str
    page: str
    facts: Mapping[str, Any]
    source_name: str
    source_url: str
    attribution: str


def rows_of(group: Group) -> Iterator[dict[str, Any]]:
    """The group's meetings, one row each, in the order of the week. What isn't known isn't there."""
    facts = group.facts
    spans = [span for span in facts["schedules"] if span.kind is ScheduleKind.MEETING]
    on_all = remarks_on_all(facts["description"], spans)
    meetings = [_Meeting(group, weekly, spans) for weekly in weekly_meetings(group.public_id, spans, facts["tags"])]
    has_own_notes = any(meeting.remarks.text for meeting in meetings)
    of_group = _of_group(group) | where(facts) | {"group_notes": on_all.text if has_own_notes else ""}
    shared = _told(of_group)
    at_once = Counter((span.weekday, span.opens_at) for span in spans)
    for meeting in meetings:
        name, own = meeting.name_and_notes(is_alone=at_once[meeting.begins] == 1)
        notes = (facts["alert"], own if has_own_notes else on_all.text)
        fields = meeting.fields(on_all, has_place="address" in shared)
        yield shared | _told(fields | {"name": name, "notes": "\n".join(filter(None, notes))})


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [])}


def _of_group(group: Group) -> dict[str, Any]:
    facts = group.facts
    helpline = next((phone for phone in facts["phones"] if phone.kind is PhoneKind.HOTLINE), None)
    fellowships = sorted(str(tag.code) for tag in facts["tags"] if tag.facet == "fellowship")
    return {
        "group": facts["name"],
        "listing_id": str(group.public_id),
        "timezone": facts["time_zone"],
        "url": group.page,
        "website": _followed(facts["website"]),
        "updated": f"{facts['verified_on']} 00:00:00" if facts["verified_on"] else "",
        "entity": facts["organization"] or group.source_name,
        "entity_phone": _with_hyphens(helpline) if helpline else "",
        "entity_url": _followed(group.source_url),
        "entity_website_url": _followed(group.source_url),
        "attribution": group.attribution,
        "fellowship": fellowships[0] if len(fellowships) == 1 else "",
    }


def _followed(address: str) -> str:
    """An address that a program may lead people to."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def _with_hyphens(phone: Phone) -> str:
    """As the specification writes numbers: "+1-202-555-0123"."""
    national = phone.national
    return national if national.startswith("+") else f"+1-{national}"


class _Meeting:
    """One weekly meeting of a group, in its fields."""

    def __init__(self, group: Group, weekly: WeeklyMeeting, spans: Collection[Schedule]) -> None:
        self._group, self._weekly = group, weekly
        self._attended, self._types = _kinds(weekly.tags, group.facts["tags"])
        self._option = _option(self._attended, weekly.span, spans)
        self.remarks: Remarks = remarks_beside(weekly.span, weekly.tags, self._is_told)

    def _is_told(self, tag: Tag) -> bool:
        """Whether a type, the fields for the conference, or ``attendance_option`` say what the tag says."""
        if tag.facet == ATTENDANCE:
            return tag.code != _PHONE or bool(self._weekly.span.join_phone)
        return BY_TAG.get(tag) in self._types

    @property
    def begins(self) -> tuple[int, dt.time]:
        """On which day and when."""
        return self._weekly.span.weekday, self._weekly.span.opens_at

    def name_and_notes(self, *, is_alone: bool) -> tuple[str, str]:
        """What it is called and what is said of it. A meeting beside another one of the group has its own name, or
        programs would take the two for one."""
        name, _, rest = ("", "", self.remarks.text) if is_alone else self.remarks.text.partition(". ")
        return name or self._group.facts["name"], rest

    def fields(self, on_all: Remarks, *, has_place: bool) -> dict[str, Any]:
        """What this meeting has of its own; ``on_all`` is said of all meetings of the group, ``has_place`` whether the
        group is somewhere."""
        span = self._weekly.span
        closed = (LOCATION_CLOSED,) if has_place and self._is_only_remote else ()
        types = (*self._types, *on_all.types, *self.remarks.types, *closed)
        return {
            "slug": f"{self._group.slug[: _LONGEST_SLUG - _ID_DIGITS - 1]}-{self._weekly.id.hex[:_ID_DIGITS]}",
            "day": (span.weekday + 1) % 7,
            "time": f"{span.opens_at:%H:%M}",
            "end_time": f"{span.closes_at:%H:%M}" if span.closes_at else "",
            "types": list(dict.fromkeys(types)),
            "attendance_option": self._option,
            **_conference(span, self.remarks.online or on_all.online, self.remarks.phone or on_all.phone),
        }

    @property
    def _is_only_remote(self) -> bool:
        return bool(self._attended) and self._attended.isdisjoint((_IN_PERSON, _HYBRID))


@lru_cache(maxsize=4096)  # groups have the same few hundred sets of tags
def _kinds(tags: frozenset[Tag], group: frozenset[Tag]) -> tuple[frozenset[Code], tuple[str, ...]]:
    """How people attend, and the types."""
    attended = frozenset(tag.code for tag in tags if tag.facet == ATTENDANCE)
    return attended, tuple(sorted(types_of(tags, group)))


def _option(attended: Collection[Code], span: Schedule, spans: Collection[Schedule]) -> str:
    """How people attend. Where a group says "in person" and "online" and some of its meetings tell how to join online,
    the others are in person; that people join by phone alone has no word of its own."""
    if _HYBRID in attended:
        return str(_HYBRID)
    if _IN_PERSON in attended and _ONLINE in attended:
        is_joined = bool(span.join_url) or not any(each.join_url for each in spans)
        return str(_HYBRID if is_joined else _IN_PERSON)
    return next((str(code) for code in (_IN_PERSON, _ONLINE) if code in attended), "")


def _conference(span: Schedule, online_notes: str, phone_notes: str) -> dict[str, str]:
    """How to join from elsewhere: the number alone, or with what to enter if one can tap it all at once."""
    if not (span.join_url or span.join_phone):
        return {}
    dial = read_dial(span.join_phone)
    number, more = (dial.phone.number, dial.then) if dial.phone else ("", dial.then and PHONE_REMARK + dial.then)
    if _ONE_TAP.fullmatch(span.join_phone):
        number, more = span.join_phone, ""
    return {
        "conference_url": _followed(span.join_url),
        "conference_url_notes": online_notes,
        "conference_phone": number,
        "conference_phone_notes": " ".join(filter(None, (more, phone_notes))),
    }
