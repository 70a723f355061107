"""The page of one listing for those who look after it, and what they do there."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from finder.domain.account import Action, Role
from finder.domain.listing import Status
from finder.extensions import db
from finder.listings import Conflict, amend
from finder.listings.assign import assign, assignable, assignment_of
from finder.listings.duplicates import Suspects, suspects
from finder.listings.notes import add_note, notes_of
from finder.listings.problems import unanswered_of
from finder.listings.publishing import FROM, LONGEST_REASON, status_facts
from finder.listings.standing import load_standings
from finder.listings.timeline import the_stored
from finder.models import ListingNote, ProblemReport, Provider
from finder.models.listing_note import LONGEST_NOTE
from finder.web.account.forms import PlainForm, complain
from finder.web.admin import blueprint
from finder.web.admin.bulk_form import TOO_LONG
from finder.web.admin.charge import i_may_here, my_change, the_listing
from finder.web.admin.facts import STATUSES
from finder.web.admin.freshness import GroupShown, groups_shown
from finder.web.admin.history import changed_since
from finder.web.admin.listing_form.part import one_kind_of_line_end
from finder.web.admin.report_words import PROBLEMS
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.form_fields import without_controls
from finder.web.security import now

_NOBODY = "nobody"


def _as_lines(text: str | None) -> str:
    return "\n".join(map(without_controls, one_kind_of_line_end(text).split("\n"))).strip()


class StatusForm(PlainForm):
    """Why a listing is taken off."""

    reason = StringField(
        lazy_gettext("Reason"), [Length(max=LONGEST_REASON, message=TOO_LONG)], filters=[without_controls]
    )


class NoteForm(PlainForm):
    """What somebody writes down about a listing."""

    text = TextAreaField(lazy_gettext("New note"), [Length(max=LONGEST_NOTE, message=TOO_LONG)], filters=[_as_lines])


class AssignForm(PlainForm):
    """Who looks after a listing."""

    account = SelectField(lazy_gettext("Looked after by"), validate_choice=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms of the page; one of them may say what is wrong with it."""

    status: StatusForm
    note: NoteForm
    assign: AssignForm

    @classmethod
    def empty(cls) -> "Forms":
        """Nothing typed yet."""
        return cls(status=StatusForm(), note=NoteForm(), assign=AssignForm())


@blueprint.get("/listings/<int:listing_id>")
@for_who_may(Action.VIEW)
def listing(listing_id: int) -> ResponseReturnValue:
    """All that is known of one listing."""
    return _page(the_listing(listing_id), Forms.empty())


@blueprint.post("/listings/<int:listing_id>/status")
@for_who_may(Action.PUBLISH)
def set_status(listing_id: int) -> ResponseReturnValue:
    """Publish, hide, retire or bring back."""
    found, form = the_listing(listing_id, Action.PUBLISH), StatusForm(request.form)
    status = _status(request.form.get("status", ""))
    if form.validate() and status is not Status.PUBLISHED and not form.reason.data:
        complain(form.reason, gettext("Say why: whoever looks at the listing later wants to know"))
    if form.errors:
        forms = Forms(status=form, note=NoteForm(), assign=AssignForm())
        return _page(found, forms), HTTPStatus.UNPROCESSABLE_ENTITY
    version = request.form.get("version", 0, type=int)
    try:
        facts = {listing_id: status_facts(status, form.reason.data)}
        amend(db.session(), facts, my_change(form.reason.data), versions={listing_id: version})
    except Conflict:
        db.session.rollback()
        return _changed_meanwhile(listing_id, version)
    db.session.commit()
    flash(gettext("Saved. The listing is now: %(status)s", status=STATUSES[status]))
    return _back(listing_id)


@blueprint.post("/listings/<int:listing_id>/notes")
@for_who_may(Action.VERIFY)
def write_note(listing_id: int) -> ResponseReturnValue:
    """Write something down for colleagues."""
    found, form = the_listing(listing_id, Action.VERIFY), NoteForm(request.form)
    if form.validate() and not form.text.data:
        complain(form.text, gettext("Write the note first"))
    if form.errors:
        forms = Forms(status=StatusForm(), note=form, assign=AssignForm())
        return _page(found, forms), HTTPStatus.UNPROCESSABLE_ENTITY
    add_note(db.session(), listing_id, form.text.data, my_change())
    db.session.commit()
    flash(gettext("The note is kept."))
    return _back(listing_id)


@blueprint.post("/listings/<int:listing_id>/assign")
@for_who_may(Action.VERIFY)
def assign_listing(listing_id: int) -> ResponseReturnValue:
    """Let somebody look after it."""
    the_listing(listing_id, Action.VERIFY)
    chosen = request.form.get("account", "")
    people = {str(account.id): account for account in assignable(db.session())}
    if chosen not in {_NOBODY, *people}:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    assign(db.session(), [listing_id], people[chosen].id if chosen in people else None, my_change())
    db.session.commit()
    flash(gettext("Saved."))
    return _back(listing_id)


def _status(said: str) -> Status:
    """The state that a button asks for. Answers 422 for one that there isn't."""
    if said not in {status.value for status in FROM}:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return Status(said)


def _back(listing_id: int) -> ResponseReturnValue:
    return redirect(url_for("admin.listing", listing_id=listing_id), HTTPStatus.SEE_OTHER)


def _changed_meanwhile(listing_id: int, version: int) -> ResponseReturnValue:
    told = changed_since(listing_id, version)
    return _page(the_listing(listing_id), Forms.empty(), changed=told), HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Internal:
    """What colleagues know of a listing. Who runs the place doesn't see it."""

    notes: list[ListingNote]
    reports: list[ProblemReport]
    suspects: list[Suspects]
    assigned_to: str


def _internal(found: Provider) -> Internal | None:
    if me().role is Role.REPRESENTATIVE:
        return None
    session, assignment = db.session(), assignment_of(db.session(), found.id)
    return Internal(
        notes=notes_of(session, found.id),
        reports=unanswered_of(session, found.id),
        suspects=suspects(session, scope=Provider.id == found.id),
        assigned_to=(assignment.account.name or assignment.account.email) if assignment else "",
    )


def _groups(found: Provider) -> list[GroupShown]:
    standings = load_standings(db.session(), [found.id]).get(found.id, {})
    return groups_shown(the_stored(db.session(), found.id).facts, standings, now().date())


def _page(found: Provider, forms: Forms, **told: Any) -> str:
    session = db.session()
    may_verify = i_may_here(Action.VERIFY, found)
    if may_verify:
        people = [SelectChoice(str(each.id), each.name or each.email) for each in assignable(session)]
        assignment = assignment_of(session, found.id)
        forms.assign.account.choices = [SelectChoice(_NOBODY, gettext("Nobody")), *people]
        forms.assign.account.data = str(assignment.account_id) if assignment else _NOBODY
    may = {action.value: i_may_here(action, found) for action in Action}
    return render_template(
        "admin/listing.html",
        listing=found,
        groups=_groups(found),
        internal=_internal(found),
        forms=forms,
        may=may,
        statuses=STATUSES,
        problems=PROBLEMS,
        next_statuses=[status for status, before in FROM.items() if found.status in before],
        **told,
    )
