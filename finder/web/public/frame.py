"""What the frame of every page shows beside the page itself."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from finder.config import Settings
from finder.orientation.topic_groups import topic_groups
from finder.web.languages import language
from finder.web.public import blueprint


@blueprint.app_context_processor
def frame() -> dict[str, Any]:
    """For templates: ``leave_to``, where the button to leave quickly leads, who else sees the map, and the topics."""
    settings: Settings = current_app.extensions["settings"]
    told = {"leave_to": settings.leave_to, "map_host": map_host().replace("{s}.", "")}
    return told | {"topic_groups": topic_groups(language())}


def map_host() -> str:
    """The host of the map's pictures, perhaps with a ``{s}`` in it; empty where nobody else is asked."""
    settings: Settings = current_app.extensions["settings"]
    return urlsplit(settings.map_tiles or "").netloc
