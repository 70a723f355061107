"""What the form of a listing makes of what people type, and of what they leave alone."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, FormField, SelectMultipleField, TextAreaField

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag
from finder.listings import ListingDraft
from finder.listings.own import nothing_yet
from finder.web.admin.listing_form.form import ListingForm, Pressed
from tests.factories import NOW, a_draft, tags
from tests.strategies import drafts

MONDAY, TUESDAY = 0, 1
NINE, FIVE = dt.time(9), dt.time(17)


def fields_of(fields: Any) -> Iterator[Field]:
    """The fields in which a person types, those of rows too."""
    for field in fields:
        if isinstance(field, FieldList | FormField):
            yield from fields_of(field)
        else:
            yield field


def sent(form: ListingForm) -> MultiDict[str, str]:
    """What a browser sends of the form as it stands."""
    pairs: list[tuple[str, str]] = []
    for field in fields_of(form):
        if isinstance(field, SelectMultipleField):
            pairs += [(field.name, value) for value in field.data]
        elif isinstance(field, BooleanField):
            pairs += [(field.name, "y")] if field.data else []
        else:
            text = (field.data or "").replace("\r\n", "\n").replace("\r", "\n")
            is_area = isinstance(field, TextAreaField)
            pairs.append((field.name, text.replace("\n", "\r\n") if is_area else text.replace("\n", "")))
    return MultiDict(pairs)


def said(before: ListingDraft, pressed: Pressed = Pressed.SAVE, **typed: Any) -> tuple[dict[str, Any], ListingForm]:
    """What the form tells whose named fields somebody changed, by what it told before; none may be wrong."""
    facts, form = read(before, pressed, **typed)
    assert facts is not None, [(field.name, field.errors) for field in form.faulty]
    return facts, form


def read(
    before: ListingDraft, pressed: Pressed = Pressed.SAVE, **typed: Any
) -> tuple[dict[str, Any] | None, ListingForm]:
    """The same, right or wrong. Names of rows are ``phones__0__number``."""
    changed = sent(ListingForm(before.facts(), 1))
    for name, value in typed.items():
        changed.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    form = ListingForm(before.facts(), 1, changed)
    return form.facts(pressed, NOW), form


def changed(before: ListingDraft, after: dict[str, Any]) -> dict[str, Any]:
    """The facts that differ, as they are afterwards."""
    return {name: fact for name, fact in after.items() if fact != before.facts()[name]}


@settings(max_examples=50)
@given(drafts())
def test_a_form_that_is_sent_back_as_it_was_changes_nothing(draft: ListingDraft) -> None:
    facts, _ = said(draft)

    assert changed(draft, facts) == {}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"name": "  Harbor \n House "}, {"name": "Harbor House"}),
        ({"description": "One.\r\n\r\nTwo.\x07 "}, {"description": "One.\n\nTwo."}),
        ({"website": "harbor.example"}, {"website": "https://harbor.example"}),
        ({"website": ""}, {"website": ""}),
        ({"minimum_age": "18", "maximum_age": "24"}, {"minimum_age": 18, "maximum_age": 24}),
        ({"phones__0__number": "(773) 555-0100", "phones__0__extension": "9"},
         {"phones": (Phone("+17735550100", PhoneKind.MAIN, "9"), Phone("+13125550124", PhoneKind.INTAKE, "7"))}),
        ({"phones__0__number": ""}, {"phones": (Phone("+13125550124", PhoneKind.INTAKE, "7"),)}),
        ({"phones__2__number": "800-555-0199", "phones__2__kind": "hotline"},
         {"phones": (Phone("+13125550123"), Phone("+13125550124", PhoneKind.INTAKE, "7"),
                     Phone("+18005550199", PhoneKind.HOTLINE))}),
        ({"schedules__0__closes_at": ""}, {"schedules": (Schedule(MONDAY, NINE),)}),
        ({"schedules__1__days": "0123456", "schedules__1__opens_at": "19:30", "schedules__1__kind": "meeting",
          "schedules__1__note": "Newcomers welcome"},
         {"schedules": (Schedule(MONDAY, NINE, FIVE), *(
             Schedule(day, dt.time(19, 30), None, ScheduleKind.MEETING, "Newcomers welcome") for day in range(7)))}),
        ({"schedules__0__join_url": "conference.example/j/1?pwd=a", "schedules__0__join_phone": "+13125550142,,123#"},
         {"schedules": (Schedule(MONDAY, NINE, FIVE, join_url="https://conference.example/j/1?pwd=a",
                                 join_phone="+13125550142,,123#"),)}),
        ({"tags": ["level_of_care:detox", "payment:medicaid"]},
         {"tags": tags("level_of_care:detox", "payment:medicaid")}),
        ({"accepting": "yes", "beds": "3"},
         {"accepting": True, "beds": 3, "availability_as_of": NOW, "availability_expires": NOW + dt.timedelta(7)}),
        ({"accepting": "no", "counts_for": "1"},
         {"accepting": False, "availability_as_of": NOW, "availability_expires": NOW + dt.timedelta(1)}),
        ({"latitude": "41.9", "longitude": " -87.7 ", "precision": "address"},
         {"point": Point(41.9, -87.7), "precision": Precision.ADDRESS}),
        ({"latitude": "", "longitude": ""}, {"point": None, "precision": Precision.NONE}),
        ({"time_zone": "America/Denver"}, {"time_zone": "America/Denver"}),
        ({"state": "illinois", "postal_code": "60601 - 1234"}, {"postal_code": "60601-1234"}),
        ({"confidential": "y"}, {"confidential": True}),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_people_mean_it(typed: dict[str, Any], expected: dict[str, Any]) -> None:
    before = a_draft(address_1="5 North Example Street")

    facts, _ = said(before, **typed)

    assert changed(before, facts) == expected


@pytest.mark.parametrize(
    ("typed", "where", "told"),
    [
        ({"name": " "}, "name", "Enter the name"),
        ({"name": "x" * 201}, "name", "at most 200 characters"),
        ({"alert": "x" * 5001}, "alert", "at most 5000 characters"),
        ({"website": "javascript:alert(1)"}, "website", "web address"),
        ({"website": "https://" + "x" * 300 + ".example"}, "website", "at most 300"),
        ({"email": "nobody"}, "email", "name@example.org"),
        ({"minimum_age": "30", "maximum_age": "20"}, "minimum_age", "above the oldest"),
        ({"minimum_age": "-1"}, "minimum_age", "whole number"),
        ({"maximum_age": "²"}, "maximum_age", "whole number"),
        ({"state": "Atlantis"}, "state", "such as IL"),
        ({"postal_code": "606011"}, "postal_code", "five digits"),
        ({"latitude": "north"}, "latitude", "in degrees"),
        ({"latitude": "nan"}, "latitude", "in degrees"),
        ({"latitude": ""}, "latitude", "in degrees"),
        ({"longitude": "87.6229"}, "longitude", "more than 60 miles"),
        ({"latitude": "41.9", "precision": "exact"}, "precision", "stands for"),
        ({"latitude": "41.9", "precision": "none"}, "precision", "stands for"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "time zone of the list"),
        ({"phones__0__number": "555"}, "phones-0-number", "can be dialed"),
        ({"phones__0__extension": "front desk"}, "phones-0-number", "can be dialed"),
        ({"phones__0__kind": "fax"}, "phones-0-kind", "what the number is for"),
        ({"schedules__0__days": ""}, "schedules-0-days", "Choose the day"),
        ({"schedules__0__days": "9"}, "schedules-0-days", "Choose the day"),
        ({"schedules__0__opens_at": ""}, "schedules-0-opens_at", "when it begins"),
        ({"schedules__0__closes_at": "late"}, "schedules-0-closes_at", "such as 09:00"),
        ({"schedules__0__note": "x" * 201}, "schedules-0-note", "at most 200"),
        ({"schedules__0__join_url": "javascript:alert(1)"}, "schedules-0-join_url", "web address"),
        ({"schedules__0__join_phone": "ask Pat"}, "schedules-0-join_phone", "can be dialed"),
        (
            {"schedules__1__join_phone": "+13125550142", "schedules__1__days": "1", "schedules__1__kind": "meeting"},
            "schedules-1-opens_at",
            "when it begins",
        ),
        ({"tags": ["payment:gold"]}, "tags", "tags of the list"),
        ({"beds": "many"}, "beds", "whole number"),
        ({"beds": "1", "counts_for": "999"}, "counts_for", "how long"),
        ({"checked": ["everything"]}, "checked", "groups of the list"),
        ({"checked": ["phone"], "checked_by": "import"}, "checked_by", "how you checked"),
        ({"why": "x" * 301}, "why", "at most 300"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(typed: dict[str, Any], where: str, told: str) -> None:
    facts, form = read(a_draft(), **typed)

    assert facts is None
    assert [field.name for field in form.faulty] == [where]
    assert told in form.faulty[0].errors[0]


def test_another_address_takes_its_own_position_county_and_clock() -> None:
    before = a_draft(point=Point(41.9, -87.7), precision=Precision.ADDRESS)

    facts, form = said(before, address_1="1 Main Street", city="Phoenix", county="", state="AZ", postal_code="85004")

    assert form.is_roughly_placed
    assert (facts["precision"], facts["county"], facts["time_zone"]) == (
        Precision.ZIP, "Maricopa County", "America/Phoenix",
    )  # fmt: skip
    assert abs(facts["point"].latitude - 33.45) < 0.1


def test_another_spelling_of_the_address_keeps_its_position() -> None:
    before = a_draft(address_1="5 North Example Street", point=Point(41.9, -87.7), precision=Precision.ADDRESS)

    facts, _ = said(before, address_1="5 N. Example St", address_2="Suite 4")

    assert changed(before, facts) == {"address_1": "5 N. Example St", "address_2": "Suite 4"}


def test_a_time_zone_that_somebody_chose_outlives_another_address() -> None:
    before = a_draft(time_zone="America/Denver")

    facts, _ = said(before, city="Evanston", postal_code="60201")

    assert facts["time_zone"] == "America/Denver"


def test_a_confidential_address_has_no_exact_position() -> None:
    before = a_draft(point=Point(41.9, -87.7), precision=Precision.ADDRESS)

    facts, _ = said(before, confidential="y")

    assert facts["precision"] is Precision.ZIP
    assert facts["point"] != before.point


def test_a_tag_that_the_vocabulary_no_longer_has_stays() -> None:
    old = Tag(Facet("payment"), Code("shells"))
    before = a_draft(tags=tags("level_of_care:detox") | {old})

    facts, _ = said(before, tags=["level_of_care:inpatient"])

    assert facts["tags"] == tags("level_of_care:inpatient") | {old}


@pytest.mark.parametrize(
    ("status", "pressed", "typed", "expected"),
    [
        (Status.PUBLISHED, Pressed.SAVE, "", (Status.PUBLISHED, "")),
        (Status.HIDDEN, Pressed.SAVE, "", (Status.HIDDEN, "")),
        (Status.RETIRED, Pressed.PUBLISH, "", (Status.PUBLISHED, "")),
        (Status.DRAFT, Pressed.PUBLISH, "Call them", (Status.PUBLISHED, "")),
        (Status.DRAFT, Pressed.SAVE, "Call  again", (Status.DRAFT, "Call again")),
        (Status.DRAFT, Pressed.SAVE, "", None),
    ],
)
def test_the_button_decides_who_sees_it(
    status: Status, pressed: Pressed, typed: str, expected: tuple[Status, str] | None
) -> None:
    before = a_draft(status=status, review_reason="Call them" if status is Status.DRAFT else "")

    facts, form = read(before, pressed, review_reason=typed)

    assert (facts and (facts["status"], facts["review_reason"])) == expected
    assert [field.name for field in form.faulty] == ([] if expected else ["review_reason"])


def test_a_new_listing_is_a_draft_until_it_is_published() -> None:
    form = ListingForm(nothing_yet(), 0, MultiDict({"name": "Harbor House", "review_reason": "Call them"}))

    facts = form.facts(Pressed.SAVE, NOW)

    assert facts
    assert (facts["name"], facts["status"], facts["point"]) == ("Harbor House", Status.DRAFT, None)


def test_there_are_three_empty_rows_and_more_on_demand() -> None:
    form = ListingForm(a_draft().facts(), 1)
    form.add_phones()

    assert (len(form.phones), len(form.schedules)) == (2 + 3 + 3, 1 + 3)
    assert [row.number.data for row in form.phones][:3] == ["312-555-0123", "312-555-0124", None]


def test_what_was_checked_is_corrected_where_it_changed_and_confirmed_elsewhere() -> None:
    before = a_draft()
    facts, form = said(before, checked=["phone", "payment", "services"], checked_by="visit", tags=["payment:medicaid"])

    findings = form.findings(before.facts(), facts, NOW.date())

    assert {finding.group: finding.result for finding in findings} == {
        FieldGroup.PHONE: CheckResult.CONFIRMED,
        FieldGroup.SERVICES: CheckResult.CORRECTED,
        FieldGroup.PAYMENT: CheckResult.CONFIRMED,
    }
    assert {finding.method for finding in findings} == {CheckMethod.VISIT}
