"""What a visitor may be about to type as a place."""

import orjson
from flask import Response, request

from finder.places import gazetteer
from finder.web.public import blueprint


@blueprint.get("/places.json")
def places() -> Response:
    """Up to eight places whose names begin like ``q``: ``{"places": [{"label": "Chicago, IL", "kind": "city"}]}``."""
    offered = [
        {"label": completion.label, "kind": completion.kind.value}
        for completion in gazetteer().complete(request.args.get("q", ""))
    ]
    return Response(orjson.dumps({"places": offered}), mimetype="application/json", headers={"X-Robots-Tag": "noindex"})
