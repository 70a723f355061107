"""What was done to many listings at once, and taking it back."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.extensions import db
from finder.listings.bulk_undo import Left, Reach, left_by_undo, reach_of, undo_bulk
from finder.listings.bulk_undo import bulk_changes as newest
from finder.models import BulkChange
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change, where_i_may
from finder.web.admin.deeds import DEEDS
from finder.web.admin.facts import fact_label
from finder.web.guard import for_who_may, i_may
from finder.web.languages import gettext

_NAMED = 5


@blueprint.get("/bulk-changes")
@for_who_may(Action.VERIFY)
def bulk_changes() -> ResponseReturnValue:
    """What was done to many listings at once, newest first."""
    return render_template("admin/bulk_changes.html", changes=newest(db.session()), deeds=DEEDS)


@blueprint.get("/bulk-changes/<int:bulk_id>")
@for_who_may(Action.VERIFY)
def bulk_change(bulk_id: int) -> ResponseReturnValue:
    """One of them, with what taking it back would leave as it is."""
    change = _change(bulk_id)
    reach = _reach(change)
    is_open = change.undone_at is None
    return render_template(
        "admin/bulk_change.html",
        change=change,
        reach=reach,
        left=left_by_undo(db.session(), bulk_id) if is_open else [],
        may_undo=is_open and _may_undo(change, reach),
        words=DEEDS[change.deed],
        label=fact_label,
    )


@blueprint.post("/bulk-changes/<int:bulk_id>/undo")
@for_who_may(Action.VERIFY)
def undo_many(bulk_id: int) -> ResponseReturnValue:
    """Take it back, all at once."""
    change = _change(bulk_id)
    if not _may_undo(change, _reach(change)):
        abort(HTTPStatus.FORBIDDEN)
    if change.undone_at is not None:
        flash(gettext("It was taken back already."))
    else:
        left = undo_bulk(db.session(), change, my_change())
        db.session.commit()
        flash(_told(left))
    return redirect(url_for("admin.bulk_change", bulk_id=bulk_id), HTTPStatus.SEE_OTHER)


def _change(bulk_id: int) -> BulkChange:
    return db.session.get(BulkChange, bulk_id) or abort(HTTPStatus.NOT_FOUND)


def _reach(change: BulkChange) -> Reach:
    return reach_of(db.session(), change.id, where_i_may(DEEDS[change.deed].action))


def _may_undo(change: BulkChange, reach: Reach) -> bool:
    """Who may do it to each of the listings may take it back; nobody takes back a part."""
    return i_may(DEEDS[change.deed].action) and reach.refused == 0


def _told(left: list[Left]) -> str:
    if not left:
        return gettext("Taken back.")
    names = "; ".join(f"{each.name} ({', '.join(map(fact_label, each.facts))})" for each in left[:_NAMED])
    return gettext(
        "Taken back, but for %(number)s listings that changed again since. There, this stays as it is now: %(names)s",
        number=len(left),
        names=names,
    )
