"""The whole directory in tables."""

from flask import Response

from finder.api import blueprint
from finder.api.answers import archive
from finder.api.finding import directory
from finder.api.parameters import Nothing, asked
from finder.exporting import hsds
from finder.extensions import db


@blueprint.get("/datapackage.zip")
def package() -> Response:
    """HSDS's data package: a zip archive of tables in CSV, one for each entity."""
    asked(Nothing)
    return archive(lambda: hsds.package(db.session(), directory().now()))
