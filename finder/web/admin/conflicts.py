"""Where a source says something else than a person found out: somebody decides who is right."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from finder.domain.account import Action
from finder.domain.review import FieldGroup
from finder.extensions import db
from finder.listings import Change, Conflict
from finder.listings.checked_by import last_checks
from finder.listings.import_conflicts import how_many_open, keep_ours, open_conflicts, take_theirs
from finder.listings.timeline import FieldChange
from finder.models import Check, ImportConflict
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change, the_listing, where_i_may
from finder.web.admin.facts import FIELD_GROUPS, METHODS
from finder.web.admin.history import Told, in_words
from finder.web.filters import day
from finder.web.guard import for_who_may
from finder.web.languages import gettext

PAGE = 25
_LAST_PAGE = 1000

Decide = Callable[[Session, ImportConflict, Change], None]
_only_who_may = for_who_may(Action.RESOLVE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A conflict in words. ``seen`` changes when the source says something else again."""

    id: int
    listing_id: int
    name: str
    where: str
    group: str
    checked: str
    told: str
    facts: tuple[Told, ...]
    seen: str


@blueprint.get("/conflicts")
@_only_who_may
def conflicts() -> ResponseReturnValue:
    """Those that nobody decided, of the listings in my charge, the oldest first."""
    session, page = db.session(), min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    scope = where_i_may(Action.RESOLVE)
    found = open_conflicts(session, limit=PAGE + 1, offset=(page - 1) * PAGE, scope=scope)
    checks = last_checks(session, {each.provider_id for each in found})
    shown = [_shown(each, checks) for each in found[:PAGE]]
    return render_template(
        "admin/conflicts.html", conflicts=shown, has_more=len(found) > PAGE, page=page, per_page=PAGE
    )


@blueprint.post("/conflicts/<int:conflict_id>/keep")
@_only_who_may
def keep_what_we_have(conflict_id: int) -> ResponseReturnValue:
    """What the person found out stands."""
    return _decided(conflict_id, keep_ours, gettext("What we have stays, until the source says something else again."))


@blueprint.post("/conflicts/<int:conflict_id>/take")
@_only_who_may
def take_the_sources(conflict_id: int) -> ResponseReturnValue:
    """The source is right."""
    return _decided(conflict_id, take_theirs, gettext("The listing says now what the source says."))


@blueprint.app_template_global()
def how_many_wait(view: str) -> str:
    """How many conflicts wait for me, told beside the name of their page; one query, none beside other pages."""
    if view != "admin.conflicts":
        return ""
    found = how_many_open(db.session(), where_i_may(Action.RESOLVE))
    return f" ({found:,})" if found else ""


def _decided(conflict_id: int, decide: Decide, told: str) -> ResponseReturnValue:
    session = db.session()
    conflict = session.get(ImportConflict, conflict_id, with_for_update=True) or abort(HTTPStatus.NOT_FOUND)
    name = the_listing(conflict.provider_id, Action.RESOLVE).name
    try:
        if request.form.get("seen") != _digest(conflict):
            raise ValueError
        decide(session, conflict, my_change(gettext("A source contradicted what a person found out")))
    except ValueError:
        flash(gettext("%(name)s: somebody decided this already, or the source says something else by now.", name=name))
    except Conflict:
        flash(gettext("%(name)s: somebody changed the listing since. Nothing was done. Look again.", name=name))
    else:
        session.commit()
        flash(gettext("%(name)s: %(told)s", name=name, told=told))
    session.rollback()
    page = request.form.get("page", 1, type=int)
    return redirect(url_for("admin.conflicts", page=page if page > 1 else None), HTTPStatus.SEE_OTHER)


def _shown(conflict: ImportConflict, checks: Mapping[tuple[int, FieldGroup], Check]) -> Shown:
    listing = conflict.provider
    return Shown(
        id=conflict.id,
        listing_id=listing.id,
        name=listing.name,
        where=", ".join(filter(None, (listing.address_1, listing.city, listing.state))),
        group=str(FIELD_GROUPS[conflict.field_group]),
        checked=_checked(checks.get((listing.id, conflict.field_group))),
        told=_told(conflict),
        facts=in_words(FieldChange(name, ours, theirs) for name, (ours, theirs) in conflict.facts.items()),
        seen=_digest(conflict),
    )


def _checked(check: Check | None) -> str:
    if check is None:
        return gettext("A person changed it here.")
    how, when = METHODS[check.method], day(check.checked_on)
    return gettext("We: checked %(how)s on %(day)s by %(who)s.", how=how, day=when, who=check.by)


def _told(conflict: ImportConflict) -> str:
    name = conflict.source.name
    if conflict.as_of:
        return gettext("%(source)s: as of %(day)s.", source=name, day=day(conflict.as_of))
    return gettext("%(source)s: imported on %(day)s.", source=name, day=day(conflict.noted_at.date()))


def _digest(conflict: ImportConflict) -> str:
    said = json.dumps(conflict.facts, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
