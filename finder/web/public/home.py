"""What people read: the orientation and its topics. Needs no database."""

from http import HTTPStatus

from flask import abort, render_template

from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.orientation.first_screen import load_first_screen
from finder.orientation.topics import load_topics
from finder.web.languages import language
from finder.web.public import blueprint
from finder.web.public.forms import SearchForm
from finder.web.public.panels import choices


@blueprint.get("/")
def home() -> str:
    """The orientation, then the search form."""
    screen = load_first_screen(language())
    return render_template("public/home.html", form=SearchForm(), levels=choices(LEVEL_OF_CARE), screen=screen)


@blueprint.get("/topics")
def topics() -> str:
    """Every topic of the orientation, in groups."""
    return render_template("public/topics.html")


@blueprint.get("/topics/<slug>")
def topic(slug: str) -> str:
    """One topic of the orientation."""
    found = next((topic for topic in load_topics(language()) if topic.slug == slug), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template("public/topic.html", topic=found)
