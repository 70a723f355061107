"""Changes, as history keeps them."""

import dataclasses
import datetime as dt
import json

from hypothesis import given

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule
from finder.listings import ListingDraft
from finder.listings.history import all_as_json, as_json, changes, from_json
from tests.factories import a_draft, tags
from tests.strategies import drafts


def test_only_what_changed_stands_in_history_with_what_it_was_before() -> None:
    before = a_draft(name="Lakeview", city="Chicago").facts()

    assert changes(before, before | {"name": "Lakeview Center"}) == {"name": ["Lakeview", "Lakeview Center"]}


def test_what_is_taken_away_stands_in_history() -> None:
    before = a_draft(website="https://lakeview.example/").facts()

    assert changes(before, before | {"website": ""}) == {"website": ["https://lakeview.example/", ""]}


def test_the_first_entry_has_all_that_is_said_and_nothing_that_is_not() -> None:
    first = changes({}, a_draft(name="Lakeview", email="", phones=()).facts())

    assert first["name"] == [None, "Lakeview"]
    assert not {"email", "phones", "maximum_age"} & set(first)


def test_every_kind_of_fact_is_kept_in_a_form_that_a_person_can_read() -> None:
    facts = a_draft(
        point=Point(41.88, -87.62),
        precision=Precision.ADDRESS,
        verified_on=dt.date(2026, 10, 1),
        phones=(Phone("+13125550123", PhoneKind.INTAKE, "7"),),
        tags=tags("payment:medicaid", "level_of_care:detox"),
        schedules=(Schedule(0, dt.time(9), dt.time(17, 30)),),
        accepting=False,
        beds=0,
        availability_as_of=dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC),
        availability_expires=dt.datetime(2026, 11, 3, 15, tzinfo=dt.UTC),
    ).facts()

    first = json.loads(json.dumps(changes({}, facts)))

    assert first["point"] == [None, [41.88, -87.62]]
    assert first["precision"] == [None, "address"]
    assert first["verified_on"] == [None, "2026-10-01"]
    assert first["phones"] == [None, [["+13125550123", "intake", "7"]]]
    assert first["tags"] == [None, ["level_of_care:detox", "payment:medicaid"]]
    assert (first["accepting"], first["beds"]) == ([None, False], [None, 0])
    assert first["availability_as_of"] == [None, "2026-11-02T15:00:00+00:00"]
    assert first["availability_expires"] == [None, "2026-11-03T15:00:00+00:00"]
    assert first["schedules"] == [None, [[0, "09:00:00", "17:30:00", "hours", ""]]]


def test_times_of_entries_that_are_older_than_ways_to_join_are_read_as_before() -> None:
    plain = Schedule(0, dt.time(9), dt.time(17, 30))
    online = dataclasses.replace(plain, join_url="https://conference.example/j/1", join_phone="+13125550142,,123#")

    said = as_json((plain, online))

    assert said == [[0, "09:00:00", "17:30:00", "hours", ""], [*said[0], online.join_url, online.join_phone]]
    assert from_json("schedules", said) == (plain, online)


@given(drafts())
def test_every_fact_can_be_had_back_from_history(draft: ListingDraft) -> None:
    kept = json.loads(json.dumps(all_as_json(draft.facts())))

    assert {name: from_json(name, value) for name, value in kept.items()} == draft.facts()


def test_zero_has_no_sign_in_history_since_databases_keep_none() -> None:
    assert str(all_as_json({"point": Point(-0.0, -0.0)})["point"]) == "[0.0, 0.0]"
