"""Weekly meetings as a root server of BMLT tells them, the tool of Narcotics Anonymous for lists of meetings.

``docs/bmlt.md`` tells how our listings become its meetings, formats and service bodies.
"""

from finder.exporting.bmlt.about import VERSION, coverage_area, field_keys, field_values, server_info
from finder.exporting.bmlt.asking import (
    ALL_FIELDS,
    METERS_PER_KILOMETER,
    USUAL_ORDER,
    Around,
    Choice,
    Found,
    Query,
    find,
    rows,
)
from finder.exporting.bmlt.bodies import chosen
from finder.exporting.bmlt.formats import FORMATS, format_rows
from finder.exporting.bmlt.meeting import FIELDS
from finder.exporting.bmlt.timetable import Timetable, Timetables

__all__ = [
    "ALL_FIELDS",
    "FIELDS",
    "FORMATS",
    "METERS_PER_KILOMETER",
    "USUAL_ORDER",
    "VERSION",
    "Around",
    "Choice",
    "Found",
    "Query",
    "Timetable",
    "Timetables",
    "chosen",
    "coverage_area",
    "field_keys",
    "field_values",
    "find",
    "format_rows",
    "rows",
    "server_info",
]
