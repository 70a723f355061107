"""The weekly meetings as a Meeting Guide feed, for apps and sites of fellowships; ``docs/meetings-feed.md``."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Flask, Response, current_app, request
from pydantic import ConfigDict

from finder.api import problems
from finder.api.answers import kept_array
from finder.api.kept import Kept
from finder.api.parameters import Nothing, asked
from finder.api.problems import Problem, refuse
from finder.domain.vocabulary import Facet, vocabulary
from finder.exporting.hsds import Data
from finder.exporting.meeting_guide import group_ids, read_groups, rows_of
from finder.extensions import db
from finder.places.states import STATES

blueprint = Blueprint("meeting_guide", __name__)
blueprint.register_error_handler(Problem, problems.told_in_full)

_AT_A_TIME = 500  # listings in memory
_MOST_BYTES = 16_000_000  # kept of all feeds: seven with 23,000 meetings each


class Meetings(Nothing):
    """Which meetings. Anything else is ignored: programs send what they tell the servers that they were made for."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    state: str = ""
    fellowship: str = ""


def init_app(app: Flask) -> None:
    """Serve the feed."""
    app.extensions["kept_feeds"] = Kept(_MOST_BYTES)
    app.register_blueprint(blueprint)


@blueprint.get("/meetings.json")
def meetings() -> Response:
    """The meetings of all fellowships, or of one (``fellowship``, by its code); of all states or of one."""
    question = asked(Meetings)
    state = question.state.upper()
    if state and state not in STATES:
        refuse([("state", "Must be a state such as IL.")])
    if question.fellowship and (Facet("fellowship"), question.fellowship) not in vocabulary():
        codes = ", ".join(str(term.code) for term in vocabulary().facet("fellowship").terms)
        refuse([("fellowship", f"Must be one of {codes}.")])
    asked_for = (state, question.fellowship, request.url_root)
    return kept_array(current_app.extensions["kept_feeds"], asked_for, lambda: _rows(*asked_for))


def _rows(state: str, fellowship: str, root: str) -> Iterator[list[Data]]:
    ids = group_ids(db.session(), state=state, fellowship=fellowship)
    for start in range(0, len(ids), _AT_A_TIME):
        groups = read_groups(db.session(), ids[start : start + _AT_A_TIME], lambda slug: f"{root}providers/{slug}")
        yield list(chain.from_iterable(map(rows_of, groups)))
