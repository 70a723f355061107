"""The work queue: where a wrong fact may do most harm comes first."""

import datetime as dt
from random import Random

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.problem import ReportState
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding, review_policy
from finder.listings import Change, amend, save_all
from finder.listings.checks import record_checks
from finder.listings.review import due_reviews, waiting
from finder.models import ProblemReport, Provider, Standing
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_provider, a_source, drafts_of_several_towns

TODAY = NOW.date()
LONG_AGO = TODAY - dt.timedelta(100)


def due(session: Session, listing: Provider, **days: int) -> None:
    """Make groups of a listing overdue by so many days, and all its others due in a year."""
    for group in FieldGroup:
        overdue = days.get(group.value, -365)
        session.execute(
            update(Standing)
            .where(Standing.provider_id == listing.id, Standing.field_group == group)
            .values(due_on=TODAY - dt.timedelta(overdue))
        )


def report(session: Session, listing: Provider, state: ReportState = ReportState.OPEN) -> None:
    session.add(ProblemReport(provider_id=listing.id, state=state, created_at=NOW))
    session.flush()


def queue(session: Session) -> list[int]:
    return [each.provider_id for each in due_reviews(session, TODAY)]


def test_a_listing_stands_once_for_the_group_that_may_do_most_harm(session: Session) -> None:
    listing = a_provider(session, name="Lakeview")
    due(session, listing, phone=20, website=90)

    (first,) = due_reviews(session, TODAY)

    assert (first.provider_id, first.name, first.group, first.overdue_days) == (
        listing.id,
        "Lakeview",
        FieldGroup.PHONE,
        20,
    )
    assert first.harm == 20 * review_policy().groups[FieldGroup.PHONE].importance


def test_an_overdue_phone_comes_before_a_website_that_is_overdue_as_long(session: Session) -> None:
    website, phone = a_provider(session), a_provider(session)
    due(session, website, website=40)
    due(session, phone, phone=40)

    assert queue(session) == [phone.id, website.id]


def test_each_report_that_waits_adds_to_the_harm_and_answered_ones_do_not(session: Session) -> None:
    longer, reported, answered = (a_provider(session) for _ in range(3))
    for listing, days in ((longer, 70), (reported, 30), (answered, 30)):
        due(session, listing, phone=days)
    report(session, reported)
    report(session, reported, ReportState.IN_REVIEW)
    report(session, answered, ReportState.RESOLVED)
    report(session, answered, ReportState.REJECTED)

    assert queue(session) == [reported.id, longer.id, answered.id]
    assert [each.reports for each in due_reviews(session, TODAY)] == [2, 0, 0]


def test_what_is_not_overdue_or_not_public_is_not_in_the_queue(session: Session) -> None:
    fresh, today, retired = (a_provider(session) for _ in range(3))
    due(session, fresh)
    due(session, today, phone=0)
    due(session, retired, phone=40)
    amend(session, {retired.id: {"status": Status.RETIRED}}, A_CHANGE)

    assert queue(session) == []


def test_a_listing_that_nobody_ever_checked_is_due_from_its_first_day(session: Session) -> None:
    listing = a_provider(session, verified_on=None)

    (first,) = due_reviews(session, TODAY + dt.timedelta(1))

    assert (first.provider_id, first.checked_on, first.overdue_days) == (listing.id, None, 1)


def test_whom_somebody_tried_to_reach_today_waits_until_tomorrow(session: Session) -> None:
    listing = a_provider(session, verified_on=LONG_AGO, review_due_on=LONG_AGO)
    in_vain = Finding(group=FieldGroup.PHONE, method=CheckMethod.CALL, result=CheckResult.COULD_NOT_REACH, on=TODAY)

    record_checks(session, listing.id, [in_vain], Change(by="Ana", at=NOW))

    assert queue(session) == []
    assert [each.provider_id for each in due_reviews(session, TODAY + dt.timedelta(1))] == [listing.id]


