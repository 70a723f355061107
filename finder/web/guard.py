"""Who may see a page of the people who sign in: each view says for whom it is, and what says nothing is for nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any, TypeVar

import structlog
from flask import Blueprint, Flask, abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import update
from sqlalchemy.orm import Session

from finder.accounts import sessions
from finder.domain.account import Action, Actor, Role, may
from finder.extensions import db
from finder.models import Account, AccountSession
from finder.models.connection import begin_writing
from finder.web.languages import gettext
from finder.web.navigation import GROUPS, Entry, Group
from finder.web.security import SAFE_METHODS, lifetime, now

log = structlog.get_logger()

_TOKEN, _NEXT = "token", "next"  # what the cookie holds


class Stage(Enum):
    """How far somebody has come with signing in."""

    ANYONE = "anyone"
    PASSWORD = "password given"  # noqa: S105 (no password)
    COMPLETE = "signed in"


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a view is: from which stage on, and who may do what it is for."""

    stage: Stage
    action: Action | None = None


View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
_audiences: dict[Callable[..., Any], Audience] = {}


def for_anyone(view: View) -> View:
    """The view is for who isn't signed in, too."""
    return _for(Audience(Stage.ANYONE), view)


def for_who_gave_a_password(view: View) -> View:
    """The view is for who has given a password, and perhaps the second factor."""
    return _for(Audience(Stage.PASSWORD), view)


def for_who_is_signed_in(view: View) -> View:
    """The view is for all who have signed in."""
    return _for(Audience(Stage.COMPLETE), view)


def for_who_may(action: Action) -> Callable[[View], View]:
    """The view is for those who may do this, to some listing at least."""
    return lambda view: _for(Audience(Stage.COMPLETE, action), view)


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    """For whom a view is, or ``None`` where it doesn't say so (a public page, or a mistake)."""
    return _audiences.get(app.view_functions[endpoint])


def guard(blueprint: Blueprint) -> None:
    """Check who asks before each view of the blueprint, and tell its templates."""
    blueprint.before_request(_check)
    blueprint.context_processor(_told_to_templates)
    blueprint.register_error_handler(HTTPStatus.FORBIDDEN, _forbidden)


def record() -> AccountSession:
    """The session of who asks."""
    found: AccountSession = g.record
    return found


def me() -> Account:
    """Who asks."""
    found: Account = g.me
    return found


def i_may(action: Action) -> bool:
    """Whether who asks may do this to some listing."""
    actor: Actor | None = g.get("actor")
    return actor is not None and may(actor, action)


def begin_session(account: Account, *, complete: bool, browser: str) -> None:
    """Sign somebody in, or let them go on to the second factor; what this browser had before is over."""
    target = session.get(_NEXT, "")
    sessions.end_of_token(db.session(), session.get(_TOKEN, ""))
    session.clear()
    session[_TOKEN] = sessions.begin(db.session(), account, now(), complete=complete, browser=browser)
    session[_NEXT] = target


def sign_in_again(told: str) -> ResponseReturnValue:
    """Let somebody sign in once more, then go on here. Their session is over when they do."""
    flash(told)
    return _to_the_form()


def after_sign_in() -> str:
    """The page that somebody wanted to see before they had to sign in. We wrote it down, no address said it."""
    return session.pop(_NEXT, "") or url_for("admin.start")


def pages_for_me() -> list[Group]:
    """The pages of the administration that are for who asks, in their groups."""
    groups = (Group(group.heading, tuple(filter(_is_for_me, group.entries))) for group in GROUPS)
    return [group for group in groups if group.entries]


def _is_for_me(entry: Entry) -> bool:
    return me().role is entry.audience if isinstance(entry.audience, Role) else i_may(entry.audience)


def _told_to_templates() -> dict[str, Any]:
    return {"me": g.get("me"), "is_inside": g.get("is_inside"), "i_may": i_may, "pages_for_me": pages_for_me}


def _for(audience: Audience, view: View) -> View:
    _audiences[view] = audience
    return view


def _check() -> ResponseReturnValue | None:
    audience = audience_of(current_app, request.endpoint or "")
    if audience is None:
        abort(HTTPStatus.FORBIDDEN)
    if audience.stage is Stage.ANYONE:
        return None
    if request.method not in SAFE_METHODS:
        begin_writing(db.session())
    found = sessions.find(db.session(), session.get(_TOKEN, ""), now(), lifetime())
    if found is None:
        return _to_sign_in()
    if audience.stage is Stage.COMPLETE and not found.complete:
        return redirect(url_for("account.second_factor"), HTTPStatus.SEE_OTHER)
    _note(found)
    g.record, g.me, g.actor = found, found.account, found.account.actor
    g.is_inside = found.complete
    if audience.action and not i_may(audience.action):
        abort(HTTPStatus.FORBIDDEN)
    return None


def _forbidden(_error: Exception) -> ResponseReturnValue:
    log.warning("forbidden", view=request.endpoint, account=me().id if "me" in g else None)
    return render_template("account/forbidden.html"), HTTPStatus.FORBIDDEN


def _to_sign_in() -> ResponseReturnValue:
    if session.pop(_TOKEN, None):
        flash(gettext("You were signed out. Sign in again to go on."))
    return _to_the_form()


def _to_the_form() -> ResponseReturnValue:
    if request.method == "GET":
        session[_NEXT] = request.full_path.removesuffix("?")
    return redirect(url_for("account.sign_in"), HTTPStatus.SEE_OTHER)


def _note(found: AccountSession) -> None:
    """Write down that the session is in use."""
    moment = now()
    if not sessions.is_to_be_noted(found, moment):
        return
    if request.method not in SAFE_METHODS:
        found.seen_at = moment  # the view commits
        return
    with Session(db.engine) as apart:
        begin_writing(apart)
        apart.execute(update(AccountSession).where(AccountSession.id == found.id).values(seen_at=moment))
        apart.commit()
