"""The page of one report: the listing beside it, what others say of it, what was done and what can be."""

from http import HTTPStatus
from typing import Any

from flask import Response, make_response, render_template, request

from finder.accounts import people
from finder.domain.account import Action, may
from finder.domain.listing import Status
from finder.domain.problem import UNANSWERED
from finder.extensions import db
from finder.listings.problems import WORDS_ARE_KEPT, say_the_same, unanswered_of
from finder.listings.stored import Stored
from finder.listings.timeline import the_stored
from finder.models import Account, ProblemReport, Provider
from finder.web.admin.charge import i_may_here
from finder.web.admin.corrections import CORRECTED_HERE
from finder.web.admin.facts import FIELD_GROUPS, STATUSES
from finder.web.admin.group_facts import facts_in_words
from finder.web.admin.report_forms import OUTCOMES, AssignForm, SettleForm
from finder.web.admin.report_letters import address_of_sender
from finder.web.admin.report_words import PROBLEMS, STATES, STEPS


def settle_form(listing: Provider, facts: Any, version: int, typed: Any = None) -> SettleForm:
    """The form to answer a report, with what I may do to its listing."""
    may_hide = i_may_here(Action.PUBLISH, listing) and listing.status is Status.PUBLISHED
    may_edit = i_may_here(Action.EDIT, listing)
    return SettleForm(facts, typed, version=version, may_edit=may_edit, may_hide=may_hide)


def report_page(
    found: ProblemReport,
    listing: Provider,
    stored: Stored,
    form: SettleForm,
    changed: list[tuple[str, str, str]] | None = None,
) -> str:
    """The page; ``changed`` is what somebody else changed of the listing while the form was open."""
    others = others_of(found)
    same = {str(other.id) for other in others if say_the_same(found, other)}
    return render_template(
        "admin/report.html",
        report=found,
        listing=listing,
        form=form,
        changed=changed,
        typed=request.form.get("result", ""),
        others=others,
        chosen=set(request.form.getlist("also")) if request.form else same,
        assign_form=AssignForm(colleagues(listing), chosen=found.assigned_to),
        is_unanswered=found.state in UNANSWERED,
        facts=facts_in_words(stored.facts),
        corrects={group: names for group, names in CORRECTED_HERE.items() if names[0] in form},
        can_be_written_to=any(map(address_of_sender, [found, *others])),
        days_kept=WORDS_ARE_KEPT.days,
        labels={
            "groups": FIELD_GROUPS,
            "outcomes": OUTCOMES,
            "problems": PROBLEMS,
            "states": STATES,
            "statuses": STATUSES,
            "steps": STEPS,
        },
    )


def answered_meanwhile(found: ProblemReport, listing: Provider) -> Response:
    """The answer to who wants to answer a report that somebody else has answered: how, and what they typed."""
    stored = the_stored(db.session(), listing.id)
    page = report_page(found, listing, stored, settle_form(listing, stored.facts, stored.version))
    return make_response(page, HTTPStatus.CONFLICT)


def others_of(found: ProblemReport) -> list[ProblemReport]:
    """The other reports of the listing that nobody answered yet."""
    return [other for other in unanswered_of(db.session(), found.provider_id) if other.id != found.id]


def colleagues(listing: Provider) -> list[Account]:
    """Who may work on reports of a listing."""
    everybody = people.everybody(db.session())
    return [each for each in everybody if not each.disabled_at and may(each.actor, Action.RESOLVE, listing)]
