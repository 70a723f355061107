"""What people find out, and what becomes of a listing by it."""

import datetime as dt

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding, review_policy
from finder.listings import Change, Outcome, amend
from finder.listings.checks import UNREACHED, checks_of, record_checks
from finder.models import DirectoryVersion, Revision
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_draft, a_provider
from tests.saved import found, imported, standing, the_listing

TODAY = NOW.date()
EDITION = dt.date(2026, 6, 1)
ESSENTIAL = (FieldGroup.PHONE, FieldGroup.ADDRESS, FieldGroup.SERVICES)
A_CALL = Change(by="Ana", at=NOW)


NOBODY = found(result=CheckResult.COULD_NOT_REACH)


def test_a_listing_counts_as_checked_when_all_without_which_nobody_gets_there_was(session: Session) -> None:
    listing = a_provider(session, verified_on=EDITION)

    record_checks(session, listing.id, [found(FieldGroup.PHONE), found(FieldGroup.SERVICES)], A_CALL)
    assert the_listing(session).verified_on == EDITION

    record_checks(session, listing.id, [found(FieldGroup.ADDRESS)], A_CALL)
    assert the_listing(session).verified_on == TODAY


def test_a_listing_is_due_when_the_first_of_its_essential_groups_is(session: Session) -> None:
    listing = a_provider(session, verified_on=EDITION)

    record_checks(session, listing.id, [found(group) for group in ESSENTIAL], A_CALL)

    assert the_listing(session).review_due_on == min(review_policy().due_on(group, TODAY) for group in ESSENTIAL)


def test_a_check_tells_who_found_out_what_when_and_how(session: Session) -> None:
    listing = a_provider(session, verified_on=None)

    record_checks(session, listing.id, [found(result=CheckResult.CORRECTED, note="New intake line")], A_CALL)

    (check,) = checks_of(session, listing.id)
    assert (check.field_group, check.method, check.result) == (
        FieldGroup.PHONE,
        CheckMethod.CALL,
        CheckResult.CORRECTED,
    )
    assert (check.checked_on, check.by, check.note, check.recorded_at) == (TODAY, "Ana", "New intake line", NOW)


def test_the_new_dates_are_one_change_of_the_listing_that_search_sees(session: Session) -> None:
    listing = a_provider(session, verified_on=EDITION)
    before = session.scalars(select(DirectoryVersion.version)).one()

    record_checks(session, listing.id, [found(group) for group in ESSENTIAL], A_CALL)

    revision = session.scalars(select(Revision).where(Revision.version == 2)).one()
    assert (revision.by, revision.reason) == ("Ana", "Checked: phone, address, services")
    assert set(revision.changes) == {"verified_on", "review_due_on"}
    assert session.scalars(select(DirectoryVersion.version)).one() > before


def test_what_is_rolled_back_leaves_no_check(session: Session) -> None:
    listing = a_provider(session, verified_on=EDITION)
    session.commit()

    record_checks(session, listing.id, [found()], A_CALL)
    session.rollback()

    assert {check.method for check in checks_of(session, listing.id)} == {CheckMethod.IMPORT}
    assert standing(session, listing)[FieldGroup.PHONE].method is CheckMethod.IMPORT


def test_a_call_of_last_month_noted_today_does_not_replace_yesterdays(session: Session) -> None:
    listing = a_provider(session)
    record_checks(session, listing.id, [found(on=TODAY - dt.timedelta(1))], A_CALL)

    record_checks(session, listing.id, [found(on=TODAY - dt.timedelta(30), method=CheckMethod.EMAIL)], A_CALL)

    stands = standing(session, listing)[FieldGroup.PHONE]
    assert (stands.checked_on, stands.method) == (TODAY - dt.timedelta(1), CheckMethod.CALL)
    assert checks_of(session, listing.id)[0].method is CheckMethod.EMAIL


def test_three_records_in_a_row_by_which_nobody_could_be_reached_hide_a_listing(session: Session) -> None:
    listing = a_provider(session)
    record_checks(session, listing.id, [NOBODY], A_CALL)
    record_checks(session, listing.id, [NOBODY], A_CALL)
    assert the_listing(session).status is Status.PUBLISHED

    record_checks(session, listing.id, [NOBODY], A_CALL)

    assert (the_listing(session).status, the_listing(session).review_reason) == (Status.HIDDEN, UNREACHED)


