"""The second factor at sign-in: a code of the app, a recovery code, or a passkey (`finder.web.account.passkeys`)."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.accounts import factors, limits, log, sessions, throttle
from finder.domain.account import Happening
from finder.extensions import db
from finder.web.account import blueprint
from finder.web.account.browser import browser_of
from finder.web.account.forms import CodeForm, PasskeyForm, RecoveryCodeForm, complain
from finder.web.account.refusals import refusal
from finder.web.guard import after_sign_in, begin_session, for_who_gave_a_password, me, record
from finder.web.languages import gettext
from finder.web.security import keys, lifetime, now


@blueprint.get("/second-factor")
@for_who_gave_a_password
def second_factor() -> ResponseReturnValue:
    """The form for a code or a passkey; who has neither yet sets one up first."""
    return elsewhere() or second_factor_page()


@blueprint.post("/second-factor")
@for_who_gave_a_password
def give_code() -> ResponseReturnValue:
    """Take a code of the app."""
    form = CodeForm(request.form)
    if away := elsewhere():
        return away
    if not form.validate():
        return _code_again(form)
    if refused := refusal(limits.code_counts(keys(), me().id)):
        db.session.commit()
        return refused
    if not factors.take_code(db.session(), me(), keys().unseal(me().totp_secret), form.digits(), now()):
        _note_wrong()
        complain(form.code, gettext("That code is not right. Wait for the next one, and check the phone's clock"))
        return _code_again(form)
    return let_in()


@blueprint.get("/recovery-code")
@for_who_gave_a_password
def recovery_code() -> ResponseReturnValue:
    """The form for a recovery code."""
    return elsewhere() or render_template("account/recovery_code.html", form=RecoveryCodeForm())


@blueprint.post("/recovery-code")
@for_who_gave_a_password
def give_recovery_code() -> ResponseReturnValue:
    """Take a recovery code, which is used up by that."""
    form = RecoveryCodeForm(request.form)
    if away := elsewhere():
        return away
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
    answer = let_in()
    flash(gettext('Recovery codes left: %(number)s. You find new ones under "Your account".', number=left))
    return answer


def complete_sign_in() -> None:
    """Sign in who has proved both factors: a new session, and a new token, instead of the one for the second factor."""
    begin_session(me(), complete=True, browser=browser_of(request.user_agent.string))
    log.note(db.session(), Happening.SIGNED_IN, me(), log.Deed(now()))
    throttle.reset(db.session(), limits.code_counts(keys(), me().id))
    throttle.forget_old(db.session(), now(), longest=limits.LONGEST)
    sessions.forget_ended(db.session(), now(), lifetime())


def second_factor_page(*, code_form: CodeForm | None = None, passkey_form: PasskeyForm | None = None) -> str:
    """The page, with a form as somebody filled it in."""
    forms = {"form": code_form or CodeForm(), "passkey_form": passkey_form or PasskeyForm()}
    return render_template("account/second_factor.html", **forms)


def elsewhere() -> ResponseReturnValue | None:
    """Where to go for who is signed in, or has nothing to prove it with yet."""
    if record().complete:
        return redirect(url_for("admin.start"), HTTPStatus.SEE_OTHER)
    return None if me().has_second_factor else redirect(url_for("account.set_up"), HTTPStatus.SEE_OTHER)


def let_in() -> ResponseReturnValue:
    """Sign in who has proved both factors, and show the page that they wanted to see."""
    complete_sign_in()
    db.session.commit()
    return redirect(after_sign_in(), HTTPStatus.SEE_OTHER)


def _note_wrong() -> None:
    log.note(db.session(), Happening.CODE_WRONG, me(), log.Deed(now()))
    db.session.commit()


def _code_again(form: CodeForm) -> ResponseReturnValue:
    return second_factor_page(code_form=form), HTTPStatus.UNPROCESSABLE_ENTITY


def _recovery_again(form: RecoveryCodeForm) -> ResponseReturnValue:
    return render_template("account/recovery_code.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