def test_a_confirmed_group_leaves_the_queue(session: Session) -> None:
    listing = a_provider(session, verified_on=LONG_AGO, review_due_on=LONG_AGO)
    groups = session.scalars(select(Standing.field_group).order_by(Standing.field_group)).all()

    found = [Finding(group=group, method=CheckMethod.CALL, result=CheckResult.CONFIRMED, on=TODAY) for group in groups]
    record_checks(session, listing.id, found, Change(by="Ana", at=NOW))

    assert queue(session) == []


def test_who_looks_after_one_state_sees_its_listings(session: Session) -> None:
    illinois, vermont = a_provider(session, state="IL"), a_provider(session, state="VT")
    for listing in (illinois, vermont):
        due(session, listing, phone=40)

    found = due_reviews(session, TODAY, scope=Provider.state == "VT")

    assert [each.provider_id for each in found] == [vermont.id]


def test_two_states_of_the_queue_never_differ_in_order(session: Session) -> None:
    listings = [a_provider(session) for _ in range(4)]
    for listing in listings:
        due(session, listing, phone=40)

    assert queue(session) == sorted(listing.id for listing in listings)


@pytest.mark.parametrize("seed", range(4))
def test_the_queue_is_what_weighing_every_group_of_every_listing_gives(session: Session, seed: int) -> None:
    a_source(session)
    save_all(session, drafts_of_several_towns(40), A_CHANGE)
    random = Random(seed)  # noqa: S311 (no secret)
    scatter(session, random)
    expected = weighed(session)

    for limit, offset in ((5, 0), (5, 5), (7, 30), (100, 0)):
        page = due_reviews(session, TODAY, limit=limit, offset=offset)
        assert [(each.harm, each.provider_id) for each in page] == expected[offset : offset + limit]


def scatter(session: Session, random: Random) -> None:
    """Due days at random, a third of the listings out of the public's sight, reports here and there."""
    for listing in session.scalars(select(Provider).order_by(Provider.id)).all():
        due(session, listing, **{group.value: random.randint(-3, 12) for group in FieldGroup})
        if random.random() < 0.3:
            amend(session, {listing.id: {"status": Status.HIDDEN}}, A_CHANGE)
        for _ in range(random.choice((0, 0, 0, 1, 3))):
            report(session, listing)


def weighed(session: Session) -> list[tuple[int, int]]:
    """Harm and listing, by looking at every row."""
    harm: dict[int, int] = {}
    rows = select(Standing.provider_id, Standing.field_group, Standing.due_on).join(
        Provider, Provider.id == Standing.provider_id
    )
    reports = session.scalars(select(ProblemReport.provider_id)).all()
    for provider_id, group, due_on in session.execute(rows.where(Provider.status == Status.PUBLISHED)):
        overdue = (TODAY - due_on).days
        if overdue > 0:
            weight = review_policy().groups[group].importance * overdue * (1 + reports.count(provider_id))
            harm[provider_id] = max(weight, harm.get(provider_id, 0))
    return sorted(((each, id_) for id_, each in harm.items()), key=lambda pair: (-pair[0], pair[1]))


def test_the_queue_takes_two_queries_one_of_them_for_the_policy(engine: Engine, session: Session) -> None:
    due(session, a_provider(session), phone=40)
    session.commit()

    with counted_queries(engine) as queries:
        due_reviews(session, TODAY)
    assert len(queries) == 2

    with counted_queries(engine) as queries:
        waiting(session)
    assert len(queries) == 1


def test_listings_that_a_person_must_look_at_first_wait_with_the_reason(session: Session) -> None:
    a_provider(session)
    draft = a_provider(session, name="New", status=Status.DRAFT, review_reason="No level of care")
    hidden = a_provider(session, name="Hidden")
    amend(session, {hidden.id: {"status": Status.HIDDEN, "review_reason": "Nobody there"}}, A_CHANGE)
    settled = a_provider(session)
    amend(session, {settled.id: {"status": Status.HIDDEN}}, A_CHANGE)

    found = waiting(session)

    assert [(each.provider_id, each.name, each.reason) for each in found] == [
        (draft.id, "New", "No level of care"),
        (hidden.id, "Hidden", "Nobody there"),
    ]
