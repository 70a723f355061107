"""From an entry to a listing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.review import FieldGroup, review_policy
from finder.domain.schedule import ScheduleKind
from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Code, Tag
from finder.importing.clean.name import listing_name
from finder.importing.clean.times import clean_day
from finder.importing.formats.hsds.contact import email, read_numbers, website
from finder.importing.formats.hsds.entry import Entry
from finder.importing.formats.hsds.terms import Said, is_about_substance_use, read_tags
from finder.importing.formats.hsds.times import Times, read_times
from finder.importing.formats.hsds.values import LONGEST_TEXT, line, number, plain_text, text, thing_in, things
from finder.importing.formats.hsds.where import Where, is_virtual, where_found, where_told
from finder.importing.report import ImportReport
from finder.importing.samhsa import NO_LEVEL, NO_NAME, NO_STATE, TOO_LONG
from finder.listings import ListingDraft

NO_ID = "no id"
NOT_ABOUT_IT = "nothing in it is about substance use"
NO_LOCATION = "The source names no location."
CLOSED = "The source says that it has closed."
PAUSED = "The source says that it is closed for now."

_LONGEST_LINE = 200  # what the database keeps of a name, a line of an address, and a reason
_OLDEST = 120
_STATUSES = {"inactive": CLOSED, "defunct": CLOSED, "temporarily closed": PAUSED}
_MEETING = Tag(KIND_OF_CARE, Code("mutual_help_meeting"))
# What people should know beside the description, and what is said before it.
_BESIDE = (
    ("eligibility_description", "For whom: "),
    ("application_process", "How to apply: "),
    ("wait_time", "Waiting time: "),
    ("interpretation_services", "Interpreters: "),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a whole file: the source's key, the day ``as_of`` of facts that bear none, and today."""

    source: str
    as_of: dt.date | None
    today: dt.date


def draft_of(entry: Entry, facts: Facts, report: ImportReport) -> ListingDraft | str:
    """The listing that an entry becomes, or why it becomes none; notes in the report what should be known besides."""
    said = read_tags(entry)
    where = where_told(entry) if entry.is_ours else where_found(entry)
    if reason := _unfit(entry, said, where):
        return reason
    phones, impossible = read_numbers(entry)
    draft = _draft(entry, said, where, facts, phones)
    report.note_unknown(said.unknown)
    report.impossible_phones += impossible
    report.recovered += where.recovered
    report.without_point += draft.point is None
    report.without_phone += not draft.phones
    report.meetings += sum(span.kind is ScheduleKind.MEETING for span in draft.schedules)
    return draft


def _draft(entry: Entry, said: Said, where: Where, facts: Facts, phones: tuple[Phone, ...]) -> ListingDraft:
    times = read_times(entry, _kind_of_times(said), facts.today)
    reasons = [] if entry.is_ours else list(_reasons(entry, said, where))
    return ListingDraft(
        source=facts.source,
        source_ref=entry.ref,
        name=_name(entry),
        organization=entry.organization_name[:_LONGEST_LINE],
        status=Status.DRAFT if reasons else Status.PUBLISHED,
        review_reason=" ".join(reasons)[:_LONGEST_LINE].strip(),
        description=_description(entry, times),
        website=website(entry),
        email=email(entry),
        fees=_fees(entry),
        alert=text(entry.service, "alert"),
        verified_on=_verified_on(entry, facts),
        phones=phones,
        tags=frozenset(said.tags),
        schedules=times.weekly,
        **_place(where),
        **_ages(entry),
        **_availability(entry, facts.today),
    )


def _name(entry: Entry) -> str:
    """The service's name, of which "Outpatient Treatment" alone tells nobody where to go."""
    name, organization = line(entry.service, "name"), entry.organization_name
    if entry.is_ours or organization.casefold() in name.casefold():
        return name
    both = listing_name(organization, name)
    return both if len(both) <= _LONGEST_LINE else name


