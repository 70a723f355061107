"""Results as data."""

import json

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.domain.geo import Place, Point, Precision
from finder.domain.vocabulary import Code, Facet
from finder.search import Criteria, Directory, results_as_data, search, search_widening
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
