"""Writing what somebody typed into the form of a listing, as far as they are in charge."""

from dataclasses import dataclass

from flask import g
from sqlalchemy import select

from finder.domain.account import Action, may
from finder.extensions import db
from finder.listings import amend, record_checks
from finder.listings.own import create
from finder.models import Organization
from finder.web.admin.charge import my_change
from finder.web.admin.listing_form.form import ListingForm
from finder.web.admin.listing_form.part import Facts
from finder.web.languages import gettext


@dataclass(frozen=True, slots=True)
class _Placed:
    """What of facts that aren't saved yet decides who is in charge."""

    state: str
    county: str
    organization_id: int | None


def is_mine_to_save(form: ListingForm, facts: Facts) -> bool:
    """Whether I am in charge of a listing with these facts; if not, the form says so.

    So nobody moves a listing out of their own reach, or adds one beyond it.
    """
    named = select(Organization.id).where(Organization.name == facts["organization"])
    placed = _Placed(facts["state"], facts["county"], db.session.scalar(named))
    wanted = [Action.EDIT]
    wanted += [Action.PUBLISH] if facts["status"] is not form.before["status"] else []
    wanted += [Action.VERIFY] if form.checked.data else []
    if all(may(g.actor, action, placed) for action in wanted):
        return True
    form.complain(form.state, gettext("You are not in charge of listings with this place and organization"))
    return False


def save_new(form: ListingForm, facts: Facts) -> int:
    """Save a new listing and what was checked of it; gives its row id. The view commits."""
    listing_id = create(db.session(), facts, my_change(form.reason()))
    _record(listing_id, form, facts, facts)
    return listing_id


def save_edit(form: ListingForm, listing_id: int, before: Facts, facts: Facts, version: int) -> bool:
    """Save other facts of a listing that is at this version, and what was checked; whether anything was to be saved.

    The view commits. Raises `finder.listings.Conflict` where somebody else was quicker.
    """
    changed = amend(db.session(), {listing_id: facts}, my_change(form.reason()), versions={listing_id: version})
    return _record(listing_id, form, before, facts) or bool(changed)


def _record(listing_id: int, form: ListingForm, before: Facts, facts: Facts) -> bool:
    change = my_change()
    findings = form.findings(before, facts, change.at.date())
    if findings:
        record_checks(db.session(), listing_id, findings, change)
    return bool(findings)
