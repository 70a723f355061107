"""Changes that representatives propose: the queue, and deciding about one."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from finder.domain.account import Action
from finder.domain.proposal import ProposalState
from finder.extensions import db
from finder.listings import Conflict, proposals
from finder.listings.collision import Whose
from finder.listings.history import as_json
from finder.listings.proposals import AlreadyDecidedError, Compared
from finder.models import Proposal
from finder.models.proposal import LONGEST_ANSWER
from finder.web.account.forms import PlainForm, complain
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change, the_listing, where_i_may
from finder.web.admin.facts import fact_label, fact_words
from finder.web.admin.own import STATES
from finder.web.guard import for_who_may
from finder.web.languages import gettext, lazy_gettext

_PAGE = 50


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact in words: what it was when the change was proposed, what it is now, what it would become."""

    label: str
    before: str
    now: str
    after: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Facts that are taken together, or not; ``changed_since`` where somebody else has changed them meanwhile."""

    key: str
    rows: tuple[FactRow, ...]
    changed_since: bool


class DecisionForm(PlainForm):
    """Which of the changes to take, and what to tell who proposed them."""

    take = SelectMultipleField(lazy_gettext("Changes to take"), choices=[], validate_choice=False)
    answer = TextAreaField(
        lazy_gettext("Answer"),
        [Length(max=LONGEST_ANSWER, message=lazy_gettext("Use at most %(max)d characters"))],
    )


@blueprint.get("/proposals", endpoint="proposals")
@for_who_may(Action.PUBLISH)
def proposals_waiting() -> ResponseReturnValue:
    """Those about listings that I may publish, the oldest first."""
    page, mine = max(request.args.get("page", 1, type=int), 1), where_i_may(Action.PUBLISH)
    found = proposals.waiting(db.session(), mine, limit=_PAGE + 1, skip=(page - 1) * _PAGE)
    shown = [(each, [fact_label(name) for name in each.changes]) for each in found[:_PAGE]]
    return render_template("admin/proposals.html", proposals=shown, page=page, has_more=len(found) > _PAGE)


@blueprint.get("/proposals/<int:proposal_id>")
@for_who_may(Action.PUBLISH)
def proposal(proposal_id: int) -> ResponseReturnValue:
    """One of them, in words, beside what the listing says now."""
    found = _proposal(proposal_id)
    choices = _choices(proposals.compared(db.session(), found))
    form = DecisionForm(data={"take": [choice.key for choice in choices if not choice.changed_since]})
    return _page(found, choices, form)


@blueprint.post("/proposals/<int:proposal_id>/accept")
@for_who_may(Action.PUBLISH)
def accept_proposal(proposal_id: int) -> ResponseReturnValue:
    """Take the chosen changes."""
    found, form = _proposal(proposal_id), DecisionForm(request.form)
    if not form.validate():
        return _refused(found, form)
    try:
        proposals.accept(db.session(), found, form.take.data or [], my_change(form.answer.data or ""))
        db.session.commit()
    except ValueError:
        complain(form.take, gettext("Choose what to take, or reject all of it"))
        return _refused(found, form)
    except (AlreadyDecidedError, Conflict):
        return _came_late(proposal_id)
    flash(gettext("The listing says so now."))
    return redirect(url_for("admin.proposals"), HTTPStatus.SEE_OTHER)


@blueprint.post("/proposals/<int:proposal_id>/reject")
@for_who_may(Action.PUBLISH)
def reject_proposal(proposal_id: int) -> ResponseReturnValue:
    """Take none of them, and say why."""
    found, form = _proposal(proposal_id), DecisionForm(request.form)
    if form.validate() and not (form.answer.data or "").strip():
        complain(form.answer, gettext("Say why, so that the other person understands"))
    if form.errors:
        return _refused(found, form)
    try:
        proposals.reject(db.session(), found, my_change(form.answer.data.strip()))
        db.session.commit()
    except AlreadyDecidedError:
        return _came_late(proposal_id)
    flash(gettext("The listing stays as it is. Who proposed the change can read your answer."))
    return redirect(url_for("admin.proposals"), HTTPStatus.SEE_OTHER)


def _proposal(proposal_id: int) -> Proposal:
    found = proposals.with_id(db.session(), proposal_id) or abort(HTTPStatus.NOT_FOUND)
    the_listing(found.provider_id, Action.PUBLISH)
    return found


def _choices(compared: Compared) -> list[Choice]:
    return [
        Choice(each.key, tuple(_rows(compared, each.names)), each.whose is Whose.BOTH) for each in compared.differences
    ]


def _rows(compared: Compared, names: tuple[str, ...]) -> Iterator[FactRow]:
    for name in names:
        told = (fact_words(name, as_json(facts[name])) for facts in (compared.before, compared.now, compared.proposed))
        yield FactRow(fact_label(name), *told)


def _page(found: Proposal, choices: list[Choice], form: DecisionForm) -> str:
    form.take.choices = [SelectChoice(value=choice.key, label=choice.rows[0].label) for choice in choices]
    is_open = found.state is ProposalState.OPEN
    return render_template(
        "admin/proposal.html", proposal=found, choices=choices, form=form, is_open=is_open, states=STATES
    )


def _refused(found: Proposal, form: DecisionForm) -> ResponseReturnValue:
    page = _page(found, _choices(proposals.compared(db.session(), found)), form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _came_late(proposal_id: int) -> ResponseReturnValue:
    """The proposal as it is by now: somebody else decided, or changed the listing."""
    db.session.rollback()
    flash(gettext("Somebody else was faster. Look at it again."))
    return redirect(url_for("admin.proposal", proposal_id=proposal_id), HTTPStatus.SEE_OTHER)
