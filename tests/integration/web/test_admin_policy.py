"""Administrators set for how long a check is believed."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from finder.domain.review import FieldGroup, review_policy
from finder.listings.checks import record_checks
from finder.listings.review import due_reviews
from tests.factories import A_CHANGE, NOW, a_provider
from tests.saved import found, standing
from tests.staff import StaffClient, an_account

PAGE = "/admin/policy"


@pytest.fixture(autouse=True)
def _ada(session: Session, staff: StaffClient) -> None:
    staff.sign_in(an_account(session, email="ada@county.example"))


def save(staff: StaffClient, expect: int = 303, seen: str = "0", **changes: str) -> str:
    """Fill in the form with the shipped rules, but for ``phone_days="30"``; an empty essential is left out."""
    fields: dict[str, str] = {}
    for group, rule in review_policy().groups.items():
        fields |= {f"{group}-days": str(rule.days), f"{group}-importance": str(rule.importance)}
        fields |= {f"{group}-essential": "y"} if rule.essential else {}
    fields |= {name.replace("_", "-"): text for name, text in changes.items()}
    sent = {name: text for name, text in fields.items() if text or not name.endswith("essential")}
    return staff.send(PAGE, expect=expect, seen=seen, **sent).text


def test_another_rule_counts_for_checks_from_then_on(staff: StaffClient, session: Session) -> None:
    before, after = (a_provider(session) for _ in range(2))
    record_checks(session, before.id, [found(FieldGroup.PHONE)], A_CHANGE)
    session.commit()

    save(staff, phone_days="30")
    record_checks(session, after.id, [found(FieldGroup.PHONE)], A_CHANGE)
    session.commit()

    due = [standing(session, listing)[FieldGroup.PHONE].due_on - NOW.date() for listing in (before, after)]
    assert due == [dt.timedelta(days=180), dt.timedelta(days=30)]


def test_importance_orders_the_queue(staff: StaffClient, session: Session) -> None:
    a_provider(session, verified_on=dt.date(2020, 1, 1))
    session.commit()
    assert due_reviews(session, NOW.date())[0].group is FieldGroup.PHONE
    session.rollback()

    save(staff, payment_importance="10", phone_importance="1", services_importance="1", address_importance="1")

    assert due_reviews(session, NOW.date())[0].group is FieldGroup.PAYMENT


def test_what_is_essential_decides_when_a_listing_counts_as_checked(staff: StaffClient, session: Session) -> None:
    listing = a_provider(session, verified_on=dt.date(2026, 1, 1))
    session.commit()
    save(staff, address_essential="", services_essential="")

    record_checks(session, listing.id, [found(FieldGroup.PHONE)], A_CHANGE)

    session.refresh(listing)
    assert listing.verified_on == NOW.date()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phone_days": "0"}, "phone-days"),
        ({"phone_days": "3651"}, "phone-days"),
        ({"hours_days": "soon"}, "hours-days"),
        ({"hours_days": ""}, "hours-days"),
        ({"website_importance": "11"}, "website-importance"),
        ({"phone_essential": "", "address_essential": "", "services_essential": ""}, "phone-essential"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_saved(
    staff: StaffClient, change: dict[str, str], field: str
) -> None:
    page = save(staff, expect=422, payment_days="77", **change)

    assert f'id="{field}-error"' in page
    assert 'value="77"' in page
    assert 'value="77"' not in staff.get(PAGE).text


def test_who_changed_which_rule_is_kept(staff: StaffClient) -> None:
    save(staff, phone_days="90")

    page = staff.get(PAGE).text
    assert "1 rule changed." in page
    assert "ada@county.example: Phone: 90 days, importance 10, essential" in " ".join(staff.get(PAGE).text.split())


def test_nobody_overwrites_rules_that_they_never_saw(staff: StaffClient) -> None:
    save(staff, phone_days="90")

    assert "Somebody else changed rules meanwhile" in save(staff, expect=409, phone_days="60")

    assert 'value="90"' in staff.get(PAGE).text
