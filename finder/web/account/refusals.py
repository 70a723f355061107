"""What people see who tried too often."""

import datetime as dt
from collections.abc import Iterable
from http import HTTPStatus

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from finder.accounts import Count, throttle
from finder.extensions import db
from finder.web.security import now, tally

_MINUTE = dt.timedelta(minutes=1)


def refusal(counts: Iterable[Count]) -> ResponseReturnValue | None:
    """Count a try in the present transaction; the page that refuses it, where there were too many."""
    span = throttle.wait(db.session(), counts, now())
    return _later(span) if span else None


def _later(span: dt.timedelta) -> ResponseReturnValue:
    tally().note("too_many_tries", now(), view=request.endpoint)
    minutes = -(-span // _MINUTE)  # rounded up: who comes back then is let in
    response = make_response(render_template("account/later.html", minutes=minutes), HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(minutes * 60)
    return response
