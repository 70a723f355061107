"""A source contradicts what a person found out: the person's fact stands, and somebody decides."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.account import Scope
from finder.domain.importing import ConflictState
from finder.domain.phone import Phone
from finder.domain.review import CheckMethod, FieldGroup
from finder.listings import Change, Conflict, ListingDraft, amend, undo
from finder.listings.checks import record_checks
from finder.listings.import_conflicts import how_many_open, keep_ours, open_conflicts, take_theirs
from finder.listings.scope import within
from finder.models import ImportConflict, Provider
from tests.factories import NOW, a_draft, tags
from tests.imports import the_run, told
from tests.saved import found, standing, the_listing

EDITION = dt.date(2026, 6, 1)
LATER_EDITION = dt.date(2026, 7, 1)
A_CALL = Change(by="Ana", at=NOW)
A_DECISION = Change(by="Ben", at=NOW + dt.timedelta(3))
OURS, THEIRS, NEW = Phone("+13125550100"), Phone("+13125550199"), Phone("+13125550177")


def the_house(**changes: Any) -> ListingDraft:
    usual = {"name": "Harbor House", "address_1": "100 North Example Street", "phones": (THEIRS,)}
    return a_draft(source_ref="1", **usual | {"verified_on": EDITION} | changes)


@pytest.fixture
def listing(session: Session) -> Provider:
    """A listing whose number a person found wrong and mended."""
    told(session, the_house())
    made = the_listing(session)
    amend(session, {made.id: {"phones": (OURS,)}}, A_CALL)
    record_checks(session, made.id, [found()], A_CALL)
    session.commit()
    return made


def numbers(session: Session, listing: Provider) -> list[str]:
    session.refresh(listing, ["phones"])
    return [phone.number for phone in listing.phones]


def states(session: Session) -> list[ConflictState]:
    return list(session.scalars(select(ImportConflict.state).order_by(ImportConflict.id)))


def test_an_older_source_never_overwrites_what_a_person_found_out_but_asks(session: Session, listing: Provider) -> None:
    report = told(session, the_house(verified_on=LATER_EDITION))

    assert numbers(session, listing) == [OURS.number]
    (conflict,) = open_conflicts(session)
    assert report.conflicts == how_many_open(session) == 1
    assert (conflict.field_group, conflict.as_of) == (FieldGroup.PHONE, LATER_EDITION)
    assert conflict.facts == {"phones": [[[OURS.number, "main", ""]], [[THEIRS.number, "main", ""]]]}
    assert (conflict.provider.name, conflict.source.key) == ("Harbor House", "county-list")
    assert conflict.import_run_id == the_run(session).id


def test_what_a_newer_source_says_is_believed_and_asks_nobody(session: Session, listing: Provider) -> None:
    told(session, the_house(verified_on=NOW.date() + dt.timedelta(1)))

    assert numbers(session, listing) == [THEIRS.number]
    assert how_many_open(session) == 0


@pytest.mark.usefixtures("listing")
def test_the_same_contradiction_again_is_the_same_question(session: Session) -> None:
    told(session, the_house())
    (before,) = open_conflicts(session)

    told(session, the_house())
    told(session, the_house(phones=(NEW,)))

    (conflict,) = open_conflicts(session)
    assert conflict.id == before.id
    assert conflict.facts["phones"][1] == [[NEW.number, "main", ""]]


@pytest.mark.usefixtures("listing")
def test_a_decision_to_keep_ours_stands_until_the_source_says_something_else(session: Session) -> None:
    told(session, the_house())
    (conflict,) = open_conflicts(session)

    keep_ours(session, conflict, A_DECISION)
    session.commit()

    assert told(session, the_house()).conflicts == 0
    assert (conflict.state, conflict.decided_by) == (ConflictState.KEPT, "Ben")
    assert told(session, the_house(phones=(NEW,))).conflicts == 1
    assert states(session) == [ConflictState.OPEN]


def test_a_question_is_over_when_the_source_says_the_same(session: Session, listing: Provider) -> None:
    told(session, the_house())

    told(session, the_house(phones=(OURS,)))

    assert states(session) == [ConflictState.GONE]
    assert numbers(session, listing) == [OURS.number]


def test_to_take_theirs_is_a_check_and_can_be_taken_back(session: Session, listing: Provider) -> None:
    told(session, the_house())
    (conflict,) = open_conflicts(session)

    take_theirs(session, conflict, A_DECISION)
    session.commit()

    assert numbers(session, listing) == [THEIRS.number]
    stands = standing(session, listing)[FieldGroup.PHONE]
    assert (stands.checked_on, stands.is_a_persons) == (A_DECISION.at.date(), True)
    assert stands.method is not CheckMethod.IMPORT
    assert told(session, the_house()).conflicts == 0
    session.refresh(listing)
    undo(session, listing.id, listing.version, A_DECISION)
    assert numbers(session, listing) == [OURS.number]


def test_of_the_services_only_the_tags_of_the_contradicted_group_are_taken(session: Session) -> None:
    told(session, the_house(tags=tags("level_of_care:detox", "payment:medicaid")))
    listing = the_listing(session)
    amend(session, {listing.id: {"tags": tags("level_of_care:detox", "payment:medicare")}}, A_CALL)
    record_checks(session, listing.id, [found(FieldGroup.PAYMENT)], A_CALL)
    session.commit()
    told(session, the_house(tags=tags("level_of_care:inpatient", "payment:medicaid"), verified_on=LATER_EDITION))

    (conflict,) = open_conflicts(session)
    assert conflict.facts == {"tags": [["payment:medicare"], ["payment:medicaid"]]}
    take_theirs(session, conflict, A_DECISION)

    session.refresh(listing, ["tags"])
    assert {tag.code for tag in listing.tags} == {"inpatient", "medicaid"}


def test_nothing_is_decided_twice_nor_over_somebody_else_s_change(session: Session, listing: Provider) -> None:
    told(session, the_house())
    (conflict,) = open_conflicts(session)
    amend(session, {listing.id: {"phones": (NEW,)}}, A_CALL)

    with pytest.raises(Conflict):
        take_theirs(session, conflict, A_DECISION)

    keep_ours(session, conflict, A_DECISION)
    with pytest.raises(ValueError, match="already"):
        keep_ours(session, conflict, A_DECISION)


@pytest.mark.usefixtures("listing")
def test_everybody_is_asked_about_their_own_listings(session: Session) -> None:
    told(session, the_house())

    assert how_many_open(session, within([Scope(state="IL")])) == len(open_conflicts(session)) == 1
    assert how_many_open(session, within([Scope(state="TN")])) == 0
    assert open_conflicts(session, scope=within([Scope(state="TN")])) == []


def test_another_source_s_contradiction_is_asked_as_well(session: Session, listing: Provider) -> None:
    told(session, the_house(source="state-list"), source="state-list")

    assert numbers(session, listing) == [OURS.number]
    assert {conflict.source_key for conflict in open_conflicts(session)} == {"state-list"}
