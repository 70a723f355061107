"""The directory for other programs: Open Referral HSDS 3.1 at ``/hsds``, to be read by anybody."""

from flask import Blueprint, Flask

blueprint = Blueprint("hsds", __name__, url_prefix="/hsds")

# Each of these adds its views to the blueprint.
from finder.api import about, organizations, problems, service_at_locations, services, taxonomies  # noqa: E402, F401


def init_app(app: Flask) -> None:
    """Serve the interface, and tell its errors as its programs read them."""
    app.after_request(problems.told)
    app.register_blueprint(blueprint)
