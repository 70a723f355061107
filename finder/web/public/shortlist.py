"""A list of places that somebody chose: a plain page of the places that its address names.

The address carries slugs and nothing else. A slug means the same place after a backup or a new import, where a row's
number might lead somebody to another one; and whoever may see the address may open the page anyway. Who chose the
places, where they are and what they look for is not in it. What keeps a list between visits is the browser
(``finder/frontend/scripts/shortlist``), never we.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.validators import ValidationError

from finder.extensions import db
from finder.listings import published_by_slugs
from finder.models import Provider
from finder.web.languages import gettext, page_url
from finder.web.public import blueprint
from finder.web.public.comparison import compared, labels
from finder.web.public.listing import address_line

MOST_PLACES = 20
SIDE_BY_SIDE = 4

_SLUG = re.compile(r"[a-z0-9-]{1,160}")


class Slugs(Field):
    """Slugs in the order given, each once; commas stand between them, and the parameter may be repeated."""

    data: tuple[str, ...]

    def process(self, formdata: MultiDict[str, str] | None, *_: object, **__: object) -> None:
        """Read the slugs; what can't be one is left out, and told."""
        asked = [slug for value in formdata.getlist(self.name) for slug in value.split(",") if slug] if formdata else []
        self.data = tuple(dict.fromkeys(slug for slug in asked if _SLUG.fullmatch(slug)))
        unreadable = not all(map(_SLUG.fullmatch, asked))
        self.process_errors = [gettext("We left out a part of the address that names no place")] if unreadable else []

    def keep_at_most(self, most: int) -> bool:
        """Leave out those beyond; whether there were any."""
        beyond = len(self.data) > most
        self.data = self.data[:most]
        return beyond


class ShortlistForm(Form):
    """``ids``: the places of the list. ``compare``: those of them to show side by side."""

    ids = Slugs()
    compare = Slugs()

    def validate_ids(self, field: Slugs) -> None:
        """Keep as many as a list holds."""
        if field.keep_at_most(MOST_PLACES):
            raise ValidationError(gettext("A list holds %(most)s places. We show the first ones", most=MOST_PLACES))

    def validate_compare(self, field: Slugs) -> None:
        """Keep as many as fit side by side."""
        if field.keep_at_most(SIDE_BY_SIDE):
            raise ValidationError(
                gettext("Compare up to %(most)s places. We show the first ones that you chose", most=SIDE_BY_SIDE)
            )


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The places of a list in its order, and how many of those asked for aren't listed."""

    places: tuple[Provider, ...]
    missing: int

    @property
    def address(self) -> str:
        """The address of its page."""
        return _address(self.places)

    @property
    def must_choose(self) -> bool:
        """Whether there are more than fit side by side."""
        return len(self.places) > SIDE_BY_SIDE

    def without(self, place: Provider) -> str:
        """The address of the list without this place."""
        return _address([other for other in self.places if other is not place])

    def to_compare(self, chosen: Sequence[str]) -> list[Provider]:
        """Those to show side by side: all, where they fit, else those chosen; none where there is but one."""
        found = [place for place in self.places if not self.must_choose or place.slug in chosen]
        return found if len(found) > 1 else []


@blueprint.get("/shortlist")
def shortlist() -> ResponseReturnValue:
    """The places that the address names, and up to four of them side by side."""
    form = ShortlistForm(request.args)
    is_valid = form.validate()
    listed = _listed(form.ids.data)
    columns = listed.to_compare(form.compare.data)
    page = render_template(
        "public/shortlist.html",
        form=form,
        listed=listed,
        columns=columns,
        rows=compared(columns),
        labels=labels,
        address_line=address_line,
        share=urljoin(request.url_root, listed.address),
    )
    response = make_response(page, HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _listed(slugs: Sequence[str]) -> Shortlist:
    found = published_by_slugs(db.session(), slugs) if slugs else {}
    return Shortlist(tuple(found[slug] for slug in slugs if slug in found), len(slugs) - len(found))


def _address(places: Sequence[Provider]) -> str:
    # Nothing at all in the address of an empty list.
    return page_url("shortlist", ids=",".join(place.slug for place in places) or None)
