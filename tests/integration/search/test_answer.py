"""Results as data."""

import datetime as dt
import json

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.domain.geo import Place, Point, Precision
from finder.domain.vocabulary import Code, Facet
from finder.search import Criteria, Directory, MeetingTime, results_as_data, search, search_widening
from tests.databases import counted_queries
from tests.factories import NOW, a_provider, tags

CHICAGO = Place(label="Chicago, IL", point=Point(41.8858, -87.6229), precision=Precision.CITY, state="IL")


def test_an_answer_is_data_that_json_can_hold(engine: Engine, session: Session) -> None:
    a_provider(
        session,
        name="Hope House",
        address_1="1 Example Street",
        point=Point(41.9227, -87.6533),
        tags=tags("level_of_care:detox", "level_of_care:inpatient", "payment:medicaid"),
    )
    session.commit()
    criteria = Criteria(near=CHICAGO, needs={Facet("payment"): frozenset({Code("medicare"), Code("medicaid")})})
    answer = json.loads(json.dumps(results_as_data(search(Directory(engine, clock=lambda: NOW), criteria))))
    assert (answer["total"], answer["pages"], answer["page"], answer["unmapped"]) == (1, 1, 1, 0)
    assert answer["criteria"] == answer["asked"]
    assert answer["criteria"]["needs"] == {"payment": ["medicaid", "medicare"]}
    assert answer["criteria"]["near"]["label"] == "Chicago, IL"
    assert answer["counts"]["payment"]["medicaid"] == 1
    assert answer["as_of"] == "2026-11-02T15:30:00+00:00"
    (hit,) = answer["hits"]
    assert hit["slug"].startswith("hope-house-chicago-il")
    assert hit["distance_miles"] == 2.99
    assert hit["levels"] == ["detox", "inpatient"]
    assert hit["phones"][1] == {"number": "+13125550124", "kind": "intake", "extension": "7"}
    assert (hit["address"]["address_1"], hit["address"]["postal_code"]) == ("1 Example Street", "60601")
    assert (hit["precision"], hit["verified_on"]) == ("zip", "2026-10-01")


def test_a_confidential_address_has_no_street(engine: Engine, session: Session) -> None:
    a_provider(session, confidential=True, address_1="1 Example Street", address_2="Suite 5")
    session.commit()
    (hit,) = results_as_data(search(Directory(engine), Criteria(near=CHICAGO)))["hits"]
    assert "Example Street" not in json.dumps(hit)
    assert "Suite 5" not in json.dumps(hit)
    assert hit["address"]["city"] == "Chicago"


def test_what_was_relaxed_is_data(engine: Engine, session: Session) -> None:
    for _ in range(3):
        a_provider(session)
    session.commit()
    criteria = Criteria(state="IL", needs={Facet("detox_from"): frozenset({Code("opioids"), Code("alcohol")})})
    answer = results_as_data(search_widening(Directory(engine), criteria))
    assert answer["relaxed"] == [
        {"kind": "need", "facet": "detox_from", "before": ["alcohol", "opioids"], "after": None, "safety": True}
    ]


ROOM = {"accepting": True, "beds": 4, "availability_as_of": NOW, "availability_expires": NOW + dt.timedelta(hours=8)}


def test_room_for_new_people_is_told_while_it_counts(engine: Engine, session: Session) -> None:
    a_provider(session, **ROOM)
    session.commit()
    evening = NOW + dt.timedelta(hours=8)
    (now,), (later,) = (
        results_as_data(search(Directory(engine, clock=lambda at=at: at), Criteria(near=CHICAGO)))["hits"]
        for at in (NOW, evening)
    )
    assert now["availability"] == {
        "accepting": True,
        "beds": 4,
        "as_of": "2026-11-02T15:30:00+00:00",
        "expires": "2026-11-02T23:30:00+00:00",
    }
    assert later["availability"] is None


