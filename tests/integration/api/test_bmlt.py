"""Weekly meetings for programs that know BMLT."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.vocabulary import WordingKey, WordingPart
from finder.listings import amend, save_all
from finder.listings.wording import reword
from finder.models import Provider
from tests.bmlt import BmltClient
from tests.factories import A_CHANGE, NOW, a_source
from tests.groups import FRIDAY, MONDAY, SATURDAY, SUNDAY, TUESDAY, a_group, weekly
from tests.hsds import ApiClient

DOWNTOWN, NORTH, FAR = Point(41.8858, -87.6229), Point(42.0546, -87.6943), Point(36.1504, -86.7916)
MORNING = a_group(
    weekly(SUNDAY, "07:00", "08:30"),
    name="Morning Light",
    said=("attendance:in_person", "meeting_type:open", "meeting_type:women"),
)
NOON = a_group(
    weekly(MONDAY, "12:00", "13:00"),
    name="Noon Hope",
    said=("attendance:hybrid", "meeting_type:open", "language:spanish"),
    point=NORTH,
    precision=Precision.ADDRESS,
    city="Evanston",
    postal_code="60201",
    organization="North Area",
)
EVENING = a_group(
    weekly(TUESDAY, "19:00", None),
    name="Evening Steps",
    said=("attendance:in_person", "meeting_type:step_study"),
    point=FAR,
    city="Nashville",
    state="TN",
    postal_code="37203",
    description="In the blue house",
)
NIGHT = a_group(
    weekly(SATURDAY, "23:00", "00:30"), name="Night Owls", said=("attendance:online",), fellowship="aa", organization=""
)
ALL = ["Morning Light", "Noon Hope", "Evening Steps", "Night Owls"]
OPEN, WOMEN, STEPS, SPANISH = 1, 10, 6, 40


@pytest.fixture
def bmlt(api: ApiClient, session: Session) -> BmltClient:
    """A program on a directory of four groups, in the order of the week."""
    a_source(session)
    save_all(session, [MORNING, NOON, EVENING, NIGHT], A_CHANGE)
    session.commit()
    return BmltClient(api)


def names(*first: str) -> list[str]:
    """The whole names of the groups whose names begin so."""
    return [name for name in ALL if name.startswith(first)]


QUESTIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ALL),
    ({"weekdays": 1}, names("Morning")),
    ({"weekdays": [2, 3]}, names("Noon", "Evening")),
    ({"weekdays": "2,3"}, names("Noon", "Evening")),
    ({"weekdays": [-1, -7]}, names("Noon", "Evening")),
    ({"venue_types": [2, 3]}, names("Noon", "Night")),
    ({"venue_types": -1}, names("Noon", "Night")),
    ({"formats": OPEN}, names("Morning", "Noon")),
    ({"formats": [OPEN, SPANISH]}, names("Noon")),
    ({"formats": [WOMEN, STEPS], "formats_comparison_operator": "OR"}, names("Morning", "Evening")),
    ({"formats": [OPEN, -SPANISH]}, names("Morning")),
    ({"StartsAfterH": 12}, names("Evening", "Night")),
    ({"StartsAfterH": 11, "StartsAfterM": 59}, names("Noon", "Evening", "Night")),
    ({"StartsBeforeH": 12}, names("Morning")),
    ({"EndsBeforeH": 13}, names("Morning", "Noon")),
    ({"MinDurationH": 1, "MinDurationM": 30}, names("Morning", "Night")),
    ({"MaxDurationH": 1}, names("Noon", "Evening")),
    ({"SearchString": "blue house"}, names("Evening")),
    ({"SearchString": "60201"}, names("Noon")),
    ({"meeting_key": "location_municipality", "meeting_key_value": "Chicago"}, names("Morning", "Night")),
    ({"lat_val": 41.9, "long_val": -87.63, "geo_width": 5}, names("Morning", "Night")),
    ({"lat_val": 41.9, "long_val": -87.63, "geo_width_km": 20}, names("Morning", "Noon", "Night")),
    ({"lat_val": 42.05, "long_val": -87.69, "geo_width": -1}, names("Noon")),
    ({"lat_val": 42.05, "long_val": -87.69, "geo_width_km": -4}, names("Morning", "Noon", "Night")),
    ({"SearchString": "Evanston, IL", "StringSearchIsAnAddress": 1, "SearchStringRadius": 3}, names("Noon")),
    ({"weekdays": [1, 2], "formats": OPEN, "venue_types": 1}, names("Morning")),
    ({"page_size": 3, "page_num": 2}, names("Night")),
    ({"sort_keys": "location_province,meeting_name"}, ["Morning Light", "Night Owls", "Noon Hope", "Evening Steps"]),
    (
        {"lat_val": 36.2, "long_val": -86.8, "geo_width": 5_000, "sort_results_by_distance": 1},
        ["Evening Steps", "Morning Light", "Night Owls", "Noon Hope"],
    ),
    ({"advanced_published": -1}, []),
    ({"formats": 999}, []),
    ({"a_parameter_of_a_later_server": 1}, ALL),
]


def test_each_parameter_chooses_the_meetings_that_it_names(bmlt: BmltClient) -> None:
    answers = [(asked, bmlt.names(**asked)) for asked, _ in QUESTIONS]

    assert answers == QUESTIONS


def test_what_cannot_be_answered_is_refused_with_the_parameters_that_are_wrong(bmlt: BmltClient) -> None:
    questions: list[tuple[dict[str, Any], list[str]]] = [
        ({"weekdays": 8}, ["weekdays"]),
        ({"venue_types": "x", "page_size": 0}, ["venue_types", "page_size"]),
        ({"lat_val": 41}, ["long_val"]),
        ({"lat_val": 91, "long_val": 0}, ["lat_val", "lat_val"]),
        ({"StartsAfterH": 25}, ["StartsAfterH"]),
        ({"formats_comparison_operator": "XOR"}, ["formats_comparison_operator"]),
        ({"meeting_key": "contact_name_1"}, ["meeting_key"]),
        ({"SearchString": "Nowhere at all", "StringSearchIsAnAddress": 1}, ["SearchStringRadius", "SearchString"]),
    ]
    told = [
        (asked, [error["field"] for error in bmlt.data("GetSearchResults", expect=422, **asked)["errors"]])
        for asked, _ in questions
    ]

    assert told == questions
    assert "GetSearchResults" in bmlt.data("GetNothing", expect=422)["errors"][0]["message"]
    bmlt.data("GetFieldValues", expect=422, meeting_key="secret")


def test_a_meeting_is_found_again_by_its_id_and_told_with_the_fields_that_are_asked_for(bmlt: BmltClient) -> None:
    first, *others = bmlt.meetings()

    assert bmlt.meetings(meeting_ids=first["id_bigint"]) == [first]
    assert bmlt.meetings(meeting_ids=-int(first["id_bigint"])) == others
    (near,) = bmlt.meetings(
        data_field_key="meeting_name,distance_in_miles", lat_val=42.0546, long_val=-87.6943, geo_width=1
    )
    assert near == {"meeting_name": "Noon Hope", "distance_in_miles": "0.0"}


@pytest.mark.usefixtures("bmlt")
def test_a_fellowship_has_an_address_of_its_own(api: ApiClient) -> None:
    assert BmltClient(api, "/main_server").names() == ALL
    assert BmltClient(api, "/bmlt/na").names() == ALL[:3]
    assert BmltClient(api, "/bmlt/smart").names() == []
    BmltClient(api, "/bmlt/nobody").data("GetFormats", expect=404)
    api.get("/bmlt/na/client_interface/xml/?switcher=GetFormats", expect=404)


def test_service_bodies_are_fellowships_and_who_looks_after_meetings_below_them(bmlt: BmltClient) -> None:
    bodies = {body["name"]: body for body in bmlt.data("GetServiceBodies")}
    na, north = bodies["Narcotics Anonymous (NA)"], bodies["North Area"]

    assert list(bodies) == [
        "Alcoholics Anonymous (AA)",
        "The county's list",
        "Narcotics Anonymous (NA)",
        "Lakeview Area",
        "North Area",
    ]
    assert (na["parent_id"], north["parent_id"], north["url"]) == ("0", na["id"], "https://lakeview.example/")
    assert bmlt.names(services=north["id"]) == ["Noon Hope"]
    assert bmlt.names(services=na["id"]) == []
    assert bmlt.names(services=[na["id"]], recursive=1) == ALL[:3]
    assert bmlt.names(services=-int(north["id"])) == ["Morning Light", "Evening Steps", "Night Owls"]
    with_parent = bmlt.data("GetServiceBodies", services=[north["id"]], parents=1)
    assert [body["name"] for body in with_parent] == ["Narcotics Anonymous (NA)", "North Area"]


def test_formats_are_those_in_use_in_the_words_of_each_language(bmlt: BmltClient, session: Session) -> None:
    assert [each["key_string"] for each in bmlt.data("GetFormats")] == ["O", "St", "W", "VM", "HY", "ES"]
    (spanish,) = bmlt.data("GetFormats", lang_enum="es", key_strings=["O"])
    assert (spanish["name_string"], spanish["world_id"], spanish["id"]) == ("Abierta a todos", "OPEN", "1")
    found = bmlt.data("GetSearchResults", get_used_formats="", lang_enum="de", weekdays=1)
    assert [each["name_string"] for each in found["formats"]] == ["Open to all", "Women"]
    assert [each["meeting_name"] for each in found["meetings"]] == ["Morning Light"]
    assert bmlt.data("GetSearchResults", get_formats_only=1, weekdays=1) == {"formats": found["formats"]}
    assert len(bmlt.data("GetFormats", show_all=1)) > 30

    reword(session, {WordingKey("meeting_type", "open", "en", WordingPart.LABEL): "Open"}, by="Ana", at=NOW)
    session.commit()
    assert bmlt.data("GetFormats", key_strings="O")[0]["name_string"] == "Open"


def test_a_server_tells_of_itself_and_of_its_fields(bmlt: BmltClient) -> None:
    ((info,), (box,)) = bmlt.data("GetServerInfo"), bmlt.data("GetCoverageArea")
    keys = [each["key"] for each in bmlt.data("GetFieldKeys")]
    (chicago, *_) = bmlt.data("GetFieldValues", meeting_key="location_municipality")

    assert (info["langs"], info["nativeLang"], info["meeting_states_and_provinces"]) == ("en,es", "en", "IL,TN")
    assert box["nw_corner_latitude"] == "42.0546"
    assert box["se_corner_latitude"] == "36.1504"
    assert set(keys) <= set(bmlt.meetings()[0])
    assert chicago["location_municipality"] == "Chicago"
    assert len(chicago["ids"].split(",")) == 2


def test_what_changes_is_told_at_once_and_what_did_not_change_is_not_sent_again(
    api: ApiClient, bmlt: BmltClient, session: Session
) -> None:
    address = bmlt.address("GetSearchResults")
    had = {"If-None-Match": api.get(address).headers["ETag"]}
    before = {meeting["meeting_name"]: meeting["id_bigint"] for meeting in bmlt.meetings()}
    api.get(address, headers=had, expect=304)

    evening = session.scalars(select(Provider.id).where(Provider.name == EVENING.name)).one()
    amend(session, {evening: {"status": Status.RETIRED}}, A_CHANGE)
    moved = replace(MORNING, schedules=(weekly(SUNDAY, note="Upstairs"), weekly(SUNDAY, "07:00", "09:00", "Ring")))
    new = a_group(weekly(FRIDAY), name="New Start")
    save_all(session, [moved, new], A_CHANGE)
    session.commit()

    now = api.get(address, headers=had).get_json()
    assert [each["meeting_name"] for each in now] == [
        "Morning Light",
        "Morning Light",
        "Noon Hope",
        "New Start",
        "Night Owls",
    ]
    assert now[0]["id_bigint"] == before["Morning Light"]
    assert now[1]["comments"] == "Upstairs"


def test_a_page_of_another_site_may_take_the_answer_as_a_script(api: ApiClient, bmlt: BmltClient) -> None:
    address = bmlt.address("GetFormats", form="jsonp", key_strings="O", callback="jsonp_17.done")
    script = api.get(address)

    assert script.get_data(as_text=True).startswith('/**/jsonp_17.done([{"key_string":"O"')
    assert script.mimetype == "application/javascript"
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    api.get(bmlt.address("GetFormats", form="jsonp", callback="alert(1);x"), expect=422)


def test_only_what_the_public_may_see_is_told(api: ApiClient, session: Session) -> None:
    a_source(session)
    hidden = a_group(name="Canary Group", status=Status.HIDDEN)
    waiting = a_group(name="Canary Two", status=Status.DRAFT, review_reason="Where?")
    secret = a_group(
        name="Safe House",
        confidential=True,
        address_1="7 Canary Street",
        point=Point(41.91, -87.65),
        precision=Precision.ADDRESS,
        email="c@x.example",
    )
    save_all(session, [hidden, waiting, secret], A_CHANGE)
    session.commit()
    bmlt = BmltClient(api)

    (told,) = bmlt.meetings(get_used_formats=0)
    everything = "".join(
        api.get(bmlt.address(switcher)).get_data(as_text=True) for switcher in ("GetSearchResults", "GetServiceBodies")
    )

    assert told["meeting_name"] == "Safe House"
    assert "Canary" not in everything
    assert "@" not in everything
    assert (told["latitude"], told["longitude"]) != ("41.91", "-87.65")


def test_the_interface_is_for_reading(bmlt: BmltClient, api: ApiClient) -> None:
    answer = api.options(bmlt.address("GetFormats"))

    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    api.post(bmlt.address("GetFormats"), expect=405)
