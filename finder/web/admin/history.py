"""What became of a listing: every change in words, and taking one back, or going back to a point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from finder.domain.account import Action
from finder.extensions import db
from finder.listings import Conflict, restore, undo
from finder.listings.draft import FACTS
from finder.listings.history import changes
from finder.listings.seen import refuse_if_changed
from finder.listings.timeline import Entry, FieldChange, facts_at, the_stored, timeline
from finder.listings.undo import undoing
from finder.models import Provider, Source
from finder.web.admin import blueprint
from finder.web.admin.charge import i_may_here, my_change, the_listing
from finder.web.admin.facts import fact_label, fact_words
from finder.web.guard import for_who_may
from finder.web.languages import gettext
from finder.web.public.form_fields import without_controls

_PAGE = 50
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of a change in words: what it was and what it became."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One change with its facts in words."""

    entry: Entry
    told: tuple[Told, ...]


def in_words(fields: Iterable[FieldChange]) -> tuple[Told, ...]:
    """Changes of facts in words."""
    return tuple(
        Told(each.name, fact_label(each.name), fact_words(each.name, each.before), fact_words(each.name, each.after))
        for each in fields
    )


def changed_since(listing_id: int, version: int) -> list[Shown]:
    """What others changed after somebody saw the listing at a version, newest first."""
    newest = timeline(db.session(), listing_id, limit=_PAGE)
    return [Shown(entry, in_words(entry.fields)) for entry in newest if entry.version > version]


@blueprint.get("/listings/<int:listing_id>/history")
@for_who_may(Action.VIEW)
def listing_history(listing_id: int) -> ResponseReturnValue:
    """The changes of a listing, newest first; all, or those of one fact."""
    found = the_listing(listing_id)
    asked, before = request.args.get("fact", ""), request.args.get("before", found.version + 1, type=int)
    fact, before = asked if asked in FACTS else "", min(before, found.version + 1)
    entries = timeline(db.session(), listing_id, fact=fact, before_version=before, limit=_PAGE + 1)
    return render_template(
        "admin/history.html",
        listing=found,
        shown=[Shown(entry, in_words(entry.fields)) for entry in entries[:_PAGE]],
        has_more=len(entries) > _PAGE,
        fact=fact,
        facts={name: fact_label(name) for name in FACTS},
        sources=dict(db.session.execute(select(Source.key, Source.name)).all()),
        may_edit=i_may_here(Action.EDIT, found),
    )


@blueprint.get("/listings/<int:listing_id>/history/<int:version>/undo")
@for_who_may(Action.EDIT)
def preview_undo(listing_id: int, version: int) -> ResponseReturnValue:
    """What taking one change back would do."""
    found = the_listing(listing_id, Action.EDIT)
    return _undo_page(found, version)


@blueprint.post("/listings/<int:listing_id>/history/<int:version>/undo")
@for_who_may(Action.EDIT)
def undo_change(listing_id: int, version: int) -> ResponseReturnValue:
    """Take one change back."""
    found = the_listing(listing_id, Action.EDIT)
    _refuse_unknown(found, version, first=2)
    try:
        refuse_if_changed(db.session(), listing_id, request.form.get("seen", 0, type=int))
        done = undo(db.session(), listing_id, version, my_change(_reason()))
    except Conflict:
        db.session.rollback()
        return _undo_page(the_listing(listing_id, Action.EDIT), version, is_new=True), HTTPStatus.CONFLICT
    db.session.commit()
    left = ", ".join(map(fact_label, done.conflicts))
    flash(gettext("Taken back, but for: %(facts)s", facts=left) if left else gettext("Taken back."))
    return _back(listing_id)


@blueprint.get("/listings/<int:listing_id>/history/<int:version>/restore")
@for_who_may(Action.EDIT)
def preview_restore(listing_id: int, version: int) -> ResponseReturnValue:
    """What going back to a point would do."""
    return _restore_page(the_listing(listing_id, Action.EDIT), version)


@blueprint.post("/listings/<int:listing_id>/history/<int:version>/restore")
@for_who_may(Action.EDIT)
def restore_listing(listing_id: int, version: int) -> ResponseReturnValue:
    """Let the listing say exactly what it said then."""
    found = the_listing(listing_id, Action.EDIT)
    _refuse_unknown(found, version)
    try:
        refuse_if_changed(db.session(), listing_id, request.form.get("seen", 0, type=int))
        restore(db.session(), listing_id, version, my_change(_reason()))
    except Conflict:
        db.session.rollback()
        return _restore_page(the_listing(listing_id, Action.EDIT), version, is_new=True), HTTPStatus.CONFLICT
    db.session.commit()
    flash(gettext("The listing says again what it said at version %(version)s.", version=version))
    return _back(listing_id)


def _undo_page(found: Provider, version: int, *, is_new: bool = False) -> str:
    _refuse_unknown(found, version, first=2)
    stored, way = the_stored(db.session(), found.id), undoing(db.session(), found.id, version)
    told = _difference(stored.facts, {**stored.facts, **way.facts})
    left = [fact_label(name) for name in way.conflicts]
    title = gettext("Take back change %(version)s", version=version)
    action = url_for("admin.undo_change", listing_id=found.id, version=version)
    return _page(found, title=title, told=told, left=left, action=action, is_new=is_new)


def _restore_page(found: Provider, version: int, *, is_new: bool = False) -> str:
    _refuse_unknown(found, version)
    stored = the_stored(db.session(), found.id)
    told = _difference(stored.facts, facts_at(db.session(), stored, version))
    title = gettext("Back to version %(version)s", version=version)
    action = url_for("admin.restore_listing", listing_id=found.id, version=version)
    return _page(found, title=title, told=told, left=[], action=action, is_new=is_new)


def _page(found: Provider, **told: Any) -> str:
    return render_template("admin/history_step.html", listing=found, longest_reason=_LONGEST_REASON, **told)


def _difference(now: Mapping[str, Any], then: Mapping[str, Any]) -> tuple[Told, ...]:
    return in_words(FieldChange(name, *pair) for name, pair in changes(now, then).items())


def _refuse_unknown(found: Provider, version: int, *, first: int = 1) -> None:
    """Answer 404 for a version that the listing hasn't had, or, of taking back, that made it."""
    if not first <= version <= found.version:
        abort(HTTPStatus.NOT_FOUND)


def _reason() -> str:
    return without_controls(request.form.get("reason"))[:_LONGEST_REASON]


def _back(listing_id: int) -> ResponseReturnValue:
    return redirect(url_for("admin.listing_history", listing_id=listing_id), HTTPStatus.SEE_OTHER)
