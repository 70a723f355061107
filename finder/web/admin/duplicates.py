"""Listings that may be one place: compare two side by side, and make one of them or tell them apart."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from finder.domain.account import Action
from finder.domain.duplicates import Decision, Reason
from finder.domain.listing import Status
from finder.extensions import db
from finder.listings import merge
from finder.listings.duplicates import decide, find_duplicates, keep_duplicates, pair_with_id, suspects
from finder.listings.merge import merged_facts
from finder.listings.stored import load_stored
from finder.listings.timeline import facts_at
from finder.models import DuplicatePair, Provider
from finder.models.connection import begin_writing
from finder.web.admin import blueprint
from finder.web.admin.charge import i_may_here, my_change, the_listing, where_i_may
from finder.web.admin.facts import STATUSES
from finder.web.admin.group_facts import differences, facts_in_words
from finder.web.admin.merge_form import FIRST, SECOND, MergeForm
from finder.web.guard import for_who_may
from finder.web.languages import gettext, lazy_gettext, ngettext

PAGE = 50
_LAST_PAGE = 1000
_MOST_COMPARED = 20_000  # listings: three seconds

_only_who_may = for_who_may(Action.RESOLVE)

REASONS = {
    Reason.SAME_PHONE: lazy_gettext("same phone number"),
    Reason.SAME_ADDRESS: lazy_gettext("same address"),
    Reason.SIMILAR_ADDRESS: lazy_gettext("nearly the same street, same house number and ZIP Code"),
    Reason.SAME_ZIP: lazy_gettext("same ZIP Code"),
    Reason.SAME_NAME: lazy_gettext("same name"),
    Reason.SIMILAR_NAME: lazy_gettext("similar name"),
    Reason.OTHER_PROGRAM: lazy_gettext("but the names say different programs"),
}


@blueprint.get("/duplicates")
@_only_who_may
def duplicates() -> ResponseReturnValue:
    """The pairs that nobody decided about, most alike first."""
    page = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    scope = where_i_may(Action.RESOLVE)
    found = suspects(db.session(), limit=PAGE + 1, offset=(page - 1) * PAGE, scope=scope)
    return render_template(
        "admin/duplicates.html", pairs=found[:PAGE], has_more=len(found) > PAGE, page=page, reasons=REASONS
    )


@blueprint.post("/duplicates/find")
@_only_who_may
def look_for_duplicates() -> ResponseReturnValue:
    """Compare all listings now, where that takes seconds."""
    listed = select(func.count()).select_from(Provider).where(Provider.status != Status.RETIRED)
    if db.session.scalars(listed).one() > _MOST_COMPARED:
        flash(gettext("There are too many listings to compare while you wait. Run “finder duplicates” on the server."))
        return redirect(url_for("admin.duplicates"), HTTPStatus.SEE_OTHER)
    db.session.rollback()  # nobody waits for us while we compare
    likely = find_duplicates(db.session())
    db.session.rollback()
    begin_writing(db.session())
    kept = keep_duplicates(db.session(), likely)
    db.session.commit()
    flash(ngettext("%(num)s pair waits for a decision.", "%(num)s pairs wait for a decision.", kept.waiting))
    return redirect(url_for("admin.duplicates"), HTTPStatus.SEE_OTHER)


@blueprint.get("/duplicates/<int:pair_id>")
@_only_who_may
def duplicate(pair_id: int) -> ResponseReturnValue:
    """Two listings side by side."""
    pair, listings = _found(pair_id)
    return _page(pair, listings, _form(pair))


@blueprint.post("/duplicates/<int:pair_id>/merge")
@_only_who_may
def merge_duplicates(pair_id: int) -> ResponseReturnValue:
    """Make one listing of two; or, first, show what it would say."""
    pair, listings = _found(pair_id, Action.EDIT)
    form = _form(pair, typed=True)
    if Status.RETIRED in {listing.status for listing in listings}:
        return _page(pair, listings, form), HTTPStatus.CONFLICT
    if changed := _changed_since(pair, form):
        return _page(pair, listings, _form(pair, typed=True, anew=True), changed=changed), HTTPStatus.CONFLICT
    if not form.is_valid():
        abort(HTTPStatus.BAD_REQUEST)
    kept, other = form.pair()
    if "preview" in request.form:
        result = facts_in_words(merged_facts(kept.facts, other.facts, form.choices()))
        return _page(pair, listings, form, result=result)
    merge(db.session(), kept.id, other.id, form.choices(), my_change())
    db.session.commit()
    flash(gettext("%(other)s is part of %(kept)s now.", other=other.facts["name"], kept=kept.facts["name"]))
    return redirect(url_for("admin.duplicates"), HTTPStatus.SEE_OTHER)


@blueprint.post("/duplicates/<int:pair_id>/decide")
@_only_who_may
def decide_duplicate(pair_id: int) -> ResponseReturnValue:
    """Tell two listings apart, or let the pair wait again."""
    pair, _ = _found(pair_id)
    if pair.decision is Decision.MERGED:
        abort(HTTPStatus.CONFLICT)
    is_apart = "open" not in request.form
    decision = Decision.NOT_THE_SAME if is_apart else Decision.OPEN
    decide(db.session(), pair.first_id, pair.second_id, decision, my_change())
    db.session.commit()
    flash(gettext("These are two places; the pair won't come back.") if is_apart else gettext("The pair waits again."))
    return redirect(url_for("admin.duplicates"), HTTPStatus.SEE_OTHER)


def _found(pair_id: int, action: Action | None = None) -> tuple[DuplicatePair, list[Provider]]:
    """A pair of which I am in charge of one listing at least; with an action, of both."""
    pair = pair_with_id(db.session(), pair_id) or abort(HTTPStatus.NOT_FOUND)
    listings = [the_listing(id_, action or Action.VIEW) for id_ in (pair.first_id, pair.second_id)]
    if not any(i_may_here(Action.RESOLVE, listing) for listing in listings):
        abort(HTTPStatus.FORBIDDEN)
    return pair, listings


def _form(pair: DuplicatePair, *, typed: bool = False, anew: bool = False) -> MergeForm:
    """The form of a pair; ``anew``, with the versions that the listings have now."""
    ids = [pair.first_id, pair.second_id]
    first, second = load_stored(db.session(), Provider.id.in_(ids))
    said = {name: value for name, value in request.form.items() if not (anew and name.startswith("version-"))}
    if anew:
        said |= {"version-first": str(first.version), "version-second": str(second.version)}
    return MergeForm(first, second, said if typed else None)


def _changed_since(pair: DuplicatePair, form: MergeForm) -> list[tuple[str, str, str]]:
    """What somebody else changed of the two while they were compared."""
    changed: list[tuple[str, str, str]] = []
    # In the order of their ids, as everybody does, so that nobody waits for somebody who waits for them.
    locked = select(Provider.id).where(Provider.id.in_([pair.first_id, pair.second_id])).order_by(Provider.id)
    db.session.execute(locked.with_for_update())
    for side, stored in zip(
        (FIRST, SECOND), load_stored(db.session(), Provider.id.in_([pair.first_id, pair.second_id])), strict=True
    ):
        if not 1 <= form.versions[side] <= stored.version:
            abort(HTTPStatus.BAD_REQUEST)
        changed += differences(facts_at(db.session(), stored, form.versions[side]), stored.facts)
    return changed


def _page(
    pair: DuplicatePair,
    listings: list[Provider],
    form: MergeForm,
    result: list[tuple[str, str]] | None = None,
    changed: list[tuple[str, str, str]] | None = None,
) -> str:
    return render_template(
        "admin/duplicate.html",
        pair=pair,
        listings=dict(zip((FIRST, SECOND), listings, strict=True)),
        form=form,
        result=result,
        changed=changed,
        reasons=[REASONS[Reason(reason)] for reason in pair.reasons],
        may_merge=all(i_may_here(Action.EDIT, listing) for listing in listings),
        statuses=STATUSES,
    )
