"""Pages that everybody may see; nobody signs in, nothing about a visitor is kept.

Each module of views turns an address into what was asked, asks the core, and hands the answer to a template.
"""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from finder.web.public import (  # noqa: E402 (the views register themselves on the blueprint)
    calendar,  # noqa: F401
    exports,  # noqa: F401
    frame,  # noqa: F401
    guide,  # noqa: F401
    home,  # noqa: F401
    places,  # noqa: F401
    provider,  # noqa: F401
    report,  # noqa: F401
    search,  # noqa: F401
    shortlist,  # noqa: F401
    structured,  # noqa: F401
)
from finder.web.public import map as _map  # noqa: E402, F401
