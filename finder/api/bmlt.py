"""The weekly meetings for programs that know BMLT: one address, at which ``switcher`` says what is asked.

``/client_interface/`` and ``/main_server/client_interface/`` tell of all meetings, ``/bmlt/na/client_interface/`` of
those of one fellowship. ``docs/bmlt.md`` tells the parameters.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import numpy as np
from flask import Blueprint, Flask, Response, current_app, request

from finder.api import problems
from finder.api.answers import alone
from finder.api.bmlt_parameters import Asked, query
from finder.api.finding import directory
from finder.api.loading import telling
from finder.api.problems import Problem, refuse
from finder.config import Settings
from finder.domain.vocabulary import DEFAULT_LANGUAGE, Facet, vocabulary
from finder.exporting import bmlt
from finder.extensions import db
from finder.search import Criteria
from finder.search.matching import matching

blueprint = Blueprint("bmlt", __name__)
blueprint.register_error_handler(Problem, problems.told_in_full)

_SCRIPT = "application/javascript"
_FUNCTION = re.compile(r"[A-Za-z_$][\w$]{0,99}(\.[A-Za-z_$][\w$]{0,99}){0,5}", re.ASCII)


def init_app(app: Flask) -> None:
    """Serve the meetings."""
    with app.app_context():
        app.extensions["timetables"] = bmlt.Timetables(db.engine)
    app.register_blueprint(blueprint)


@dataclass(frozen=True, slots=True)
class Root:
    """One root server: the meetings that it tells, and its address."""

    timetable: bmlt.Timetable
    uri: str

    def formats(self, languages: list[str], used: frozenset[int]) -> list[dict[str, str]]:
        """Formats by number, in the words in force."""
        return list(bmlt.format_rows(used, telling().vocabulary, languages or [DEFAULT_LANGUAGE], self.uri))


@blueprint.get("/client_interface/<any(json,jsonp):form>/", strict_slashes=False)
@blueprint.get("/main_server/client_interface/<any(json,jsonp):form>/", strict_slashes=False)
@blueprint.get("/bmlt/<fellowship>/client_interface/<any(json,jsonp):form>/", strict_slashes=False)
def answer(form: str, fellowship: str = "") -> Response:
    """What ``switcher`` asks for, as JSON or as a script that hands it to the function named by ``callback``."""
    if fellowship and (Facet("fellowship"), fellowship) not in vocabulary():
        raise Problem(HTTPStatus.NOT_FOUND, "There is no fellowship with this code.")
    switcher = _SWITCHERS.get(request.args.get("switcher", ""))
    if switcher is None:
        refuse([("switcher", f"Must be one of {', '.join(_SWITCHERS)}.")])
    call = _function() if form == "jsonp" else ""
    told = alone(lambda: switcher(_root(fellowship)))
    return _as_script(told, call) if call and told.status_code == HTTPStatus.OK else told


def _root(fellowship: str) -> Root:
    settings: Settings = current_app.extensions["settings"]
    timetables: bmlt.Timetables = current_app.extensions["timetables"]
    uri = settings.base_url + request.path.partition("/client_interface")[0]
    return Root(timetables.at(directory().version(), fellowship), uri)


def _function() -> str:
    name = request.args.get("callback", "callback")
    if not _FUNCTION.fullmatch(name):
        refuse([("callback", "Must be the name of a function.")])
    return name


def _as_script(told: Response, function: str) -> Response:
    # The comment keeps what a page names from being the first thing in the file, which old plug-ins run as theirs.
    told.set_data(b"/**/%s(%s);" % (function.encode(), told.get_data()))
    told.mimetype = _SCRIPT
    told.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return told


def _search_results(root: Root) -> object:
    asked, question, timetable = Asked(), query(_listings_with), root.timetable
    found = [] if _of_hidden() else bmlt.find(timetable.meetings, timetable.bodies, question)
    only_formats, used_too = asked.yes("get_formats_only"), asked.yes("get_used_formats")
    told: dict[str, object] = {} if only_formats else {"meetings": bmlt.rows(found, question, root.uri)}
    if not (only_formats or used_too):
        return told["meetings"]
    used = frozenset[int]().union(*(each.meeting.formats for each in found))
    return told | {"formats": root.formats(asked.texts("lang_enum"), used)}


def _of_hidden() -> bool:
    """Whether those meetings alone are asked for that the public may not see."""
    return request.args.get("advanced_published") == "-1"


def _listings_with(text: str) -> frozenset[int]:
    """The row ids of the listings whose name, city, ZIP, organization or description has words that begin so."""
    parts = directory().refresh().parts
    found = [part.segment.ids[some.rows] for part in parts for some in matching(part, Criteria(text=text))]
    return frozenset(np.concatenate([np.empty(0, np.int64), *found]).tolist())


def _formats(root: Root) -> object:
    asked = Asked()
    used = frozenset[int]().union(*(meeting.formats for meeting in root.timetable.meetings))
    shown = used if not asked.yes("show_all") else frozenset(each.id for each in bmlt.FORMATS)
    keys = asked.texts("key_strings")
    if keys:
        shown &= frozenset(each.id for each in bmlt.FORMATS if each.key in keys)
    return root.formats(asked.texts("lang_enum"), shown)


def _service_bodies(root: Root) -> object:
    asked = Asked()
    choice = asked.choice("services")
    asked.checked()
    found = bmlt.chosen(
        root.timetable.bodies,
        choice.wanted,
        choice.unwanted,
        parts=asked.yes("recursive") or asked.yes("recurse"),
        parents=asked.yes("parents"),
    )
    return [body.row() for body in found]


def _field_values(root: Root) -> object:
    name = request.args.get("meeting_key", "")
    if name not in bmlt.FIELDS:
        refuse([("meeting_key", "Must be a field; GetFieldKeys lists those that there are.")])
    return bmlt.field_values(root.timetable.meetings, name)


_SWITCHERS: Mapping[str, Callable[[Root], object]] = {
    "GetSearchResults": _search_results,
    "GetFormats": _formats,
    "GetServiceBodies": _service_bodies,
    "GetFieldKeys": lambda _: bmlt.field_keys(),
    "GetFieldValues": _field_values,
    "GetServerInfo": lambda root: bmlt.server_info(root.timetable.meetings),
    "GetCoverageArea": lambda root: bmlt.coverage_area(root.timetable.meetings),
}
