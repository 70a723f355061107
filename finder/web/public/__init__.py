"""Pages that everybody may see; nobody signs in, nothing about a visitor is kept.

Each module of views turns an address into what was asked, asks the core, and hands the answer to a template.
"""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from finder.web.public import home, provider, search  # noqa: E402, F401 (the views register themselves)
