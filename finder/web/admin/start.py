"""Where people find themselves after they have signed in."""

from flask import render_template
from flask.typing import ResponseReturnValue

from finder.web.admin import blueprint
from finder.web.guard import for_who_is_signed_in


@blueprint.get("/")
@for_who_is_signed_in
def start() -> ResponseReturnValue:
    """What there is for this person to do."""
    return render_template("admin/start.html")
