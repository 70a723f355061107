"""Setting up the app for codes, which nobody gets around, and recovery codes."""

from http import HTTPStatus

import segno
from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from finder.accounts import factors, log, sessions
from finder.domain.account import Happening
from finder.extensions import db
from finder.web.account import blueprint
from finder.web.account.forms import OwnPasswordForm, SetUpForm, complain
from finder.web.account.fresh import soon_after_sign_in
from finder.web.account.own import accept_present_password
from finder.web.account.second_factor import complete_sign_in
from finder.web.guard import for_who_gave_a_password, for_who_is_signed_in, me, record
from finder.web.languages import gettext
from finder.web.security import keys, now

_PENDING = "pending"  # the sealed secret of an app that is being set up, in the cookie


@blueprint.get("/second-factor/set-up")
@for_who_gave_a_password
@soon_after_sign_in
def set_up() -> ResponseReturnValue:
    """A QR code for the app, and a field for the first code that it shows."""
    if must_prove():
        return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)
    return _page(SetUpForm(asks_password=record().complete))


@blueprint.post("/second-factor/set-up")
@for_who_gave_a_password
@soon_after_sign_in
def confirm_set_up() -> ResponseReturnValue:
    """Take the first code of the app; the answer holds the recovery codes, once."""
    if must_prove():
        return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)
    form = SetUpForm(request.form, asks_password=record().complete)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if record().complete and (refused := accept_present_password(form.current)):
        return refused
    if form.errors or not factors.take_code(db.session(), me(), _pending_secret(), form.digits(), now()):
        if not form.errors:
            complain(form.code, gettext("That code is not right. Wait for the next one, and check the phone's clock"))
        db.session.commit()
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _done()


@blueprint.get("/recovery-codes")
@for_who_is_signed_in
@soon_after_sign_in
def recovery_codes() -> ResponseReturnValue:
    """How many are left, and the form for new ones."""
    return _recovery_page(OwnPasswordForm())


@blueprint.post("/recovery-codes")
@for_who_is_signed_in
@soon_after_sign_in
def renew_recovery_codes() -> ResponseReturnValue:
    """New recovery codes; the answer holds them, once."""
    form = OwnPasswordForm(request.form)
    if form.validate() and (refused := accept_present_password(form.current)):
        return refused
    if form.errors:
        db.session.commit()
        return _recovery_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    codes = factors.renew_recovery_codes(db.session(), me())
    log.note(db.session(), Happening.CODES_RENEWED, me(), log.Deed(now()))
    db.session.commit()
    return render_template("account/recovery_codes_new.html", codes=codes)


def must_prove() -> bool:
    """Whether somebody has a second factor and hasn't shown it yet: a password alone must not replace it."""
    return me().has_second_factor and not record().complete


def _done() -> ResponseReturnValue:
    codes = factors.set_up(db.session(), me(), session.pop(_PENDING))
    log.note(db.session(), Happening.FACTOR_SET, me(), log.Deed(now()))
    if record().complete:
        sessions.end_all(db.session(), me(), but=record())
    else:
        complete_sign_in()
    db.session.commit()
    return render_template("account/recovery_codes_new.html", codes=codes)


def _pending_secret() -> str:
    """The secret of the app that is being set up: the same until that is done, so that a reload does no harm."""
    secret = keys().unseal(session.get(_PENDING, ""))
    if not secret:
        secret = factors.new_secret()
        session[_PENDING] = keys().seal(secret)
    return secret


def _page(form: SetUpForm) -> str:
    secret = _pending_secret()
    drawn = segno.make(factors.app_address(secret, me().email), error="m")
    # A white margin belongs to the code: on a dark page no telephone would find it.
    svg = drawn.svg_inline(light="#ffffff", border=4, omitsize=True, svgclass="qr-code", lineclass=None)
    spelled = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("account/set_up.html", form=form, qr_code=Markup(svg), secret=spelled)  # noqa: S704 (drawn by us)


def _recovery_page(form: OwnPasswordForm) -> str:
    left = factors.recovery_codes_left(db.session(), me())
    return render_template("account/recovery_codes.html", form=form, left=left)
