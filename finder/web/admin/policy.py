"""For how long a check of each group of facts is believed, and how much it matters."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.domain.review import review_policy
from finder.extensions import db
from finder.listings.policy import change_policy, policy_changes, policy_in_force
from finder.web.account.forms import complain
from finder.web.admin import blueprint
from finder.web.admin.facts import FIELD_GROUPS
from finder.web.admin.settings_forms import PolicyForm
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext, ngettext
from finder.web.security import now

_only_who_may = for_who_may(Action.SETTINGS)


@blueprint.get("/policy", endpoint="policy")
@_only_who_may
def rules() -> ResponseReturnValue:
    """The rules in force."""
    form = PolicyForm.of(policy_in_force(db.session()))
    form.notice(policy_changes(db.session()))
    return _page(form)


@blueprint.post("/policy")
@_only_who_may
def change_rules() -> ResponseReturnValue:
    """Let other rules count for checks from now on."""
    form = PolicyForm(request.form)
    policy = form.policy()
    if policy is None:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    changes = policy_changes(db.session())
    if not form.has_seen(changes):
        form.notice(changes)
        complain(form.seen, gettext("Somebody else changed rules meanwhile; see below. Check yours and save again"))
        return _page(form), HTTPStatus.CONFLICT
    changed = change_policy(db.session(), policy, by=me().email, at=now())
    db.session.commit()
    flash(ngettext("%(num)s rule changed.", "%(num)s rules changed.", len(changed)))
    return redirect(url_for("admin.policy"), HTTPStatus.SEE_OTHER)


def _page(form: PolicyForm) -> str:
    told = {"groups": FIELD_GROUPS, "shipped": review_policy().groups, "changes": policy_changes(db.session())}
    return render_template("admin/policy.html", form=form, **told)
