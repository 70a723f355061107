"""Who has an account: invite, change, disable, help somebody who lost their telephone."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.accounts import EmailTakenError, letters, links, log, people
from finder.accounts.log import Deed
from finder.domain.account import Action, Happening
from finder.extensions import db
from finder.models import Account
from finder.web.account.forms import complain
from finder.web.admin import blueprint
from finder.web.admin.forms import ROLES, InvitationForm, PersonForm
from finder.web.guard import for_who_may, me, record
from finder.web.languages import gettext, lazy_gettext
from finder.web.security import address_of_link, now, post

_HAPPENINGS = {
    Happening.INVITED: lazy_gettext("Invited"),
    Happening.JOINED: lazy_gettext("Accepted the invitation"),
    Happening.SIGNED_IN: lazy_gettext("Signed in"),
    Happening.PASSWORD_WRONG: lazy_gettext("A wrong password was tried"),
    Happening.CODE_WRONG: lazy_gettext("A wrong code was tried"),
    Happening.RECOVERY_CODE_USED: lazy_gettext("Used a recovery code"),
    Happening.SIGNED_OUT: lazy_gettext("Signed out"),
    Happening.SESSIONS_ENDED: lazy_gettext("Browsers were signed out"),
    Happening.PASSWORD_CHANGED: lazy_gettext("Changed the password"),
    Happening.RESET_ASKED: lazy_gettext("Asked for a new password"),
    Happening.FACTOR_SET: lazy_gettext("Set up the second factor"),
    Happening.FACTOR_REMOVED: lazy_gettext("The second factor was removed"),
    Happening.CODES_RENEWED: lazy_gettext("Made new recovery codes"),
    Happening.PASSKEY_ADDED: lazy_gettext("Added a passkey"),
    Happening.PASSKEY_REMOVED: lazy_gettext("Removed a passkey"),
    Happening.PASSKEY_WRONG: lazy_gettext("A wrong passkey was tried"),
    Happening.PASSKEY_COPIED: lazy_gettext("A passkey was refused that may have been copied"),
    Happening.CHANGED: lazy_gettext("Changed"),
    Happening.DISABLED: lazy_gettext("Disabled"),
    Happening.ENABLED: lazy_gettext("Let in again"),
}

_only_who_may = for_who_may(Action.USERS)


@blueprint.get("/users")
@_only_who_may
def users() -> ResponseReturnValue:
    """Everybody."""
    return render_template("admin/users.html", accounts=people.everybody(db.session()), roles=ROLES)


@blueprint.get("/users/invite")
@_only_who_may
def new_user() -> ResponseReturnValue:
    """The form to invite somebody."""
    return render_template("admin/user_new.html", form=InvitationForm(), roles=ROLES)


@blueprint.post("/users/invite")
@_only_who_may
def invite() -> ResponseReturnValue:
    """Make an account and send its person a link."""
    form = InvitationForm(request.form)
    if person := form.person(db.session()):
        try:
            account = people.create(db.session(), people.email_of(form.email.data) or "", person, _deed())
        except EmailTakenError:
            complain(form.email, gettext("There is an account with this e-mail address already"))
        else:
            return _invited(account)
    return render_template("admin/user_new.html", form=form, roles=ROLES), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/users/sign-out-everybody")
@_only_who_may
def sign_out_everybody() -> ResponseReturnValue:
    """End all sessions, also mine in other browsers; not this one, in which somebody must see what happens next."""
    signed_out = people.sign_out_everybody(db.session(), _deed(), but=record())
    db.session.commit()
    flash(gettext("Everybody was signed out. People who were signed in: %(number)s.", number=signed_out))
    return redirect(url_for("admin.users"), HTTPStatus.SEE_OTHER)


@blueprint.get("/users/<int:account_id>")
@_only_who_may
def user(account_id: int) -> ResponseReturnValue:
    """One person: the form to change them, what else can be done, and what happened."""
    account = _account(account_id)
    return _page(account, PersonForm.of(db.session(), account))


@blueprint.post("/users/<int:account_id>")
@_only_who_may
def change_user(account_id: int) -> ResponseReturnValue:
    """Let somebody be called otherwise or do something else."""
    account, form = _other(account_id), PersonForm(request.form)
    person = form.person(db.session())
    if person is None:
        return _page(account, form), HTTPStatus.UNPROCESSABLE_ENTITY
    people.change(db.session(), account, person, _deed())
    return _saved(account_id, gettext("Saved."))


@blueprint.post("/users/<int:account_id>/invite")
@_only_who_may
def invite_again(account_id: int) -> ResponseReturnValue:
    """Send another invitation to who has not come yet."""
    account = _other(account_id)
    if account.password_hash or account.disabled_at:
        abort(HTTPStatus.CONFLICT)
    return _invited(account)


@blueprint.post("/users/<int:account_id>/disable")
@_only_who_may
def disable_user(account_id: int) -> ResponseReturnValue:
    """Let somebody in no more."""
    people.disable(db.session(), _other(account_id), _deed())
    return _saved(account_id, gettext("This person can't sign in any more, and was signed out everywhere."))


@blueprint.post("/users/<int:account_id>/enable")
@_only_who_may
def enable_user(account_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    people.enable(db.session(), _other(account_id), _deed())
    return _saved(account_id, gettext("This person can sign in again."))


@blueprint.post("/users/<int:account_id>/remove-second-factor")
@_only_who_may
def remove_second_factor(account_id: int) -> ResponseReturnValue:
    """Let somebody who lost their telephone set up another one."""
    people.remove_second_factor(db.session(), _other(account_id), _deed())
    return _saved(account_id, gettext("At the next sign-in this person sets up a new second factor."))


def _account(account_id: int) -> Account:
    return people.with_id(db.session(), account_id) or abort(HTTPStatus.NOT_FOUND)


def _other(account_id: int) -> Account:
    """Somebody else: nobody changes their own role or locks themselves out, so that an administrator always remains."""
    if account_id == me().id:
        abort(HTTPStatus.FORBIDDEN)
    return _account(account_id)


def _deed() -> Deed:
    return Deed(now(), by=me().email)


def _page(account: Account, form: PersonForm) -> str:
    told = {"events": log.latest(db.session(), account), "happenings": _HAPPENINGS, "roles": ROLES}
    return render_template("admin/user.html", account=account, form=form, **told)


def _saved(account_id: int, told: str) -> ResponseReturnValue:
    db.session.commit()
    flash(told)
    return redirect(url_for("admin.user", account_id=account_id), HTTPStatus.SEE_OTHER)


def _invited(account: Account) -> ResponseReturnValue:
    """Send the link; where no mail server does that, show it, so that it can be handed over."""
    link = address_of_link(links.new_link(db.session(), account, now(), links.INVITATION))
    letter = letters.invitation(account.email, account.name, link)
    db.session.commit()
    is_sent = post().send(letter)
    return render_template("admin/user_invited.html", account=account, link="" if is_sent else link)
