"""Nobody sees or does what they may not: every route below ``/account`` and ``/admin``, for everybody."""

import re
from collections.abc import Mapping
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from finder.accounts import people
from finder.accounts.log import Deed
from finder.domain.account import Role, Scope
from finder.models import Account, Source
from finder.web.guard import audience_of
from tests.bulk import a_bulk_change
from tests.factories import a_provider
from tests.import_jobs import a_conflict, a_job, a_run
from tests.people import a_claim, a_proposal
from tests.queues import a_merge, a_pair, a_report
from tests.routes import STAFF_ROUTES, Who
from tests.staff import START, StaffClient, an_account, client_of

_NUMBER = re.compile(r"<int:(\w+)>")
_TO_SIGN_IN = (HTTPStatus.SEE_OTHER, "/account/sign-in")
_TO_THE_SECOND_FACTOR = (HTTPStatus.SEE_OTHER, "/account/second-factor")


def staff_routes(app: Flask) -> set[str]:
    """Each method and rule of the application that is for people who sign in."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/account", "/admin"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.fixture
def browser(staff_app: Flask, session: Session, request: pytest.FixtureRequest) -> StaffClient:
    """The browser of whom the test is parametrized with."""
    who: Who = request.param
    made = client_of(staff_app)
    made.token()
    if who is Who.NOBODY:
        return made
    account = _account_of(session, who)
    if who is Who.HALFWAY:
        made.give_password(account)
        return made
    made.sign_in(account)
    if who is Who.DISABLED:
        people.disable(session, session.merge(account), Deed(START))
        session.commit()
    return made


def _account_of(session: Session, who: Who) -> Account:
    if who is Who.EDITOR_ELSEWHERE:
        return an_account(session, Role.EDITOR, Scope(state="WY"))
    return an_account(session, who.value if isinstance(who.value, Role) else Role.ADMINISTRATOR)


@pytest.fixture
def numbers(session: Session) -> dict[str, int]:
    """The number of one thing of each kind that addresses name. Ending one's own session would throw one out."""
    made = {
        "account_id": an_account(session, Role.VIEWER).id,
        "session_id": 999_999,
        "listing_id": a_provider(session).id,
        "report_id": a_report(session).id,
        "pair_id": a_pair(session).id,
        "merge_id": a_merge(session).id,
        "passkey_id": 999_999,
        "proposal_id": a_proposal(session).id,
        "claim_id": a_claim(session).id,
        "version": 1,
        "bulk_id": a_bulk_change(session).id,
        "conflict_id": a_conflict(session).id,
        "job_id": a_job(session, session.get_one(Source, "county-list")).id,
        "run_id": a_run(session, session.get_one(Source, "county-list")).id,
    }
    session.commit()
    return made


def filled_in(rule: str, numbers: Mapping[str, int]) -> str:
    """An address of the rule."""
    with_numbers = _NUMBER.sub(lambda found: str(numbers[found.group(1)]), rule)
    return with_numbers.replace("<token>", "x").replace("<key>", "county-list")


def ask(browser: StaffClient, route: str, numbers: Mapping[str, int]) -> TestResponse:
    """Call a route, for what exists, and, where it takes a form, with a token and nothing else."""
    method, rule = route.split(" ")
    form = {"csrf_token": browser.token()} if method == "POST" else None
    return browser.open(filled_in(rule, numbers), method=method, data=form, expect=None)


def test_every_route_is_in_the_table(staff_app: Flask) -> None:
    assert staff_routes(staff_app) == set(STAFF_ROUTES)


def test_every_view_says_for_whom_it_is(staff_app: Flask) -> None:
    endpoints = [
        rule.endpoint for rule in staff_app.url_map.iter_rules() if rule.rule.startswith(("/account", "/admin"))
    ]

    assert [endpoint for endpoint in endpoints if audience_of(staff_app, endpoint) is None] == []


