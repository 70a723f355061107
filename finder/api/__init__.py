"""The directory for other programs: Open Referral HSDS 3.1 at ``/hsds``, to be read by anybody."""
# ruff: noqa: E402, F401 (the modules of views need the blueprint, and register themselves on it as they are imported)

from flask import Blueprint, Flask

blueprint = Blueprint("hsds", __name__, url_prefix="/hsds")

from finder.api import (
    about,
    bmlt,
    meeting_guide,
    organizations,
    package,
    problems,
    service_at_locations,
    services,
    taxonomies,
)


def init_app(app: Flask) -> None:
    """Serve the interface, and tell its errors as its programs read them."""
    app.after_request(problems.told)
    app.register_blueprint(blueprint)
    bmlt.init_app(app)
    meeting_guide.init_app(app)
