"""Doing one thing to many listings: what would change, doing it, taking it back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import and_, select, true
from werkzeug.datastructures import MultiDict

from finder.domain.account import Action
from finder.domain.bulk import MOST_AT_ONCE, Deed
from finder.extensions import db
from finder.listings import Conflict
from finder.listings.browse import matching_ids
from finder.listings.bulk import Plan, Task, apply, plan
from finder.models import Provider
from finder.web.admin import blueprint
from finder.web.admin.bulk_form import TaskForm
from finder.web.admin.charge import my_change, where_i_may
from finder.web.admin.deeds import DEEDS
from finder.web.admin.listings import FilterForm
from finder.web.guard import for_who_may, i_may
from finder.web.languages import gettext, ngettext
from finder.web.security import now
from finder.web.wording import words

_SAMPLES = 10
_ID = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to do to which listings, as an address or a form says it."""

    listings: FilterForm
    form: TaskForm
    which: str
    chosen: tuple[int, ...]
    is_told: bool  # they have seen the form, so that what lacks is a mistake

    @classmethod
    def of(cls, said: MultiDict[str, str]) -> "Asked":
        """What was sent. Answers 404 for a deed that there isn't, 403 for one that isn't mine."""
        if said.get("deed") not in list(Deed):
            abort(HTTPStatus.NOT_FOUND)
        if not i_may(DEEDS[Deed(said["deed"])].action):
            abort(HTTPStatus.FORBIDDEN)
        session = db.session()
        chosen = tuple(int(text) for text in said.getlist("chosen") if _ID.fullmatch(text))
        form, which = TaskForm.of(session, said), "all" if said.get("which") == "all" else "ticked"
        return cls(FilterForm.of(session, said), form, which, chosen[:MOST_AT_ONCE], "told" in said)

    @property
    def deed(self) -> Deed:
        """What is to be done."""
        return Deed(self.form.deed.data)

    def ids(self) -> list[int]:
        """The ids of the listings; one more than the most at once where there are more."""
        session, scope = db.session(), where_i_may(Action.VIEW)
        if self.which == "all":
            wanted = self.listings.wanted()
            return matching_ids(session, wanted, now().date(), scope=scope, most=MOST_AT_ONCE + 1)
        seen = and_(Provider.id.in_(self.chosen), true() if scope is None else scope)
        return list(session.scalars(select(Provider.id).where(seen).order_by(Provider.id)))

    def rest(self) -> dict[str, Any]:
        """All but what its form asks for, so that the form can be sent again."""
        chosen = {"chosen": [str(id_) for id_ in self.chosen]} if self.which == "ticked" else {}
        return {**self.listings.asked(), "deed": self.deed.value, "which": self.which, **chosen, "told": "y"}

    def parameters(self) -> dict[str, Any]:
        """All of it, to do it."""
        return {**self.rest(), **self.form.asked()}

    def back(self) -> str:
        """The address of the table that they came from."""
        return url_for("admin.listings", **self.listings.asked())


@blueprint.get("/listings/bulk")
@for_who_may(Action.VERIFY)
def bulk() -> ResponseReturnValue:
    """What would change. Nothing does yet."""
    asked = Asked.of(request.args)
    ids = asked.ids()
    if problem := _refusal(ids):
        flash(problem)
        return redirect(asked.back(), HTTPStatus.SEE_OTHER)
    task = _task(asked)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.form.errors else HTTPStatus.OK
    return _page(asked, len(ids), task, _plan(task, ids) if task else None), status


@blueprint.post("/listings/bulk")
@for_who_may(Action.VERIFY)
def change_many() -> ResponseReturnValue:
    """Do it, if it is still what was looked at."""
    asked = Asked.of(request.form)
    ids = asked.ids()
    if problem := _refusal(ids):
        flash(problem)
        return redirect(asked.back(), HTTPStatus.SEE_OTHER)
    task = asked.form.task()
    if task is None:
        return _page(asked, len(ids)), HTTPStatus.UNPROCESSABLE_ENTITY
    planned = _plan(task, ids)
    if planned.digest != request.form.get("digest"):
        return _page(asked, len(ids), task, planned, is_new=True), HTTPStatus.CONFLICT
    try:
        made = apply(db.session(), task, planned, my_change(task.reason))
    except Conflict:
        db.session.rollback()
        return _page(asked, len(ids), task, _plan(task, ids), is_new=True), HTTPStatus.CONFLICT
    db.session.commit()
    _tell(task, len(planned.changing), url_for("admin.bulk_change", bulk_id=made.id))
    return redirect(asked.back(), HTTPStatus.SEE_OTHER)


def _refusal(ids: list[int]) -> str:
    if not ids:
        return gettext("Tick the listings first, or choose all that were found.")
    if len(ids) > MOST_AT_ONCE:
        most = f"{MOST_AT_ONCE:,}"
        return gettext(
            "These are more than %(most)s listings. Ask for fewer: that many at once are too many.", most=most
        )
    return ""


def _task(asked: Asked) -> Task | None:
    """What is to be done, if all is said that it needs; who has only just come is told of no mistake."""
    if asked.is_told or asked.deed is Deed.PUBLISH:
        return asked.form.task()
    return None


def _plan(task: Task, ids: list[int]) -> Plan:
    return plan(db.session(), task, ids, scope=where_i_may(DEEDS[task.deed].action))


def _page(
    asked: Asked, total: int, task: Task | None = None, planned: Plan | None = None, *, is_new: bool = False
) -> str:
    told: Mapping[str, Any] = {"vocabulary": words(), "words": DEEDS[asked.deed], "samples": _SAMPLES}
    return render_template("admin/bulk.html", asked=asked, total=total, task=task, plan=planned, is_new=is_new, **told)


def _tell(task: Task, how_many: int, address: str) -> None:
    what = DEEDS[task.deed].told
    told = ngettext("%(what)s: %(num)s listing.", "%(what)s: %(num)s listings.", how_many, what=what)
    link = Markup('<a class="govuk-link" href="{}">{}</a>').format(address, gettext("Look at it or take it back"))
    flash(Markup("{} {}").format(told, link))
