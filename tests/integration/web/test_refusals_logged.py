"""Whoever watches the log sees attempts to get further than one may, and nothing of who made them."""

import pytest
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from finder.domain.account import Role
from finder.models import Account
from tests.staff import StaffClient, an_account


@pytest.fixture
def vera(session: Session) -> Account:
    """Somebody who may look and change nothing."""
    return an_account(session, Role.VIEWER, email="vera@county.example")


def test_a_page_that_somebody_may_not_see_is_logged_with_their_number_alone(staff: StaffClient, vera: Account) -> None:
    staff.sign_in(vera)
    with capture_logs() as logged:
        staff.get("/admin/users", expect=403)

    assert logged == [{"event": "forbidden", "log_level": "warning", "view": "admin.users", "account": vera.id}]


def test_too_many_tries_are_logged_without_address_or_account(staff: StaffClient, vera: Account) -> None:
    for _ in range(10):
        staff.give_password(vera, "a guess that is wrong", expect=422)
    with capture_logs() as logged:
        staff.give_password(vera, "a guess that is wrong", expect=429)

    assert logged == [{"event": "too_many_tries", "log_level": "warning", "view": "account.give_password"}]
