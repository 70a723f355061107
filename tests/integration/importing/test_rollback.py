"""Taking a whole import back."""

import datetime as dt
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.importing import ConflictState
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.importing import Rules
from finder.importing.rollback import Undone, left_by_undo, undo_import
from finder.listings import Change, ListingDraft, amend
from finder.listings.checks import record_checks
from finder.listings.standing import load_standings
from finder.listings.stored import load_stored
from finder.models import ImportConflict, KnownAs, Provider
from tests.factories import NOW, a_draft, tags
from tests.imports import WHOLE, the_run, told
from tests.saved import found

ON_MONDAY = Change(by="Ana", at=NOW)
ON_TUESDAY = Change(by="Ben", at=NOW + dt.timedelta(1))
ON_FRIDAY = Change(by="Cem", at=NOW + dt.timedelta(4))
RETIRING = Rules(whole=True, retire_gone=True)


def undone(session: Session) -> Undone:
    run = the_run(session)
    foretold = left_by_undo(session, run)
    result = undo_import(session, run, ON_FRIDAY)
    session.commit()
    assert result.left == foretold
    return result


def a_house(ref: str, **changes: Any) -> ListingDraft:
    usual = {"name": f"House {ref}", "address_1": f"{ord(ref) * 3} Example Street", "phones": ()}
    return a_draft(source_ref=ref, **usual | changes)


def state_of(session: Session, source: str = "county-list") -> dict[str, Any]:
    """All that an import may touch of a source's listings that aren't retired, by their names."""
    session.expire_all()
    listings = load_stored(session, Provider.status != Status.RETIRED, Provider.source_key == source)
    standings = load_standings(session, [stored.id for stored in listings])
    return {stored.source_ref: (stored.facts, standings.get(stored.id)) for stored in listings}


def test_new_listings_are_retired_and_others_are_as_they_were(session: Session) -> None:
    told(session, a_house("a"), a_house("b"), change=ON_MONDAY)
    before = state_of(session)
    told(session, a_house("a", website="https://new.example/"), a_house("b"), a_house("c"), change=ON_TUESDAY)

    result = undone(session)

    assert (result.changed, result.retired, result.left) == (1, 1, [])
    assert state_of(session) == before


def test_an_import_is_taken_back_once(session: Session) -> None:
    told(session, a_house("a"), change=ON_MONDAY)
    undone(session)

    with pytest.raises(ValueError, match="already"):
        undo_import(session, the_run(session), ON_FRIDAY)
    assert (the_run(session).undone_by, the_run(session).undone_at) == ("Cem", ON_FRIDAY.at)


def test_what_was_retired_comes_back_with_the_next_import_of_the_same_file(session: Session) -> None:
    told(session, a_house("a"), change=ON_MONDAY)
    undone(session)
    assert state_of(session) == {}

    report = told(session, a_house("a"), change=ON_FRIDAY)

    assert (report.created, report.brought_back) == (0, 1)
    assert state_of(session)["a"][1]


def test_what_somebody_changed_since_stays_and_is_named(session: Session) -> None:
    told(session, a_house("a"), change=ON_MONDAY)
    told(session, a_house("a", website="https://new.example/", fees="None"), a_house("b"), change=ON_TUESDAY)
    ids = {stored.source_ref: stored.id for stored in load_stored(session)}
    hidden = {"status": Status.HIDDEN, "review_reason": "Closed?"}
    amend(session, {ids["a"]: {"website": "https://ours.example/"}, ids["b"]: hidden}, ON_TUESDAY)
    session.commit()

    result = undone(session)

    assert [(left.name, left.facts) for left in result.left] == [("House a", ("website",)), ("House b", ("status",))]
    facts = state_of(session)["a"][0]
    assert (facts["website"], facts["fees"]) == ("https://ours.example/", "")


def test_a_listing_that_had_another_name_gets_it_back_and_a_link_is_taken_off(session: Session) -> None:
    told(session, a_house("a", phones=(Phone("+13125550123"),)), change=ON_MONDAY)
    before = state_of(session)
    told(session, a_house("b", name="House a", address_1="291 Example St"), change=ON_TUESDAY)
    assert state_of(session).keys() == {"b"}

    undone(session)
    assert state_of(session) == before

    theirs = a_house("x", source="state-list", name="House a", address_1="291 Example St", fees="None")
    assert told(session, theirs, source="state-list", change=ON_TUESDAY).linked == 1
    undone(session)
    assert state_of(session) == before
    assert session.scalars(select(KnownAs)).all() == []


