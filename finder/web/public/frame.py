"""What the frame of every page shows beside the page itself."""

from typing import Any

from flask import current_app

from finder.orientation.topic_groups import topic_groups
from finder.web.languages import language
from finder.web.public import blueprint


@blueprint.app_context_processor
def frame() -> dict[str, Any]:
    """For templates: ``leave_to``, where the button to leave quickly leads, and the topics in their groups."""
    leave_to: str = current_app.extensions["settings"].leave_to
    return {"leave_to": leave_to, "topic_groups": topic_groups(language())}
