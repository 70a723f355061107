"""The second factor at sign-in: a code of the app, or a recovery code."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.accounts import factors, limits, log, sessions, throttle
from finder.domain.account import Happening
from finder.extensions import db
from finder.web.account import blueprint
from finder.web.account.browser import browser_of
from finder.web.account.forms import CodeForm, RecoveryCodeForm, complain
from finder.web.account.refusals import refusal
from finder.web.guard import after_sign_in, begin_session, for_who_gave_a_password, me, record
from finder.web.languages import gettext
from finder.web.security import keys, lifetime, now


@blueprint.get("/second-factor")
@for_who_gave_a_password
def second_factor() -> ResponseReturnValue:
    """The form for a code; who has no app yet sets one up first."""
    return _elsewhere() or render_template("account/second_factor.html", form=CodeForm())


@blueprint.post("/second-factor")
@for_who_gave_a_password
def give_code() -> ResponseReturnValue:
    """Take a code of the app."""
    form = CodeForm(request.form)
    if elsewhere := _elsewhere():
        return elsewhere
    if not form.validate():
        return _code_again(form)
    if refused := refusal(limits.code_counts(keys(), me().id)):
        db.session.commit()
        return refused
    if not factors.take_code(db.session(), me(), keys().unseal(me().totp_secret), form.digits(), now()):
        _note_wrong()
        complain(form.code, gettext("That code is not right. Wait for the next one, and check the phone's clock"))
        return _code_again(form)
    return _let_in()


@blueprint.get("/recovery-code")
@for_who_gave_a_password
def recovery_code() -> ResponseReturnValue:
    """The form for a recovery code."""
    return _elsewhere() or render_template("account/recovery_code.html", form=RecoveryCodeForm())


@blueprint.post("/recovery-code")
@for_who_gave_a_password
def give_recovery_code() -> ResponseReturnValue:
    """Take a recovery code, which is used up by that."""
    form = RecoveryCodeForm(request.form)
    if elsewhere := _elsewhere():
        return elsewhere
    if not form.validate():
        return _recovery_again(form)
    if refused := refusal(limits.code_counts(keys(), me().id)):
        db.session.commit()
        return refused
    if not factors.take_recovery_code(db.session(), me(), form.code.data):
        _note_wrong()
        complain(form.code, gettext("That recovery code is not right, or has been used"))
        return _recovery_again(form)
    log.note(db.session(), Happening.RECOVERY_CODE_USED, me(), log.Deed(now()))
    left = factors.recovery_codes_left(db.session(), me())
    answer = _let_in()
    flash(gettext('Recovery codes left: %(number)s. You find new ones under "Your account".', number=left))
    return answer


def complete_sign_in() -> None:
    """Sign in who has proved both factors: a new session, and a new token, instead of the one for the second factor."""
    sessions.end(db.session(), record())
    begin_session(me(), complete=True, browser=browser_of(request.user_agent.string))
    log.note(db.session(), Happening.SIGNED_IN, me(), log.Deed(now()))
    throttle.reset(db.session(), limits.code_counts(keys(), me().id))
    throttle.forget_old(db.session(), now(), longest=limits.LONGEST)
    sessions.forget_ended(db.session(), now(), lifetime())


def _elsewhere() -> ResponseReturnValue | None:
    """Where to go for who is signed in, or has nothing to prove it with yet."""
    if record().complete:
        return redirect(url_for("admin.start"), HTTPStatus.SEE_OTHER)
    return None if me().has_second_factor else redirect(url_for("account.set_up"), HTTPStatus.SEE_OTHER)


def _let_in() -> ResponseReturnValue:
    complete_sign_in()
    db.session.commit()
    return redirect(after_sign_in(), HTTPStatus.SEE_OTHER)


def _note_wrong() -> None:
    log.note(db.session(), Happening.CODE_WRONG, me(), log.Deed(now()))
    db.session.commit()


def _code_again(form: CodeForm) -> ResponseReturnValue:
    return render_template("account/second_factor.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY


def _recovery_again(form: RecoveryCodeForm) -> ResponseReturnValue:
    return render_template("account/recovery_code.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
