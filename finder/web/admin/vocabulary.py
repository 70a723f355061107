"""The words that people read for each filter and each of its choices, in each language."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.domain.vocabulary import FacetTerms, vocabulary
from finder.extensions import db
from finder.listings.wording import reword, wording_changes, wording_in_force
from finder.web.account.forms import complain
from finder.web.admin import blueprint
from finder.web.admin.settings_forms import WordingForm, wording_form
from finder.web.guard import for_who_may, me
from finder.web.languages import LANGUAGES, gettext, ngettext
from finder.web.security import now

_only_who_may = for_who_may(Action.SETTINGS)


@blueprint.get("/vocabulary", endpoint="vocabulary")
@_only_who_may
def words_of_facet() -> ResponseReturnValue:
    """The texts of one facet, the first if none is named."""
    terms = _terms(request.args.get("facet", vocabulary().facets[0].facet))
    made, said = wording_form(terms), wording_in_force(db.session())
    form = made(data={name: said.get(key, "") for name, key in made.keys.items()})
    form.notice(wording_changes(db.session(), terms.facet))
    return _page(terms, form)


@blueprint.post("/vocabulary")
@_only_who_may
def change_words() -> ResponseReturnValue:
    """Say something else; what is empty is said as it was shipped."""
    terms = _terms(request.form.get("facet", ""))
    form = wording_form(terms)(request.form)
    if not form.validate():
        return _page(terms, form), HTTPStatus.UNPROCESSABLE_ENTITY
    changes = wording_changes(db.session(), terms.facet)
    if not form.has_seen(changes):
        form.notice(changes)
        complain(form.seen, gettext("Somebody else changed words meanwhile; see below. Check yours and save again"))
        return _page(terms, form), HTTPStatus.CONFLICT
    changed = reword(db.session(), form.texts(), by=me().email, at=now())
    db.session.commit()
    flash(ngettext("%(num)s text changed.", "%(num)s texts changed.", len(changed)))
    return redirect(url_for("admin.vocabulary", facet=terms.facet), HTTPStatus.SEE_OTHER)


def _terms(facet: str) -> FacetTerms:
    """A facet as it is shipped."""
    try:
        return vocabulary().facet(facet)
    except KeyError:
        abort(HTTPStatus.NOT_FOUND)


def _page(terms: FacetTerms, form: WordingForm) -> str:
    return render_template(
        "admin/vocabulary.html",
        form=form,
        terms=terms,
        facets=vocabulary().facets,
        languages=LANGUAGES,
        shipped=vocabulary().wording,
        changes=wording_changes(db.session(), terms.facet),
    )
