"""Listings that were made one, and taking that back."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.extensions import db
from finder.listings import undo_merge
from finder.listings.merge import merges as found_merges
from finder.models import Merge
from finder.web.admin import blueprint
from finder.web.admin.charge import i_may_here, my_change, the_listing, where_i_may
from finder.web.admin.facts import fact_label
from finder.web.guard import for_who_may
from finder.web.languages import gettext

PAGE = 50
_LAST_PAGE = 1000

_only_who_may = for_who_may(Action.RESOLVE)


@blueprint.get("/merges")
@_only_who_may
def merges() -> ResponseReturnValue:
    """What was made one, newest first."""
    page = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    scope = where_i_may(Action.RESOLVE)
    found = found_merges(db.session(), limit=PAGE + 1, offset=(page - 1) * PAGE, scope=scope)
    may_undo = {
        each.merge.id
        for each in found
        if not each.merge.undone_at and all(i_may_here(Action.EDIT, one) for one in (each.kept, each.retired))
    }
    return render_template(
        "admin/merges.html", merges=found[:PAGE], has_more=len(found) > PAGE, page=page, may_undo=may_undo
    )


@blueprint.post("/merges/<int:merge_id>/undo")
@_only_who_may
def take_merge_back(merge_id: int) -> ResponseReturnValue:
    """Bring both listings back as they were, but for what changed again since."""
    merged = db.session.get(Merge, merge_id) or abort(HTTPStatus.NOT_FOUND)
    for listing_id in (merged.kept_id, merged.retired_id):
        the_listing(listing_id, Action.EDIT)
    if merged.undone_at:
        flash(gettext("This merge was taken back already."))
        return redirect(url_for("admin.merges"), HTTPStatus.SEE_OTHER)
    stayed = undo_merge(db.session(), merged.retired_id, my_change())
    db.session.commit()
    facts = ", ".join(dict.fromkeys(map(fact_label, stayed)))
    stay = gettext("Taken back. This changed again since, and stays as it is now: %(facts)s.", facts=facts)
    flash(stay if stayed else gettext("Taken back. Both listings are as they were."))
    return redirect(url_for("admin.merges"), HTTPStatus.SEE_OTHER)