def test_a_link_that_an_import_took_off_is_there_again(session: Session) -> None:
    theirs = a_house("x", source="state-list", name="House a", address_1="291 Example St", fees="None")
    told(session, a_house("a"), change=ON_MONDAY)
    told(session, theirs, source="state-list", change=ON_MONDAY)
    before = session.scalars(select(KnownAs.facts)).one()
    told(session, source="state-list", rules=RETIRING, change=ON_TUESDAY)
    assert session.scalars(select(KnownAs.facts)).all() == []

    undone(session)

    assert session.scalars(select(KnownAs.facts)).all() == [before]


def test_a_new_listing_of_which_another_source_tells_stays(session: Session) -> None:
    told(session, a_house("a"), change=ON_MONDAY)
    first = the_run(session)
    theirs = a_house("x", source="state-list", name="House a", address_1="291 Example St")
    told(session, theirs, source="state-list", change=ON_TUESDAY)

    assert [left.facts for left in left_by_undo(session, first)] == [("status",)]
    assert undo_import(session, first, ON_FRIDAY).retired == 0
    session.commit()
    assert state_of(session).keys() == {"a"}


def test_nobody_is_asked_about_conflicts_of_an_import_that_was_taken_back(session: Session) -> None:
    told(session, a_house("a", phones=(Phone("+13125550123"),)), change=ON_MONDAY)
    (stored,) = load_stored(session)
    record_checks(session, stored.id, [found()], ON_MONDAY)
    session.commit()
    told(session, a_house("a", phones=(Phone("+13125550199"),)), change=ON_TUESDAY)
    assert session.scalars(select(ImportConflict.state)).all() == [ConflictState.OPEN]

    undone(session)

    assert session.scalars(select(ImportConflict.state)).all() == [ConflictState.GONE]


_days = st.sampled_from([None, dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 10, 20)])
_houses = st.builds(
    a_house,
    st.sampled_from("abcdef"),
    name=st.sampled_from(["Harbor House", "Hill House", "Lakeside"]),
    address_1=st.sampled_from(["1", "2"]),
    phones=st.sampled_from([(), (Phone("+13125550123"),), (Phone("+13125550199"),)]),
    website=st.sampled_from(["", "https://one.example/"]),
    schedules=st.just(()),
    tags=st.sampled_from([tags(), tags("payment:medicaid"), tags("level_of_care:detox")]),
    verified_on=_days,
)
_files = st.lists(_houses, max_size=5, unique_by=lambda draft: draft.source_ref)


def in_a_town_of_their_own(drafts: list[ListingDraft], town: str) -> list[ListingDraft]:
    """The same places far from those of other examples: what was written stays, and nothing is ever deleted."""
    return [
        replace(
            draft,
            source=town,
            address_1=f"{draft.address_1} {town} Street",
            phones=tuple(replace(phone, number=f"{phone.number}{town[5:]}") for phone in draft.phones),
        )
        for draft in drafts
    ]


def test_after_any_two_imports_the_second_taken_back_all_is_as_after_the_first(session: Session) -> None:
    towns = count()

    @settings(max_examples=20 if session.get_bind().dialect.name == "sqlite" else 5)
    @given(_files, _files, st.sampled_from([WHOLE, RETIRING, Rules()]))
    def holds(first: list[ListingDraft], second: list[ListingDraft], rules: Rules) -> None:
        town = f"town-{next(towns)}"
        one, other = (in_a_town_of_their_own(drafts, town) for drafts in (first, second))
        told(session, *one, source=town, change=ON_MONDAY)
        before = state_of(session, town)
        told(session, *other, source=town, rules=rules, change=ON_TUESDAY)

        assert undone(session).left == []

        assert state_of(session, town) == before
        assert told(session, *other, source=town, rules=rules, change=ON_FRIDAY).created == 0

    holds()
