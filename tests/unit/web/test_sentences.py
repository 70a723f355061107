"""A search and its answer in sentences."""

import datetime as dt

import pytest

from finder.domain.geo import Place, Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.domain.vocabulary import Code, Facet
from finder.search import Criteria, Hit, MeetingTime, Relaxation, RelaxationKind, Results
from finder.web.public.cards import to_call
from finder.web.public.sentences import count_sentence, met_sentence, needs_of, searched_sentence, widened_sentences

CHICAGO = Place(label="Chicago, IL", point=Point(41.8858, -87.6229), precision=Precision.CITY, state="IL")
LEVELS = {Facet("level_of_care"): frozenset({Code("detox"), Code("inpatient"), Code("outpatient")})}
MEDICAID = {Facet("payment"): frozenset({Code("medicaid")})}


def results(asked: Criteria, *, criteria: Criteria | None = None, total: int = 5, relaxed: object = ()) -> Results:
    """An answer in which only what sentences are made of is told."""
    return Results(
        asked=asked,
        criteria=criteria or asked,
        hits=(),
        total=total,
        pages=1,
        page=1,
        unmapped=0,
        counts={},
        relaxed=tuple(relaxed),  # type: ignore[arg-type] # steps, which `object` lets a test leave out
        version=1,
        as_of=dt.datetime(2026, 11, 2, tzinfo=dt.UTC),
    )


def step(kind: RelaxationKind, before: object, **facts: object) -> Relaxation:
    """One step of a widening."""
    return Relaxation(kind=kind, before=before, **{"after": None} | facts)  # type: ignore[arg-type] # any kind's facts


PAYMENT = step(RelaxationKind.NEED, MEDICAID[Facet("payment")], facet=Facet("payment"))
FARTHER = step(RelaxationKind.RADIUS, 5.0, after=10.0)


def test_a_search_is_told_by_its_kinds_of_help_and_its_place() -> None:
    assert searched_sentence(Criteria(near=CHICAGO), "Chicago, IL") == "Help near Chicago, IL"
    told = searched_sentence(Criteria(state="IL", needs=LEVELS), "Illinois")
    assert told == "Detox, Inpatient or residential or Outpatient in Illinois"


@pytest.mark.parametrize(
    ("total", "criteria", "told"),
    [
        (0, Criteria(near=CHICAGO, radius_miles=5), "No places within 5 miles"),
        (1, Criteria(state="IL"), "1 place in Illinois"),
        (12_345, Criteria(near=CHICAGO, radius_miles=None), "12,345 places at any distance"),
        (2, Criteria(state="IL", county="Cook County"), "2 places in Cook County"),
    ],
)
def test_a_count_says_in_what_area(total: int, criteria: Criteria, told: str) -> None:
    assert count_sentence(results(criteria, total=total)) == told


def test_a_widened_search_says_in_one_sentence_what_it_gave_up() -> None:
    asked = Criteria(near=CHICAGO, radius_miles=5, needs=MEDICAID)
    wider = Criteria(near=CHICAGO, radius_miles=10)
    (told,) = widened_sentences(results(asked, criteria=wider, relaxed=[FARTHER, PAYMENT]))
    assert told == (
        "Few places match all that you asked for within 5 miles, "
        "so we looked within 10 miles and left out “Ways to pay: Medicaid”."
    )


def test_one_that_only_looked_farther_says_only_that() -> None:
    asked, wider = Criteria(near=CHICAGO, radius_miles=5), Criteria(near=CHICAGO, radius_miles=10)
    (told,) = widened_sentences(results(asked, criteria=wider, relaxed=[FARTHER]))
    assert told == "Few places match all that you asked for within 5 miles, so we looked within 10 miles."


def test_the_needs_of_a_search_are_its_facets_its_words_and_its_times() -> None:
    assert needs_of(Criteria(near=CHICAGO)) == 0
    asked = Criteria(near=CHICAGO, needs=LEVELS | MEDICAID, text="hope", open_now=True, meeting=MeetingTime())
    assert needs_of(asked) == 5


def test_a_place_says_how_many_of_the_needs_it_meets() -> None:
    words = step(RelaxationKind.TEXT, "hope")
    assert met_sentence(_hit(PAYMENT, words), 5) == (
        "Meets 3 of your 5 needs. Not listed here: “Ways to pay: Medicaid” and your words “hope”."
    )
    assert met_sentence(_hit(), 5) == "Meets all that you asked for."


def _hit(*missing: Relaxation) -> Hit:
    return Hit(None, None, None, missing)  # type: ignore[arg-type] # the sentence asks nothing of the listing


def test_the_number_to_call_is_none_for_texts_if_there_is_another() -> None:
    text, main = Phone("+13125550100", PhoneKind.TEXT), Phone("+13125550101")
    assert to_call((text, main)) == main
    assert to_call((text,)) == text
    assert to_call(()) is None
