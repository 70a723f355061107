"""Pages that everybody may see; nobody signs in, nothing about a visitor is kept.

Each module of views turns an address into what was asked, asks the core, and hands the answer to a template.
"""
# ruff: noqa: E402, F401 (the modules of views need the blueprint, and register themselves on it as they are imported)

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from finder.web.public import (
    calendar,
    confirm,
    exports,
    frame,
    guide,
    home,
    open_data,
    places,
    provider,
    report,
    search,
    shortlist,
    structured,
)
from finder.web.public import map as _map
