"""Problems that visitors reported: who works on them, what came of them, and the listing mended in the same step."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, select

from finder.domain.account import Action
from finder.domain.problem import UNANSWERED, ReportState
from finder.domain.review import FieldGroup
from finder.extensions import db
from finder.listings.answering import assign, note_letter, reopen, settle
from finder.listings.policy import policy_in_force
from finder.listings.problems import report_queue, report_with_id, say_the_same
from finder.listings.timeline import facts_at, the_stored
from finder.models import ProblemReport, Provider
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change, the_listing, where_i_may
from finder.web.admin.findings import hidden_for, write_findings
from finder.web.admin.group_facts import differences
from finder.web.admin.report_forms import AssignForm, Settlement
from finder.web.admin.report_letters import address_of_sender, answer_to_sender
from finder.web.admin.report_page import answered_meanwhile, colleagues, others_of, report_page, settle_form
from finder.web.admin.report_words import PROBLEMS, STATES
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext
from finder.web.security import post

PAGE = 25
_LAST_PAGE = 1000

_only_who_may = for_who_may(Action.RESOLVE)


@blueprint.get("/reports")
@_only_who_may
def reports() -> ResponseReturnValue:
    """The listings with reports in a state, those of my charge."""
    asked = request.args.get("state", "")
    state = ReportState(asked) if asked in set(ReportState) else ReportState.OPEN
    is_mine = request.args.get("mine") == "y"
    page = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    found = report_queue(db.session(), state, *_conditions(is_mine=is_mine), limit=PAGE + 1, offset=(page - 1) * PAGE)
    return render_template(
        "admin/reports.html",
        listings=found[:PAGE],
        has_more=len(found) > PAGE,
        page=page,
        state=state,
        is_mine=is_mine,
        states=STATES,
        problems=PROBLEMS,
    )


@blueprint.get("/reports/<int:report_id>")
@_only_who_may
def report(report_id: int) -> ResponseReturnValue:
    """One report with its listing, what others say of it, and what can be done."""
    found, listing = _found(report_id)
    stored = the_stored(db.session(), listing.id)
    return report_page(found, listing, stored, settle_form(listing, stored.facts, stored.version))


@blueprint.post("/reports/<int:report_id>/assign")
@_only_who_may
def assign_report(report_id: int) -> ResponseReturnValue:
    """Let somebody work on a report, and on those that say the same."""
    found, listing = _found_unanswered(report_id)
    form = AssignForm(colleagues(listing), request.form)
    if not form.is_known():
        abort(HTTPStatus.BAD_REQUEST)
    same = [found, *(other for other in others_of(found) if say_the_same(found, other))]
    assign(db.session(), same, form.person(), my_change())
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for("admin.report", report_id=report_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/reports/<int:report_id>/settle")
@_only_who_may
def settle_report(report_id: int) -> ResponseReturnValue:
    """Answer a report, and others of the listing, in one step with what is corrected."""
    found, listing = _found_unanswered(report_id)
    stored = the_stored(db.session(), listing.id)
    version = request.form.get("version", 0, type=int)
    if not 1 <= version <= stored.version:
        abort(HTTPStatus.BAD_REQUEST)
    before = facts_at(db.session(), stored, version)
    form = settle_form(listing, before, version, request.form)
    changed = differences(before, stored.facts) if form.wants_to_change() else []
    form.follow(stored.facts, stored.version)
    if changed:
        return report_page(found, listing, stored, form, changed), HTTPStatus.CONFLICT
    together = [found, *(other for other in others_of(found) if str(other.id) in request.form.getlist("also"))]
    change = my_change()
    days = policy_in_force(db.session()).groups[FieldGroup.AVAILABILITY].days
    settlement = form.settlement(together, change, days)
    if settlement is None:
        return report_page(found, listing, stored, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _settled(together, listing, settlement)


@blueprint.post("/reports/<int:report_id>/reopen")
@_only_who_may
def reopen_report(report_id: int) -> ResponseReturnValue:
    """Let an answered report wait again."""
    found, _ = _found(report_id)
    if found.state in UNANSWERED:
        abort(HTTPStatus.CONFLICT)
    reopen(db.session(), found, my_change())
    db.session.commit()
    flash(gettext("The report is open again."))
    return redirect(url_for("admin.report", report_id=report_id), HTTPStatus.SEE_OTHER)


def _settled(together: list[ProblemReport], listing: Provider, settlement: Settlement) -> ResponseReturnValue:
    change = my_change(settlement.words[:300])
    corrections = settlement.corrections | (hidden_for(settlement.words) if settlement.hides else {})
    write_findings(db.session(), listing.id, corrections, settlement.findings, change)
    settle(db.session(), together, settlement.state, me(), my_change(settlement.words))
    addresses = (
        {address: each for each in together if (address := address_of_sender(each))} if settlement.letter else {}
    )
    for each in addresses.values():
        note_letter(db.session(), each, my_change())
    db.session.commit()
    letters = [answer_to_sender(address, listing, settlement.letter) for address in addresses]
    flash(_told([post().send(letter) for letter in letters]))
    return redirect(url_for("admin.reports"), HTTPStatus.SEE_OTHER)


def _told(sent: list[bool]) -> str:
    if not sent:
        return gettext("Saved.")
    if all(sent):
        return gettext("Saved. The answer is on its way.")
    return gettext("Saved. No mail server took the answer: it lies in the folder of letters.")


def _conditions(*, is_mine: bool) -> list[ColumnElement[bool]]:
    scope = where_i_may(Action.RESOLVE)
    mine = [ProblemReport.assigned_to_id == me().id] if is_mine else []
    return [*mine, *([] if scope is None else [scope])]


def _found(report_id: int) -> tuple[ProblemReport, Provider]:
    found = report_with_id(db.session(), report_id) or abort(HTTPStatus.NOT_FOUND)
    return found, the_listing(found.provider_id, Action.RESOLVE)


def _found_unanswered(report_id: int) -> tuple[ProblemReport, Provider]:
    """The report and its listing, or the answer 409 with words where somebody has answered it meanwhile."""
    # Who answers a report of the listing at the same time waits here, and then finds it answered.
    listing_row = select(Provider.id).join(ProblemReport, ProblemReport.provider_id == Provider.id)
    db.session.execute(listing_row.where(ProblemReport.id == report_id).with_for_update(of=Provider))
    found, listing = _found(report_id)
    if found.state not in UNANSWERED:
        abort(answered_meanwhile(found, listing))
    return found, listing