def test_a_place_is_found_as_available_until_that_expires_though_nobody_edits_it(
    engine: Engine, session: Session
) -> None:
    a_provider(session, **ROOM)
    session.commit()
    now = NOW
    directory = Directory(engine, clock=lambda: now)
    criteria = Criteria(near=CHICAGO, available=True)
    assert search(directory, criteria).total == 1
    now += dt.timedelta(hours=8)
    assert search(directory, criteria).total == 0


def test_the_care_path_is_told_only_where_it_was_asked_for(engine: Engine, session: Session) -> None:
    a_provider(session, name="Hope House", tags=tags("level_of_care:detox"), confidential=True)
    session.commit()
    directory = Directory(engine, clock=lambda: NOW)
    path = results_as_data(search(directory, Criteria(near=CHICAGO, radius_miles=5), care_path=True))["care_path"]
    assert (path["detox"]["name"], path["detox"]["distance_miles"]) == ("Hope House", 0)
    assert path["detox"]["address"]["address_1"] == ""
    assert (path["inpatient"], path["outpatient"], path["support_group"]) == (None, None, None)
    assert "care_path" not in results_as_data(search(directory, Criteria(near=CHICAGO)))


def test_a_widened_search_tells_the_care_path_of_what_was_asked(engine: Engine, session: Session) -> None:
    for _ in range(3):
        a_provider(session, tags=tags("level_of_care:detox"))
    session.commit()
    criteria = Criteria(near=CHICAGO, needs={Facet("payment"): frozenset({Code("va_funds")})})
    results = search_widening(Directory(engine, clock=lambda: NOW), criteria, care_path=True)
    assert results.total == 3
    assert results.care_path
    assert set(results.care_path.values()) == {None}


def test_a_page_and_its_care_path_are_loaded_together(engine: Engine, session: Session) -> None:
    for level in ("detox", "inpatient", "outpatient", "support_group"):
        a_provider(session, tags=tags(f"level_of_care:{level}"))
    session.commit()
    directory = Directory(engine)
    directory.refresh()
    with counted_queries(engine) as statements:
        search(directory, Criteria(near=CHICAGO, page_size=1), care_path=True)
    assert len(statements) == 2


def test_what_was_asked_of_time_and_room_is_data(engine: Engine, session: Session) -> None:
    for _ in range(3):
        a_provider(session)
    session.commit()
    tuesday_evening = MeetingTime(weekdays=frozenset({1}), earliest=dt.time(18), latest=dt.time(20, 30))
    asked = Criteria(state="IL", meeting=tuesday_evening, open_now=True, available=True)
    answer = json.loads(json.dumps(results_as_data(search_widening(Directory(engine), asked))))
    meeting = {"weekdays": [1], "earliest": "18:00", "latest": "20:30"}
    assert answer["asked"]["meeting"] == meeting
    assert (answer["asked"]["open_now"], answer["asked"]["available"]) == (True, True)
    assert answer["relaxed"] == [
        {"kind": kind, "facet": None, "before": before, "after": None, "safety": False}
        for kind, before in (("open_now", True), ("meeting", meeting), ("available", True))
    ]


def test_a_widened_search_says_what_each_listing_lacks(engine: Engine, session: Session) -> None:
    a_provider(session, name="Meets it", tags=tags("language:spanish"))
    a_provider(session, name="Does not")
    a_provider(session, name="Neither")
    session.commit()
    criteria = Criteria(near=CHICAGO, needs={Facet("language"): frozenset({Code("spanish")})})
    hits = results_as_data(search_widening(Directory(engine, clock=lambda: NOW), criteria))["hits"]
    lacking = {hit["name"]: [step["facet"] for step in hit["missing"]] for hit in hits}
    assert lacking == {"Meets it": [], "Does not": ["language"], "Neither": ["language"]}


def test_a_listing_has_its_position(engine: Engine, session: Session) -> None:
    a_provider(session, point=Point(41.9227, -87.6533))
    a_provider(session, point=None, precision=Precision.NONE)
    session.commit()
    hits = search(Directory(engine, clock=lambda: NOW), Criteria(state="IL")).hits
    assert {(hit.listing.latitude, hit.listing.longitude) for hit in hits} == {(41.9227, -87.6533), (None, None)}
