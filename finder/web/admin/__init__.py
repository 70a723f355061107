"""The side of those who keep the listings true: a module a noun, and for each view who may see it."""
# ruff: noqa: E402, F401 (the modules of views need the blueprint, and register themselves on it as they are imported)

from flask import Blueprint

from finder.web.guard import guard

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
guard(blueprint)

from finder.web.admin import (
    ask,
    bulk,
    bulk_undo,
    call,
    claims,
    conflicts,
    coverage,
    dashboard,
    duplicates,
    helplines,
    history,
    import_columns,
    import_runs,
    import_start,
    import_undo,
    imports,
    listing,
    listing_edit,
    listings,
    merges,
    own,
    policy,
    preview,
    proposals,
    reports,
    reviews,
    sources,
    start,
    users,
    vocabulary,
)
