"""Pages that everybody may see; nobody signs in, nothing about a visitor is kept."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from finder.web.public import views  # noqa: E402, F401 (the views register themselves on the blueprint)
