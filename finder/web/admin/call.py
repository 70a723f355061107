"""The verification call: what to say, what to ask, and one save for all that was found out."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from finder.domain.account import Action
from finder.domain.listing import Status
from finder.domain.problem import Problem
from finder.domain.review import FieldGroup
from finder.extensions import db
from finder.listings import Change, record_checks
from finder.listings.checks import TRIES, UNREACHED, checks_of, tries_in_vain
from finder.listings.policy import policy_in_force
from finder.listings.problems import Said, store_report, unanswered_of
from finder.listings.standing import load_standings
from finder.listings.stored import Stored
from finder.listings.timeline import facts_at, the_stored
from finder.models import Provider
from finder.models.problem_report import LONGEST_TEXT
from finder.web.admin import blueprint
from finder.web.admin.call_form import CallForm
from finder.web.admin.charge import i_may_here, my_change, the_listing
from finder.web.admin.facts import FIELD_GROUPS, METHODS, STATUSES
from finder.web.admin.findings import write_findings
from finder.web.admin.group_facts import differences, facts_of_group, groups_changed
from finder.web.admin.questions import QUESTIONS
from finder.web.admin.report_words import PROBLEMS, RESULTS
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext

_CHECKS_SHOWN = 12
_PROBLEM_OF = {
    FieldGroup.PHONE: Problem.PHONE,
    FieldGroup.ADDRESS: Problem.MOVED,
    FieldGroup.HOURS: Problem.HOURS,
    FieldGroup.SERVICES: Problem.SERVICES,
}


@blueprint.get("/listings/<int:listing_id>/call")
@for_who_may(Action.VERIFY)
def verification_call(listing_id: int) -> ResponseReturnValue:
    """What to say and to ask, and the facts as they stand."""
    listing = the_listing(listing_id, Action.VERIFY)
    stored = the_stored(db.session(), listing.id)
    form = CallForm(stored.facts, version=stored.version, may_edit=i_may_here(Action.EDIT, listing))
    return _page(listing, stored, form)


@blueprint.post("/listings/<int:listing_id>/call")
@for_who_may(Action.VERIFY)
def save_call(listing_id: int) -> ResponseReturnValue:
    """Keep what was found out, all of it at once, and go on to the next listing of the queue."""
    listing = the_listing(listing_id, Action.VERIFY)
    # Who saves at the same time waits here, and then sees what we changed.
    db.session.execute(select(Provider.id).where(Provider.id == listing.id).with_for_update())
    stored = the_stored(db.session(), listing.id)
    version = request.form.get("version", 0, type=int)
    if not 1 <= version <= stored.version:
        abort(HTTPStatus.BAD_REQUEST)
    before = facts_at(db.session(), stored, version)
    form = CallForm(before, request.form, version=version, may_edit=i_may_here(Action.EDIT, listing))
    if "unreached" in request.form:
        return _nobody_reached(listing, stored, form)
    if before != stored.facts:
        return _changed_since(listing, stored, form, before)
    return _save(listing, stored, form)


def _save(listing: Provider, stored: Stored, form: CallForm) -> ResponseReturnValue:
    change = my_change()
    days = policy_in_force(db.session()).groups[FieldGroup.AVAILABILITY].days
    found, onward = form.found_out(change.at, days), _onward(listing)
    if found is None:
        return _page(listing, stored, form), HTTPStatus.UNPROCESSABLE_ENTITY
    write_findings(db.session(), listing.id, found.corrections, found.findings, change)
    if found.still_wrong:
        _report_wrong(listing.id, found.still_wrong, form, change)
    db.session.commit()
    if found.still_wrong and i_may_here(Action.EDIT, listing):
        flash(gettext("Saved. Now correct what is wrong."))
        return redirect(url_for("admin.edit_listing", listing_id=listing.id), HTTPStatus.SEE_OTHER)
    flash(gettext("%(name)s: saved.", name=stored.facts["name"]))
    return redirect(onward, HTTPStatus.SEE_OTHER)


def _nobody_reached(listing: Provider, stored: Stored, form: CallForm) -> ResponseReturnValue:
    change = my_change()
    findings = form.in_vain(change.at)
    if findings is None:
        return _page(listing, stored, form), HTTPStatus.UNPROCESSABLE_ENTITY
    was_published, onward, name = listing.status is Status.PUBLISHED, _onward(listing), listing.name
    record_checks(db.session(), listing.id, findings, change)
    tries = tries_in_vain(db.session(), listing.id)
    db.session.commit()
    told = gettext("%(name)s: nobody reached, try %(tries)s.", name=name, tries=tries)
    if was_published and tries >= TRIES:
        told = gettext("%(name)s: nobody reached %(tries)s times. It is hidden now and waits.", name=name, tries=tries)
    flash(told)
    return redirect(onward, HTTPStatus.SEE_OTHER)


def _changed_since(listing: Provider, stored: Stored, form: CallForm, before: Mapping[str, Any]) -> ResponseReturnValue:
    form.follow(stored.facts, stored.version, groups_changed(before, stored.facts))
    return _page(listing, stored, form, differences(before, stored.facts)), HTTPStatus.CONFLICT


def _report_wrong(listing_id: int, groups: list[FieldGroup], form: CallForm, change: Change) -> None:
    """Let what is wrong and not corrected yet wait among the reports, so that it can't be forgotten."""
    names = ", ".join(str(FIELD_GROUPS[group]) for group in groups)
    words = gettext(
        "%(who)s found out %(how)s that this is wrong: %(groups)s.",
        who=me().email,
        how=METHODS[form.method_chosen()],
        groups=names,
    )
    text = f"{words}\n{form.noted()}".strip()[:LONGEST_TEXT]
    problems = frozenset(_PROBLEM_OF.get(group, Problem.OTHER) for group in groups)
    store_report(db.session(), listing_id, Said(problems=problems, text=text), change.at)


def _onward(listing: Provider) -> str:
    """From the queue on to its next listing; who came from elsewhere sees the list again that it was in."""
    place = request.args.get("place", type=int)
    if place is not None:
        return url_for("admin.next_review", place=place, state=request.args.get("state"), done=listing.id)
    return url_for("admin.reviews" if listing.status is Status.PUBLISHED else "admin.reviews_waiting")


def _page(listing: Provider, stored: Stored, form: CallForm, changed: list[tuple[str, str, str]] | None = None) -> str:
    session = db.session()
    return render_template(
        "admin/call.html",
        listing=listing,
        phones=stored.facts["phones"],
        form=form,
        changed=changed,
        may_edit=i_may_here(Action.EDIT, listing),
        place=request.args.get("place", type=int),
        state=request.args.get("state") or None,
        facts={group: facts_of_group(group, stored.facts) for group in form.groups},
        standings=load_standings(session, [listing.id]).get(listing.id, {}),
        reports=unanswered_of(session, listing.id),
        checks=checks_of(session, listing.id, limit=_CHECKS_SHOWN),
        tries=tries_in_vain(session, listing.id),
        most_tries=TRIES,
        is_unreached=listing.review_reason == UNREACHED,
        labels={
            "groups": FIELD_GROUPS,
            "methods": METHODS,
            "statuses": STATUSES,
            "problems": PROBLEMS,
            "results": RESULTS,
            "questions": QUESTIONS,
        },
    )
