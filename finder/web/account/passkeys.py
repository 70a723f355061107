"""Passkeys: making one, signing in with it, taking it away."""

from http import HTTPStatus

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.accounts import factors, limits, log, passkeys, sessions
from finder.accounts.passkeys import Answer, Proof
from finder.domain.account import Happening
from finder.extensions import db
from finder.models import Passkey
from finder.web.account import blueprint
from finder.web.account.forms import NewPasskeyForm, OwnPasswordForm, PasskeyForm, complain
from finder.web.account.fresh import soon_after_sign_in
from finder.web.account.own import accept_present_password
from finder.web.account.refusals import refusal
from finder.web.account.second_factor import complete_sign_in, elsewhere, let_in, second_factor_page
from finder.web.account.set_up import must_prove
from finder.web.guard import for_who_gave_a_password, for_who_is_signed_in, me, record
from finder.web.languages import gettext, lazy_gettext
from finder.web.security import keys, now, site

_WORDS = {
    Proof.WRONG: lazy_gettext("The answer of the passkey was not right. Try once more, or use another way"),
    Proof.COPIED: lazy_gettext(
        "This passkey may have been copied, so it was not taken. Use another way, and tell an administrator"
    ),
}


@blueprint.post("/second-factor/passkey/challenge")
@for_who_gave_a_password
def ask_passkey() -> ResponseReturnValue:
    """What one of my passkeys must sign, for the page's script."""
    return _challenge(passkeys.ask_to_sign(db.session(), record(), site()))


@blueprint.post("/second-factor/passkey")
@for_who_gave_a_password
def give_passkey() -> ResponseReturnValue:
    """Take what a passkey signed."""
    form = PasskeyForm(request.form)
    if away := elsewhere():
        return away
    if not me().has_passkeys:
        abort(HTTPStatus.NOT_FOUND)
    if not form.validate():
        return second_factor_page(passkey_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    if refused := refusal(limits.code_counts(keys(), me().id)):
        db.session.commit()
        return refused
    proof, passkey = passkeys.prove(db.session(), me(), _answer(form))
    if proof is Proof.RIGHT:
        return let_in()
    happening = Happening.PASSKEY_COPIED if proof is Proof.COPIED else Happening.PASSKEY_WRONG
    log.note(db.session(), happening, me(), log.Deed(now()), passkey.name if passkey else "")
    db.session.commit()
    complain(form.answer, str(_WORDS[proof]))
    return second_factor_page(passkey_form=form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/passkeys/new")
@for_who_gave_a_password
@soon_after_sign_in
def new_passkey() -> ResponseReturnValue:
    """The form for a new passkey."""
    if must_prove():
        return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)
    return _page(NewPasskeyForm(asks_password=record().complete))


@blueprint.post("/passkeys/challenge")
@for_who_gave_a_password
@soon_after_sign_in
def ask_new_passkey() -> ResponseReturnValue:
    """What a new passkey needs to know, for the page's script."""
    if must_prove():
        return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)
    handle = bytes.fromhex(keys().fingerprint("passkey", str(me().id)))
    return _challenge(passkeys.ask_for_new(db.session(), record(), site(), handle))


@blueprint.post("/passkeys/new")
@for_who_gave_a_password
@soon_after_sign_in
def add_passkey() -> ResponseReturnValue:
    """Take a new passkey; if it is the first second factor, the answer holds recovery codes, once."""
    if must_prove():
        return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)
    form = NewPasskeyForm(request.form, asks_password=record().complete)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if record().complete and (refused := accept_present_password(form.current)):
        return refused
    if not form.errors and not passkeys.add(db.session(), me(), _answer(form), form.key_name()):
        complain(form.answer, gettext("The passkey was not taken. Perhaps it is in use already. Try once more"))
    if form.errors:
        db.session.commit()
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    log.note(db.session(), Happening.PASSKEY_ADDED, me(), log.Deed(now()), form.key_name())
    return _added()


@blueprint.get("/passkeys/<int:passkey_id>/remove")
@for_who_is_signed_in
@soon_after_sign_in
def confirm_removal(passkey_id: int) -> ResponseReturnValue:
    """The form to take one of my passkeys away."""
    return _removal_page(OwnPasswordForm(), _mine(passkey_id))


@blueprint.post("/passkeys/<int:passkey_id>/remove")
@for_who_is_signed_in
@soon_after_sign_in
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Take one of my passkeys away, but never the only second factor; that ends my other sessions."""
    chosen, form = _mine(passkey_id), OwnPasswordForm(request.form)
    if form.validate() and (refused := accept_present_password(form.current)):
        return refused
    if form.errors:
        db.session.commit()
        return _removal_page(form, chosen), HTTPStatus.UNPROCESSABLE_ENTITY
    return _removed(chosen)


def _mine(passkey_id: int) -> Passkey:
    """One of my passkeys; somebody else's is as if it weren't there."""
    mine = passkeys.of(db.session(), me())
    return next((each for each in mine if each.id == passkey_id), None) or abort(HTTPStatus.NOT_FOUND)


def _removed(chosen: Passkey) -> ResponseReturnValue:
    if passkeys.remove(db.session(), me(), chosen):
        sessions.end_all(db.session(), me(), but=record())
        log.note(db.session(), Happening.PASSKEY_REMOVED, me(), log.Deed(now()), chosen.name)
        db.session.commit()
        flash(gettext("The passkey is removed. Other browsers were signed out."))
    else:
        db.session.commit()
        flash(gettext("This is your only way to prove who you are. Set up another one first."))
    return redirect(url_for("account.own"), HTTPStatus.SEE_OTHER)


def _answer(form: PasskeyForm) -> Answer:
    """What the key answered to the challenge of this session, which is used up by that, right or wrong."""
    return Answer(site(), passkeys.take_challenge(db.session(), record()), form.answer.data, now())


def _added() -> ResponseReturnValue:
    if record().complete:
        db.session.commit()
        flash(gettext("The passkey is added."))
        return redirect(url_for("account.own"), HTTPStatus.SEE_OTHER)
    codes = factors.renew_recovery_codes(db.session(), me())
    complete_sign_in()
    db.session.commit()
    return render_template("account/recovery_codes_new.html", codes=codes)


def _page(form: NewPasskeyForm) -> str:
    return render_template("account/passkey_new.html", form=form)


def _removal_page(form: OwnPasswordForm, chosen: Passkey) -> str:
    return render_template("account/passkey_remove.html", form=form, passkey=chosen)


def _challenge(options: str) -> Response:
    """What the script gets; the challenge in it is kept."""
    db.session.commit()
    return Response(options, mimetype="application/json")
