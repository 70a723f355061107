"""What of the directory is open to all, in plain words: the terms, the files, the addresses for programs."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import current_app, render_template

from finder.config import Settings
from finder.exporting.dump import newest_dump
from finder.exporting.sources import published_sources
from finder.extensions import db
from finder.web.languages import lazy_gettext
from finder.web.public import blueprint

_ABOUT: Mapping[str, lazy_gettext] = MappingProxyType(
    {
        "hsds.zip": lazy_gettext("All listings in the format of Open Referral (HSDS 3.1), as tables"),
        "services.ndjson.gz": lazy_gettext("All listings in the format of Open Referral (HSDS 3.1), one on each line"),
        "listings.csv.zip": lazy_gettext("All listings as one table, for a spreadsheet"),
        "listings.geojson.gz": lazy_gettext("All listings for a map (GeoJSON)"),
        "meetings.json.gz": lazy_gettext("All weekly meetings of support groups (Meeting Guide)"),
    }
)
"""What people are told of a file, by its name."""


@blueprint.get("/data")
def open_data() -> str:
    """The page for who wants to use what is listed here."""
    settings: Settings = current_app.extensions["settings"]
    return render_template(
        "public/open_data.html",
        settings=settings,
        sources=published_sources(db.session()),
        dump=newest_dump(settings.dumps),
        about=_ABOUT,
    )
