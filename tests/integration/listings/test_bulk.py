"""Doing one thing to many listings at once, and taking it back."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.bulk import MOST_AT_ONCE, Deed
from finder.domain.listing import Status
from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.domain.vocabulary import Code, Facet, Tag
from finder.listings import Change, Conflict, amend, record_checks
from finder.listings.assign import assigned
from finder.listings.bulk import Task, apply, plan
from finder.listings.bulk_undo import left_by_undo, reach_of, undo_bulk
from finder.listings.checks import checks_of
from finder.listings.scope import within
from finder.listings.timeline import timeline
from finder.models import Provider
from tests.bulk import done
from tests.factories import A_CHANGE, NOW, a_provider
from tests.saved import bytes_of, facts_of, found, standing
from tests.staff import an_account

LATER = Change(by="Ben", at=NOW + dt.timedelta(hours=1))
MEDICARE = Tag(Facet("payment"), Code("medicare"))
PHONE_AND_SERVICES = frozenset({FieldGroup.PHONE, FieldGroup.SERVICES})


@pytest.fixture
def listings(session: Session) -> list[Provider]:
    """Three published listings, the last of them in Wisconsin."""
    return [a_provider(session), a_provider(session), a_provider(session, state="WI")]


def ids_of(listings: list[Provider]) -> list[int]:
    return [listing.id for listing in listings]


def test_a_plan_says_what_changes_what_is_so_already_and_what_is_not_ours(
    session: Session, listings: list[Provider]
) -> None:
    one, other, far = ids_of(listings)
    amend(session, {other: {"status": Status.RETIRED}}, A_CHANGE)

    made = plan(session, Task(deed=Deed.RETIRE, reason="Closed"), [one, other, far], scope=within([Scope(state="IL")]))

    assert [[each.id for each in part] for part in (made.changing, made.same, made.refused)] == [[one], [other], [far]]


@pytest.mark.parametrize(("deed", "status"), [(Deed.HIDE, Status.HIDDEN), (Deed.RETIRE, Status.RETIRED)])
def test_each_listing_that_is_taken_off_tells_why(
    session: Session, listings: list[Provider], deed: Deed, status: Status
) -> None:
    done(session, ids_of(listings), deed, reason="Flooded")

    facts = [facts_of(session, id_) for id_ in ids_of(listings)]
    assert {(each["status"], each["review_reason"]) for each in facts} == {(status, "Flooded")}


def test_publishing_shows_again_what_was_taken_off(session: Session, listings: list[Provider]) -> None:
    done(session, ids_of(listings), Deed.HIDE, reason="Flooded")

    done(session, ids_of(listings), Deed.PUBLISH)

    facts = [facts_of(session, id_) for id_ in ids_of(listings)]
    assert {(each["status"], each["review_reason"]) for each in facts} == {(Status.PUBLISHED, "")}


def test_a_tag_is_added_to_those_that_lack_it_and_removed_from_those_that_have_it(
    session: Session, listings: list[Provider]
) -> None:
    ids = ids_of(listings)
    done(session, ids[:1], Deed.ADD_TAG, tag=MEDICARE)

    planned = plan(session, Task(deed=Deed.ADD_TAG, tag=MEDICARE), ids, scope=None)
    done(session, ids, Deed.ADD_TAG, tag=MEDICARE)
    assert len(planned.same) == 1
    assert all(MEDICARE in facts_of(session, id_)["tags"] for id_ in ids)

    done(session, ids, Deed.REMOVE_TAG, tag=MEDICARE)
    assert not any(MEDICARE in facts_of(session, id_)["tags"] for id_ in ids)
    assert timeline(session, ids[0])[0].reason == "a test"


def test_verifying_many_records_a_check_of_each_group_that_a_listing_tells(
    session: Session, listings: list[Provider]
) -> None:
    one = listings[0]
    amend(session, {one.id: {"phones": ()}}, A_CHANGE)

    done(session, ids_of(listings), Deed.VERIFY, groups=PHONE_AND_SERVICES, method=CheckMethod.WEBSITE)

    checked = {check.field_group for check in checks_of(session, one.id) if check.method is CheckMethod.WEBSITE}
    assert checked == {FieldGroup.SERVICES}
    assert standing(session, listings[1])[FieldGroup.PHONE].checked_on == NOW.date()


def test_more_than_the_most_at_once_are_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="at most"):
        plan(session, Task(deed=Deed.PUBLISH), range(MOST_AT_ONCE + 1), scope=None)


@pytest.mark.parametrize("deed", [Deed.HIDE, Deed.VERIFY])
def test_nothing_is_done_where_one_listing_changed_since_it_was_looked_at(
    session: Session, listings: list[Provider], deed: Deed
) -> None:
    task = Task(deed=deed, reason="Flooded", groups=PHONE_AND_SERVICES)
    planned = plan(session, task, ids_of(listings), scope=None)
    amend(session, {listings[2].id: {"alert": "Moved"}}, LATER)

    with pytest.raises(Conflict):
        apply(session, task, planned, A_CHANGE)

    assert plan(session, task, ids_of(listings), scope=None).digest != planned.digest


@pytest.mark.parametrize(
    ("deed", "needs"),
    [
        (Deed.HIDE, {"reason": "Flooded"}),
        (Deed.RETIRE, {"reason": "Closed"}),
        (Deed.ADD_TAG, {"tag": MEDICARE}),
        (Deed.VERIFY, {"groups": PHONE_AND_SERVICES}),
    ],
)
def test_taken_back_every_listing_says_exactly_what_it_said(
    session: Session, listings: list[Provider], deed: Deed, needs: dict[str, object]
) -> None:
    before = [(bytes_of(session, listing.id), standing(session, listing)) for listing in listings]
    made = done(session, ids_of(listings), deed, **needs)
    assert [bytes_of(session, listing.id) for listing in listings] != [facts for facts, _ in before]

    assert undo_bulk(session, made, LATER) == []

    assert [(bytes_of(session, listing.id), standing(session, listing)) for listing in listings] == before
    assert timeline(session, listings[0].id)[0].by == "Ben"
    with pytest.raises(ValueError, match="already"):
        undo_bulk(session, made, LATER)


def test_what_changed_again_since_stays_and_is_named(session: Session, listings: list[Provider]) -> None:
    made = done(session, ids_of(listings), Deed.ADD_TAG, tag=MEDICARE)
    first, second, _ = listings
    amend(session, {first.id: {"tags": frozenset({MEDICARE})}, second.id: {"alert": "Moved"}}, LATER)
    foretold = left_by_undo(session, made.id)

    left = undo_bulk(session, made, LATER)

    assert [(each.id, each.facts) for each in left] == [(first.id, ("tags",))]
    assert foretold == left
    assert facts_of(session, first.id)["tags"] == {MEDICARE}
    assert MEDICARE not in facts_of(session, second.id)["tags"]
    assert facts_of(session, second.id)["alert"] == "Moved"


def test_a_newer_check_outlives_the_undo_of_an_older_one(session: Session, listings: list[Provider]) -> None:
    made = done(session, ids_of(listings), Deed.VERIFY, groups=PHONE_AND_SERVICES, method=CheckMethod.WEBSITE)
    tomorrow = Change(by="Ben", at=NOW + dt.timedelta(days=1))
    called = found(FieldGroup.PHONE, on=tomorrow.at.date(), result=CheckResult.CORRECTED)
    record_checks(session, listings[0].id, [called], tomorrow)

    undo_bulk(session, made, tomorrow)

    stands = standing(session, listings[0])
    assert stands[FieldGroup.PHONE].method is CheckMethod.CALL
    assert stands[FieldGroup.SERVICES].method is CheckMethod.IMPORT


def test_listings_are_given_to_a_person_and_back_to_who_had_them(session: Session, listings: list[Provider]) -> None:
    ana, ben = (an_account(session, Role.REVIEWER).id for _ in range(2))
    ids = ids_of(listings)
    done(session, ids[:1], Deed.ASSIGN, account_id=ana)

    made = done(session, ids, Deed.ASSIGN, account_id=ben)
    assert set(assigned(session, ids).values()) == {ben}
    done(session, ids[1:2], Deed.ASSIGN, account_id=ana)
    undo_bulk(session, made, LATER)

    assert assigned(session, ids) == {ids[0]: ana, ids[1]: ana}
    assert {listing.version for listing in listings} == {1}


def test_a_change_of_many_tells_how_many_listings_somebody_is_not_in_charge_of(
    session: Session, listings: list[Provider]
) -> None:
    made = done(session, ids_of(listings), Deed.HIDE, reason="Flooded")

    assert reach_of(session, made.id, None).refused == 0
    reach = reach_of(session, made.id, within([Scope(state="IL")]))
    assert (reach.listings, reach.refused) == (3, 1)
