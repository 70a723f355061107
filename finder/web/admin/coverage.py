"""Counties from which the nearest listing of a kind of help is far away: a map, a list, a table to take away."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from finder.domain.account import Action
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, vocabulary
from finder.exporting.table import csv_of
from finder.listings.coverage import CountyReach, reach
from finder.places.states import STATES
from finder.web.account.forms import PlainForm
from finder.web.admin import blueprint
from finder.web.admin.us_map import HEIGHT, WIDTH, dots, outlines
from finder.web.directory import current_directory
from finder.web.guard import for_who_may
from finder.web.languages import gettext, language, lazy_gettext
from finder.web.wording import words

_MILES = (10, 25, 50, 100)
_LISTED = 100
_LEVELS = tuple(term.code for term in vocabulary().facet(LEVEL_OF_CARE).terms)


class CoverageForm(PlainForm):
    """What is far, and how far is far."""

    level = SelectField(lazy_gettext("Kind of help"), default=_LEVELS[0])
    miles = SelectField(
        lazy_gettext("Farther than"),
        choices=[SelectChoice(value=str(miles), label=f"{miles} miles") for miles in _MILES],
        default="50",
    )
    state = SelectField(
        lazy_gettext("State"),
        choices=[
            SelectChoice(value="", label=lazy_gettext("All states")),
            *(SelectChoice(value=code, label=name) for code, name in sorted(STATES.items(), key=lambda each: each[1])),
        ],
        default="",
    )

    @classmethod
    def asked(cls) -> "CoverageForm":
        """What the address asks; where it is silent, what most ask first."""
        form = cls()
        form.level.choices = [
            SelectChoice(value=term.code, label=term.label(language())) for term in words().facet(LEVEL_OF_CARE).terms
        ]
        given = {name: request.args[name] for name in ("level", "miles", "state") if name in request.args}
        for name, value in given.items():
            form[name].data = value
        return form

    @property
    def label(self) -> str:
        """The kind of help in words."""
        return words().label(LEVEL_OF_CARE, self.level.data, language())


@blueprint.get("/coverage")
@for_who_may(Action.VIEW)
def coverage() -> ResponseReturnValue:
    """The map and the list."""
    form = CoverageForm.asked()
    if not form.validate():
        return render_template("admin/coverage.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    counties = _counties(form)
    far = _far(form, counties)
    shown = far if form.state.data else far[:_LISTED]
    near = [county for county in counties if not county.is_farther_than(int(form.miles.data))]
    drawn = {"outlines": outlines(), "near": _dots(near), "far": _dots(far), "width": WIDTH, "height": HEIGHT}
    asked = {"level": form.level.data, "miles": form.miles.data, "state": form.state.data}
    return render_template(
        "admin/coverage.html",
        form=form,
        map=drawn,
        shown=shown,
        far=len(far),
        all=len(counties),
        states=STATES,
        asked=asked,
    )


@blueprint.get("/coverage.csv")
@for_who_may(Action.VIEW)
def coverage_as_csv() -> ResponseReturnValue:
    """The whole list as a table for spreadsheets."""
    form = CoverageForm.asked()
    if not form.validate():
        return render_template("admin/coverage.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    heads = (
        gettext("State"),
        gettext("County"),
        gettext("Miles to the nearest: %(what)s", what=form.label),
        gettext("ZIP Codes with delivery"),
    )
    rows = (
        (each.place.state, each.place.county, "" if each.miles is None else f"{each.miles:.1f}", str(each.size))
        for each in _far(form, _counties(form))
    )
    headers = {"Content-Disposition": f"attachment; filename=coverage-{form.level.data}.csv", "X-Robots-Tag": "noindex"}
    return Response(csv_of(heads, rows), content_type="text/csv; charset=utf-8", headers=headers)


def _counties(form: CoverageForm) -> list[CountyReach]:
    """All counties that are asked for."""
    every = reach(current_directory().refresh(), Code(form.level.data))
    return [county for county in every if form.state.data in {"", county.place.state}]


def _far(form: CoverageForm, counties: Sequence[CountyReach]) -> list[CountyReach]:
    """Those from which the nearest is too far, the farthest first; of those without any, the largest first."""
    far = [county for county in counties if county.is_farther_than(int(form.miles.data))]
    return sorted(
        far, key=lambda each: (-(each.miles or float("inf")), -each.size, each.place.state, each.place.county)
    )


def _dots(counties: Sequence[CountyReach]) -> str:
    return dots((county.place.state, county.place.point) for county in counties)
