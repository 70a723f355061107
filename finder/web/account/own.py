"""One's own account: where one is signed in, and another password."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from finder.accounts import factors, limits, links, log, passkeys, passwords, sessions, throttle
from finder.domain.account import Happening
from finder.extensions import db
from finder.web.account import blueprint
from finder.web.account.forms import ChangePasswordForm, accept_new_password, complain
from finder.web.account.refusals import refusal
from finder.web.guard import for_who_is_signed_in, me, record
from finder.web.languages import gettext
from finder.web.security import keys, lifetime, now


@blueprint.get("/")
@for_who_is_signed_in
def own() -> ResponseReturnValue:
    """Where I am signed in, my passkeys, and how many recovery codes I have."""
    opened = sessions.open_sessions(db.session(), me(), now(), lifetime())
    left = factors.recovery_codes_left(db.session(), me())
    mine = passkeys.of(db.session(), me())
    return render_template("account/own.html", sessions=opened, present=record().id, left=left, passkeys=mine)


@blueprint.post("/sessions/<int:session_id>/end")
@for_who_is_signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of my sessions; another's is as if it weren't there."""
    opened = sessions.open_sessions(db.session(), me(), now(), lifetime())
    chosen = next((found for found in opened if found.id == session_id), None)
    if chosen is None:
        abort(HTTPStatus.NOT_FOUND)
    sessions.end(db.session(), chosen)
    return _ended()


@blueprint.post("/sessions/end-others")
@for_who_is_signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all of my sessions but this one."""
    sessions.end_all(db.session(), me(), but=record())
    return _ended()


@blueprint.get("/password")
@for_who_is_signed_in
def password() -> ResponseReturnValue:
    """The form for another password."""
    return render_template("account/password.html", form=ChangePasswordForm())


@blueprint.post("/password")
@for_who_is_signed_in
def change_password() -> ResponseReturnValue:
    """Take another password; that ends my other sessions."""
    form = ChangePasswordForm(request.form)
    if form.validate() and accept_new_password(form.password, me().email):
        if refused := accept_present_password(form.current):
            return refused
        if not form.errors:
            links.choose_password(db.session(), me(), form.password.data, now(), keep=record())
            db.session.commit()
            flash(gettext("Your password is changed. Other browsers were signed out."))
            return redirect(url_for("account.own"), HTTPStatus.SEE_OTHER)
    db.session.commit()
    return render_template("account/password.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY


def accept_present_password(field: Field) -> ResponseReturnValue | None:
    """Check the present password of who asks; a wrong one is told beside the field, too many get the page for that."""
    counts = limits.password_counts_of_account(keys(), me().email)
    if refused := refusal(counts):
        db.session.commit()
        return refused
    if passwords.is_right(me().password_hash, field.data or ""):
        throttle.reset(db.session(), counts)
    else:
        log.note(db.session(), Happening.PASSWORD_WRONG, me(), log.Deed(now()))
        complain(field, gettext("That is not your password"))
    return None


def _ended() -> ResponseReturnValue:
    log.note(db.session(), Happening.SESSIONS_ENDED, me(), log.Deed(now()))
    db.session.commit()
    return redirect(url_for("account.own"), HTTPStatus.SEE_OTHER)
