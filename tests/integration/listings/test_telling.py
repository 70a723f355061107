"""What a source says again, beside what people found out since."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.phone import Phone
from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.domain.schedule import Schedule
from finder.listings import Change, Outcome, amend, save_all
from finder.listings.checks import checks_of, record_checks
from finder.listings.standing import Stands
from finder.models import Check
from tests.factories import NOW, a_draft, a_provider, tags
from tests.saved import found, imported, standing, the_listing

TODAY = NOW.date()
EDITION = dt.date(2026, 6, 1)
TOLD = (FieldGroup.PHONE, FieldGroup.ADDRESS, FieldGroup.SERVICES, FieldGroup.PAYMENT, FieldGroup.DESCRIPTION)
A_CALL = Change(by="Ana", at=NOW)


def test_an_import_is_a_check_of_what_it_tells_as_of_its_day(session: Session) -> None:
    imported(session, a_draft(verified_on=EDITION, review_due_on=dt.date(2027, 6, 1), schedules=(), website=""))

    stands = standing(session, the_listing(session))
    assert set(stands) == set(TOLD)
    assert set(stands.values()) == {Stands(EDITION, CheckMethod.IMPORT, dt.date(2027, 6, 1))}
    assert {check.method for check in checks_of(session, the_listing(session).id)} == {CheckMethod.IMPORT}


def test_the_same_edition_again_is_no_new_check(session: Session) -> None:
    draft = a_draft(verified_on=EDITION)
    imported(session, draft)
    before = session.scalar(select(func.count()).select_from(Check))

    assert imported(session, draft) is Outcome.UNCHANGED

    assert session.scalar(select(func.count()).select_from(Check)) == before


def test_a_later_edition_is_a_new_check_and_the_dates_are_its_own(session: Session) -> None:
    draft = a_draft(verified_on=EDITION, review_due_on=dt.date(2027, 6, 1))
    imported(session, draft)

    imported(session, a_draft(source_ref=draft.source_ref, verified_on=TODAY, review_due_on=dt.date(2027, 11, 2)))

    listing = the_listing(session)
    assert (listing.verified_on, listing.review_due_on) == (TODAY, dt.date(2027, 11, 2))
    assert {stands.checked_on for stands in standing(session, listing).values()} == {TODAY}


def test_an_older_edition_changes_nothing_that_a_person_found_out(session: Session) -> None:
    draft = a_draft(verified_on=EDITION, phones=(Phone("+13125550123"),), tags=tags("level_of_care:detox"))
    imported(session, draft)
    listing = the_listing(session)
    amend(session, {listing.id: {"phones": (Phone("+13125550199"),)}}, A_CALL)
    record_checks(session, listing.id, [found(result=CheckResult.CORRECTED)], A_CALL)
    before = standing(session, listing)

    later = EDITION + dt.timedelta(30)
    imported(session, a_draft(source_ref=draft.source_ref, name="New name", phones=draft.phones, verified_on=later))

    session.refresh(listing, ["phones"])
    after = standing(session, listing)
    assert [phone.number for phone in listing.phones] == ["+13125550199"]
    assert the_listing(session).name == "New name"
    assert after[FieldGroup.PHONE] == before[FieldGroup.PHONE]
    assert after[FieldGroup.SERVICES].checked_on == later
    assert the_listing(session).verified_on == later


def test_a_newer_edition_than_a_persons_check_is_believed(session: Session) -> None:
    draft = a_draft(verified_on=EDITION)
    imported(session, draft)
    listing = the_listing(session)
    record_checks(session, listing.id, [found(on=EDITION + dt.timedelta(1))], A_CALL)

    newer = a_draft(source_ref=draft.source_ref, phones=(Phone("+13125550177"),), verified_on=TODAY)
    imported(session, newer)

    session.refresh(listing, ["phones"])
    assert [phone.number for phone in listing.phones] == ["+13125550177"]
    assert standing(session, listing)[FieldGroup.PHONE].method is CheckMethod.IMPORT


def test_what_a_person_found_out_and_the_source_never_tells_stays(session: Session) -> None:
    draft = a_draft(verified_on=EDITION, schedules=())
    imported(session, draft)
    listing = the_listing(session)
    amend(session, {listing.id: {"schedules": (Schedule(0, dt.time(8)),)}}, A_CALL)
    record_checks(session, listing.id, [found(FieldGroup.HOURS)], A_CALL)

    imported(session, a_draft(source_ref=draft.source_ref, schedules=(), verified_on=TODAY + dt.timedelta(200)))

    session.refresh(listing, ["schedules"])
    assert [span.opens_at for span in listing.schedules] == [dt.time(8)]


def test_payment_found_by_a_person_stays_while_services_follow_the_source(session: Session) -> None:
    draft = a_draft(verified_on=EDITION, tags=tags("level_of_care:detox", "payment:medicaid"))
    imported(session, draft)
    listing = the_listing(session)
    amend(session, {listing.id: {"tags": tags("level_of_care:detox", "payment:medicare")}}, A_CALL)
    record_checks(session, listing.id, [found(FieldGroup.PAYMENT)], A_CALL)

    later = EDITION + dt.timedelta(30)
    told = tags("level_of_care:inpatient", "payment:medicaid")
    imported(session, a_draft(source_ref=draft.source_ref, tags=told, verified_on=later))

    session.refresh(listing, ["tags"])
    assert {tag.code for tag in listing.tags} == {"inpatient", "medicare"}


def test_a_person_may_change_by_hand_what_a_person_found_out(session: Session) -> None:
    draft = a_draft(verified_on=EDITION)
    listing = a_provider(session, source_ref=draft.source_ref)
    record_checks(session, listing.id, [found()], A_CALL)

    save_all(session, [a_draft(source_ref=draft.source_ref, phones=(Phone("+13125550177"),))], A_CALL)

    session.refresh(listing, ["phones"])
    assert [phone.number for phone in listing.phones] == ["+13125550177"]