def _unfit(entry: Entry, said: Said, where: Where) -> str:
    name = _name(entry)
    if not entry.ref:
        return NO_ID
    if not name:
        return NO_NAME
    if max(len(name), where.longest_line) > _LONGEST_LINE:
        return TOO_LONG
    return "" if entry.is_ours or is_about_substance_use(entry, said.tags) else NOT_ABOUT_IT


def _reasons(entry: Entry, said: Said, where: Where) -> Iterator[str]:
    """Why a person must look at the listing before the public sees it."""
    if closed := _STATUSES.get(line(entry.service, "status").casefold()):
        yield closed
    if all(tag.facet != LEVEL_OF_CARE for tag in said.tags):
        yield NO_LEVEL
    if not entry.location:
        yield NO_LOCATION
    elif not where.state and not is_virtual(entry):
        yield NO_STATE
    if where.doubt and not is_virtual(entry):
        yield where.doubt


def _kind_of_times(said: Said) -> ScheduleKind:
    return ScheduleKind.MEETING if _MEETING in said.tags else ScheduleKind.HOURS


def _description(entry: Entry, times: Times) -> str:
    if entry.is_ours:
        return text(entry.service, "description")
    beside = (f"{words}{told}" for name, words in _BESIDE if (told := plain_text(entry.service, name)))
    lines = (
        plain_text(entry.service, "description"),
        plain_text(entry.at_location, "description"),
        *beside,
        *times.others,
    )
    return "\n".join(dict.fromkeys(each for each in lines if each))[:LONGEST_TEXT]


def _fees(entry: Entry) -> str:
    said = text(entry.service, "fees_description") or text(entry.service, "fees")
    return said or "\n".join(filter(None, (_cost(option) for option in things(entry.service, "cost_options"))))


def _cost(option: Any) -> str:
    amount = number(option, "amount")
    price = "" if amount is None else f"{amount:,.2f} {line(option, 'currency', 3).upper() or 'USD'}"
    parts = (line(option, "option"), price, line(option, "amount_description"))
    return ", ".join(part for part in parts if part)


def _verified_on(entry: Entry, facts: Facts) -> dt.date | None:
    day = clean_day(line(entry.service, "assured_date"))
    return day if day and day <= facts.today else facts.as_of


def _place(where: Where) -> dict[str, Any]:
    return {name: value for name, value in where._asdict().items() if name not in {"recovered", "doubt"}}


def _ages(entry: Entry) -> dict[str, Any]:
    youngest, oldest = (_age(number(entry.service, name)) for name in ("minimum_age", "maximum_age"))
    if youngest is not None and oldest is not None and youngest > oldest:
        return {}
    return {"minimum_age": youngest, "maximum_age": oldest}


def _age(years: float | None) -> int | None:
    return int(years) if years is not None and 0 <= years <= _OLDEST else None


def _availability(entry: Entry, today: dt.date) -> dict[str, Any]:
    """What is told of room, with the two moments of ours, or for as long as the policy of reviews believes it."""
    beds = next((each for each in things(entry.service, "capacities") if _is_of_beds(each)), {})
    as_of = _moment(entry.facts.get("availability_as_of", "")) or _moment(line(beds, "updated"))
    if as_of is None:
        return {}
    believed = dt.timedelta(days=review_policy().groups[FieldGroup.AVAILABILITY].days)
    expires = _moment(entry.facts.get("availability_expires", "")) or as_of + believed
    if expires <= as_of or expires.date() < today:
        return {}
    free = number(beds, "available")
    return {
        "accepting": {"true": True, "false": False}.get(entry.facts.get("accepting_new_people", "")),
        "beds": None if free is None or free < 0 else int(free),
        "availability_as_of": as_of,
        "availability_expires": expires,
    }


def _is_of_beds(capacity: Any) -> bool:
    return line(thing_in(capacity, "unit"), "name").casefold() in {"bed", "beds"}


def _moment(text_of_moment: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text_of_moment)
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None
