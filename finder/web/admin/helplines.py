"""When somebody last made sure of the helplines, and which topics are due for a review."""

import datetime as dt
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.extensions import db
from finder.listings.helpline_checks import last_checks, note_check
from finder.orientation.helplines import Helpline, load_helplines
from finder.orientation.topics import Topic, load_topics
from finder.web.admin import blueprint
from finder.web.admin.settings_forms import NoteForm
from finder.web.guard import for_who_may, me
from finder.web.languages import LANGUAGES, gettext
from finder.web.security import now
from finder.web.wording import helplines as present_helplines

OLD_DAYS = 180
_only_who_may = for_who_may(Action.SETTINGS)


@blueprint.get("/helplines", endpoint="helplines")
@_only_who_may
def all_helplines() -> ResponseReturnValue:
    """Each helpline with its last check, and the topics."""
    return _page({})


@blueprint.post("/helplines")
@_only_who_may
def check_helpline() -> ResponseReturnValue:
    """Somebody made sure of one today."""
    line = next((line for line in load_helplines() if line.key == request.form.get("helpline")), None)
    if line is None:
        abort(HTTPStatus.NOT_FOUND)
    form = NoteForm(request.form, prefix=line.key)
    if not form.validate():
        return _page({line.key: form}), HTTPStatus.UNPROCESSABLE_ENTITY
    note_check(db.session(), line.key, note=form.note.data or "", by=me().email, at=now())
    db.session.commit()
    flash(gettext("%(name)s: checked today.", name=line.name))
    return redirect(url_for("admin.helplines"), HTTPStatus.SEE_OTHER)


def how_many_are_due(today: dt.date) -> int:
    """How many helplines and topics wait for somebody to look at them; it costs no query."""
    old = sum(line.last_checked < _old_before(today) for line in present_helplines())
    return old + sum(topic.is_due(today) for topic in _topics())


def _old_before(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=OLD_DAYS)


def _page(forms: Mapping[str, NoteForm]) -> str:
    checks, today = last_checks(db.session()), now().date()
    topics = sorted(_topics(), key=lambda topic: (topic.review_by, topic.title))
    return render_template(
        "admin/helplines.html",
        lines=load_helplines(),
        forms={line.key: forms.get(line.key) or NoteForm(prefix=line.key) for line in load_helplines()},
        form=next(iter(forms.values()), None),
        checks=checks,
        checked_on={line.key: _checked_on(line, checks) for line in load_helplines()},
        old_before=_old_before(today),
        old_days=OLD_DAYS,
        due=[topic for topic in topics if topic.is_due(today)],
        later=[topic for topic in topics if not topic.is_due(today)],
        languages=LANGUAGES,
    )


def _checked_on(line: Helpline, checks: Mapping[str, object]) -> dt.date:
    noted: dt.date = getattr(checks.get(line.key), "checked_on", line.last_checked)
    return max(line.last_checked, noted)


def _topics() -> Iterator[Topic]:
    for language in LANGUAGES:
        yield from load_topics(language)
