"""What to check next: published listings by the harm that a wrong fact may do, and those that wait to be looked at."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, and_, true

from finder.domain.account import Action
from finder.extensions import db
from finder.listings.review import DueReview, due_reviews, waiting
from finder.models import Provider
from finder.places.states import STATES
from finder.web.admin import blueprint
from finder.web.admin.charge import where_i_may
from finder.web.admin.facts import FIELD_GROUPS, STATUSES
from finder.web.guard import for_who_may
from finder.web.languages import gettext
from finder.web.security import now

PAGE = 50
_LAST_PAGE = 200  # whoever is at the 10,000th listing chooses a state


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a queue somebody wants to see; ``place`` counts the listings before the one they are at."""

    state: str
    page: int
    place: int

    @classmethod
    def of_request(cls) -> "Asked":
        """What the address says; what makes no sense says nothing."""
        state = request.args.get("state", "")
        page, place = (request.args.get(name, least, type=int) for name, least in (("page", 1), ("place", 0)))
        return cls(
            state if state in STATES else "", min(max(page, 1), _LAST_PAGE), min(max(place, 0), PAGE * _LAST_PAGE)
        )

    @property
    def offset(self) -> int:
        """How many listings stand on the pages before."""
        return (self.page - 1) * PAGE

    def scope(self, action: Action) -> ColumnElement[bool] | None:
        """The listings of the chosen state to which I may do this; ``None`` for all there are."""
        mine = where_i_may(action)
        if not self.state:
            return mine
        return and_(true() if mine is None else mine, Provider.state == self.state)


@blueprint.get("/reviews")
@for_who_may(Action.VERIFY)
def reviews() -> ResponseReturnValue:
    """Published listings that are overdue for a check, most harmful first."""
    asked = Asked.of_request()
    found = due_reviews(
        db.session(), now().date(), limit=PAGE + 1, offset=asked.offset, scope=asked.scope(Action.VERIFY)
    )
    return render_template(
        "admin/reviews.html",
        asked=asked,
        rows=found[:PAGE],
        has_more=len(found) > PAGE,
        states=STATES,
        groups=FIELD_GROUPS,
    )


@blueprint.get("/reviews/waiting")
@for_who_may(Action.VERIFY)
def reviews_waiting() -> ResponseReturnValue:
    """Drafts and hidden listings that the public doesn't see until somebody has looked, longest first."""
    asked = Asked.of_request()
    found = waiting(db.session(), limit=PAGE + 1, offset=asked.offset, scope=asked.scope(Action.VERIFY))
    return render_template(
        "admin/reviews_waiting.html",
        asked=asked,
        rows=found[:PAGE],
        has_more=len(found) > PAGE,
        states=STATES,
        statuses=STATUSES,
    )


@blueprint.get("/reviews/next")
@for_who_may(Action.VERIFY)
def next_review() -> ResponseReturnValue:
    """Lead to the listing at a place of the queue, but not back to the one that somebody comes from."""
    asked, done = Asked.of_request(), request.args.get("done", 0, type=int)
    found = _next(asked, done)
    if found is None:
        flash(gettext("That was the last listing that is overdue here."))
        return redirect(url_for("admin.reviews", state=asked.state or None), HTTPStatus.SEE_OTHER)
    address = url_for(
        "admin.verification_call", listing_id=found.provider_id, place=asked.place, state=asked.state or None
    )
    return redirect(address, HTTPStatus.SEE_OTHER)


def _next(asked: Asked, done: int) -> DueReview | None:
    scope = asked.scope(Action.VERIFY)
    found = due_reviews(db.session(), now().date(), limit=2, offset=asked.place, scope=scope)
    return next((each for each in found if each.provider_id != done), None)