@pytest.mark.parametrize("browser", list(Who), ids=lambda who: who.name.lower(), indirect=True)
def test_each_route_is_for_whom_the_table_says(
    browser: StaffClient, numbers: dict[str, int], request: pytest.FixtureRequest
) -> None:
    who: Who = request.node.callspec.params["browser"]
    wrong = []
    for route, audience in STAFF_ROUTES.items():
        if route == "POST /account/sign-out":
            continue  # ends what the other routes need; `test_everybody_may_sign_out`
        answer = ask(browser, route, numbers)
        gets_through = not _is_refused(answer, who)
        if gets_through != (who in audience):
            wrong.append(f"{route}: {answer.status} {answer.location}")

    assert wrong == []


@pytest.mark.parametrize("browser", [Who.HALFWAY, Who.VIEWER, Who.ADMINISTRATOR], indirect=True)
def test_everybody_may_sign_out(browser: StaffClient) -> None:
    browser.post("/account/sign-out", data={"csrf_token": browser.token()}, expect=303)

    assert browser.get("/account/", expect=303).location == "/account/sign-in"


@pytest.mark.parametrize("browser", [Who.NOBODY, Who.ADMINISTRATOR], indirect=True)
@pytest.mark.parametrize("token", [None, "", "x", "IjEi.aaaaaa.bbbb"])
def test_no_form_is_taken_without_its_token(browser: StaffClient, numbers: dict[str, int], token: str | None) -> None:
    for route in STAFF_ROUTES:
        method, rule = route.split(" ")
        if method == "POST":
            browser.post(filled_in(rule, numbers), data={} if token is None else {"csrf_token": token}, expect=400)


def test_the_token_of_another_browser_is_not_taken(staff_app: Flask, staff: StaffClient) -> None:
    stolen = client_of(staff_app).token()
    staff.token()

    staff.post("/account/sign-in", data={"csrf_token": stolen}, expect=400)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_extra_fields_of_a_form_make_nobody_an_administrator(staff: StaffClient, session: Session, role: Role) -> None:
    account = an_account(session, role)
    staff.sign_in(account)

    extra = {"role": "administrator", "is_admin": "1"}
    staff.send("/account/password", current="x", **extra, expect=422)
    staff.post(f"/admin/users/{account.id}", data={"csrf_token": staff.token(), "role": "administrator"}, expect=403)

    assert people.with_id(session, account.id).role is role  # type: ignore[union-attr] # it is there


def test_numbers_of_nobody_are_not_found(staff: StaffClient, session: Session) -> None:
    staff.sign_in(an_account(session))
    token = staff.token()

    for route in STAFF_ROUTES:
        method, rule = route.split(" ")
        if _NUMBER.search(rule):
            staff.open(_NUMBER.sub("999999", rule), method=method, data={"csrf_token": token}, expect=404)
            # Larger than any number in the database: no address at all.
            answer = staff.open(_NUMBER.sub("9" * 30, rule), method=method, data={"csrf_token": token}, expect=None)
            assert answer.status_code in {404, 405}


def test_a_role_taken_away_is_gone_at_the_next_request(staff: StaffClient, staff_app: Flask, session: Session) -> None:
    bob = an_account(session)
    theirs = client_of(staff_app)
    theirs.sign_in(bob)
    theirs.get("/admin/users")
    staff.sign_in(an_account(session))

    staff.send(f"/admin/users/{bob.id}", name="Bob", role="editor", places="Illinois")

    theirs.get("/admin/users", expect=403)
    assert people.with_id(session, bob.id).actor.scopes == (Scope(state="IL"),)  # type: ignore[union-attr] # it is there


def _is_refused(answer: TestResponse, who: Who) -> bool:
    """Whether somebody was sent to the step that they lack, or told that it isn't for them."""
    sent_to = (HTTPStatus(answer.status_code), answer.location)
    elsewhere = {Who.NOBODY: _TO_SIGN_IN, Who.DISABLED: _TO_SIGN_IN, Who.HALFWAY: _TO_THE_SECOND_FACTOR}.get(who)
    return answer.status_code == HTTPStatus.FORBIDDEN or sent_to == elsewhere
