"""The side of those who keep the listings true: a module a noun, and for each view who may see it."""

from flask import Blueprint

from finder.web.guard import guard

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
guard(blueprint)

from finder.web.admin import start, users  # noqa: E402, F401 (the views register themselves)
