"""Choosing a password with a link: who is invited, and who forgot theirs."""

from functools import partial
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.accounts import letters, limits, links, log, people
from finder.domain.account import Happening
from finder.extensions import db
from finder.models.connection import begin_writing
from finder.web.account import blueprint
from finder.web.account.browser import browser_of
from finder.web.account.forms import ForgottenForm, NewPasswordForm, accept_new_password
from finder.web.account.refusals import refusal
from finder.web.guard import begin_session, for_anyone
from finder.web.security import address_of_link, background, keys, now, post


@blueprint.get("/forgotten-password")
@for_anyone
def forgotten_password() -> ResponseReturnValue:
    """The form."""
    return render_template("account/forgotten.html", form=ForgottenForm())


@blueprint.post("/forgotten-password")
@for_anyone
def ask_for_link() -> ResponseReturnValue:
    """Promise a letter to who has an account. Whether somebody has one is looked up after the answer."""
    form = ForgottenForm(request.form)
    if not form.validate():
        return render_template("account/forgotten.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    email = people.email_of(form.email.data) or ""
    begin_writing(db.session())
    refused = refusal(limits.link_counts(keys(), email, request.remote_addr or "", now()))
    db.session.commit()
    if refused:
        return refused
    background().run(partial(_send_link, email))
    return render_template("account/letter_sent.html")


@blueprint.get("/choose-password/<token>")
@for_anyone
def choose_password(token: str) -> ResponseReturnValue:
    """The form, where the link still works."""
    account = links.account_of(db.session(), token, now())
    if account is None:
        return _dead_link()
    form = NewPasswordForm(data={"name": account.name})
    return render_template("account/choose_password.html", form=form, account=account)


@blueprint.post("/choose-password/<token>")
@for_anyone
def take_password(token: str) -> ResponseReturnValue:
    """Take the password, and go on to the second factor; the link works no more."""
    begin_writing(db.session())
    account = links.account_of(db.session(), token, now())
    if account is None:
        return _dead_link()
    form = NewPasswordForm(request.form)
    if not form.validate() or not accept_new_password(form.password, account.email):
        page = render_template("account/choose_password.html", form=form, account=account)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if not links.take(db.session(), token):
        return _dead_link()
    account.name = account.name if account.password_hash else (form.name.data or account.name).strip()
    links.choose_password(db.session(), account, form.password.data, now())
    begin_session(account, complete=False, browser=browser_of(request.user_agent.string))
    db.session.commit()
    return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)


def _dead_link() -> ResponseReturnValue:
    return render_template("account/dead_link.html"), HTTPStatus.NOT_FOUND


def _send_link(email: str) -> None:
    begin_writing(db.session())
    account = people.with_email(db.session(), email)
    if account is None or account.disabled_at:
        return
    token = links.new_link(db.session(), account, now(), links.FORGOTTEN)
    letter = letters.forgotten(account.email, account.name, address_of_link(token))
    log.note(db.session(), Happening.RESET_ASKED, account, log.Deed(now()))
    db.session.commit()
    post().send(letter)
