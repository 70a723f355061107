"""What changes how somebody proves who they are is for a sign-in of a short while ago, with both factors."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask.typing import ResponseReturnValue

from finder.web.guard import record, sign_in_again
from finder.web.languages import gettext
from finder.web.security import now

FRESH = dt.timedelta(minutes=30)
"""For how long after the sign-in second factors may be changed."""

_Asked = ParamSpec("_Asked")


def soon_after_sign_in(view: Callable[_Asked, ResponseReturnValue]) -> Callable[_Asked, ResponseReturnValue]:
    """The view asks who signed in longer ago to do so again; a browser that was left open changes no second factor."""

    @wraps(view)
    def guarded(*args: _Asked.args, **kwargs: _Asked.kwargs) -> ResponseReturnValue:
        if record().complete and now() - record().created_at > FRESH:
            return sign_in_again(gettext("Sign in again first: this changes how you prove who you are."))
        return view(*args, **kwargs)

    return guarded
