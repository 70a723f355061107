"""The password, and the way out."""

from http import HTTPStatus

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from finder.accounts import limits, log, passwords, people, sessions, throttle
from finder.domain.account import Happening
from finder.extensions import db
from finder.models import Account
from finder.models.connection import begin_writing
from finder.web.account import blueprint
from finder.web.account.browser import browser_of
from finder.web.account.forms import SignInForm, complain
from finder.web.account.refusals import refusal
from finder.web.guard import begin_session, for_anyone, for_who_gave_a_password, me, record
from finder.web.languages import gettext
from finder.web.security import keys, now


@blueprint.get("/sign-in")
@for_anyone
def sign_in() -> ResponseReturnValue:
    """The form."""
    return render_template("account/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@for_anyone
def give_password() -> ResponseReturnValue:
    """Take a password. The answer to a wrong one is the same whether the account exists, is disabled, or not."""
    form = SignInForm(request.form)
    if not form.validate():
        return _again(form)
    counts = limits.password_counts(keys(), form.address(), request.remote_addr or "", now())
    begin_writing(db.session())
    refused = refusal(counts)
    db.session.commit()  # before the slow part: the try counts, and nobody waits for us
    if refused:
        return refused
    account = _proved(form)
    if account is None:
        db.session.commit()
        complain(form.password, gettext("The e-mail address or the password is not right"))
        return _again(form)
    throttle.forgive(db.session(), counts)
    throttle.reset(db.session(), limits.password_counts_of_account(keys(), form.address()))
    begin_session(account, complete=False, browser=browser_of(request.user_agent.string))
    db.session.commit()
    return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)


@blueprint.post("/sign-out")
@for_who_gave_a_password
def sign_out() -> ResponseReturnValue:
    """End the session, here and on our side."""
    sessions.end(db.session(), record())
    log.note(db.session(), Happening.SIGNED_OUT, me(), log.Deed(now()))
    db.session.commit()
    session.clear()
    return redirect(url_for("account.sign_in"), HTTPStatus.SEE_OTHER)


def _again(form: SignInForm) -> ResponseReturnValue:
    return render_template("account/sign_in.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY


def _proved(form: SignInForm) -> Account | None:
    """Whose password it is, if it is right. Leaves a transaction open, in which that was written down if it wasn't.

    The same work for every address: one hash is computed, one account looked up before and after, one event written.
    """
    found = people.with_email(db.session(), form.address())
    account_id, kept = (found.id, "" if found.disabled_at else found.password_hash) if found else (0, "")
    db.session.rollback()  # no transaction stays open while we compute
    is_right = passwords.is_right(kept, form.password.data)
    begin_writing(db.session())
    account = db.session.get(Account, account_id)
    if account is None or not is_right or account.password_hash != kept:
        log.note(db.session(), Happening.PASSWORD_WRONG, account, log.Deed(now()))
        return None
    if passwords.is_outdated(kept):
        account.password_hash = passwords.hashed(form.password.data)
    return account