def test_somebody_reached_in_between_starts_the_count_anew(session: Session) -> None:
    listing = a_provider(session)
    for finding in (NOBODY, NOBODY, found(), NOBODY, NOBODY):
        record_checks(session, listing.id, [finding], A_CALL)

    assert the_listing(session).status is Status.PUBLISHED


def test_one_call_about_many_facts_is_one_try(session: Session) -> None:
    listing = a_provider(session)

    in_vain = [found(group, result=CheckResult.COULD_NOT_REACH) for group in FieldGroup]
    record_checks(session, listing.id, in_vain, A_CALL)

    assert the_listing(session).status is Status.PUBLISHED


def test_a_source_that_tells_the_same_again_has_reached_nobody(session: Session) -> None:
    draft = a_draft(verified_on=EDITION)
    imported(session, draft)
    listing = the_listing(session)
    for _ in range(2):
        record_checks(session, listing.id, [NOBODY], A_CALL)

    imported(session, a_draft(source_ref=draft.source_ref, verified_on=TODAY))
    record_checks(session, listing.id, [NOBODY], A_CALL)

    assert the_listing(session).status is Status.HIDDEN


def test_a_hidden_listing_stays_hidden_with_its_reason_when_it_is_imported_again(session: Session) -> None:
    draft = a_draft(verified_on=EDITION)
    imported(session, draft)
    for _ in range(3):
        record_checks(session, the_listing(session).id, [NOBODY], A_CALL)

    assert imported(session, draft) is Outcome.UNCHANGED

    assert (the_listing(session).status, the_listing(session).review_reason) == (Status.HIDDEN, UNREACHED)


def test_a_listing_is_shown_again_when_its_phone_is_answered(session: Session) -> None:
    listing = a_provider(session)
    for _ in range(3):
        record_checks(session, listing.id, [NOBODY], A_CALL)

    record_checks(session, listing.id, [found()], A_CALL)

    assert (the_listing(session).status, the_listing(session).review_reason) == (Status.PUBLISHED, "")


def test_a_listing_that_was_hidden_for_another_reason_is_not_shown_by_a_check(session: Session) -> None:
    listing = a_provider(session)
    amend(session, {listing.id: {"status": Status.HIDDEN, "review_reason": "Reported for brokering"}}, A_CHANGE)

    record_checks(session, listing.id, [found()], A_CALL)

    assert the_listing(session).status is Status.HIDDEN


@pytest.mark.parametrize(
    ("findings", "problem"),
    [
        ([], "a record has findings"),
        ([found(), found(method=CheckMethod.VISIT)], "one a group"),
        ([found(on=TODAY + dt.timedelta(1))], "a day to come"),
        ([found(method=CheckMethod.IMPORT)], "noted when it is imported"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused(session: Session, findings: list[Finding], problem: str) -> None:
    listing = a_provider(session)

    with pytest.raises(ValueError, match=problem):
        record_checks(session, listing.id, findings, A_CALL)


def test_a_listing_that_is_not_there_cannot_be_checked(session: Session) -> None:
    with pytest.raises(LookupError):
        record_checks(session, 7, [found()], A_CALL)


def test_a_group_of_which_nothing_is_said_can_be_checked_and_is_not_due(session: Session) -> None:
    listing = a_provider(session, schedules=())

    record_checks(session, listing.id, [found(FieldGroup.HOURS)], A_CALL)

    assert FieldGroup.HOURS not in standing(session, listing)
    assert checks_of(session, listing.id)[0].field_group is FieldGroup.HOURS


def test_a_record_takes_the_same_few_queries_however_long_the_history_is(engine: Engine, session: Session) -> None:
    listing = a_provider(session)
    for _ in range(4):
        record_checks(session, listing.id, [found(group) for group in ESSENTIAL], A_CALL)

    with counted_queries(engine) as queries:
        record_checks(session, listing.id, [NOBODY], A_CALL)
        checks_of(session, listing.id)

    assert len(queries) == 9
