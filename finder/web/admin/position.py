"""The button "Find the position" of a listing's form: the server asks, so no browser ever asks a stranger."""

import json

from flask import current_app
from flask.blueprints import BlueprintSetupState
from geopy.geocoders.base import Geocoder

from finder.config import Settings
from finder.importing.clean.address import clean_state, clean_zip
from finder.importing.clean.text import tidy
from finder.places.geocoder import Unanswered, geocoder_called, locate, locate_offline
from finder.web.admin import blueprint
from finder.web.admin.facts import PRECISIONS
from finder.web.admin.listing_form.position import PositionPart
from finder.web.languages import gettext


@blueprint.record
def _add_geocoder(state: BlueprintSetupState) -> None:
    settings: Settings = state.app.extensions["settings"]
    options = settings.geocoder_options.get_secret_value() if settings.geocoder_options else "{}"
    try:
        made = geocoder_called(settings.geocoder, json.loads(options)) if settings.geocoder else None
    except ValueError as error:
        raise ValueError(f"FINDER_GEOCODER and FINDER_GEOCODER_OPTIONS: {error}") from error
    state.app.extensions["geocoder"] = made


def find_position(form: PositionPart) -> str:
    """Fill in the position of the address that stands in the form; says in a sentence what came of it.

    Of a confidential address, of one without a street, and where no geocoder is set, nobody else learns anything.
    """
    geocoder: Geocoder | None = current_app.extensions["geocoder"]
    street = tidy(form.address_1.data or "")
    if geocoder is None or form.confidential.data or not street:
        return _find_offline(form)
    try:
        located = locate(geocoder, f"{street}, {_area(form)}", _zip(form))
    except Unanswered:
        return gettext("The geocoder gives no answer now. The position is as it was: try again later, or enter it.")
    if located is None:
        return gettext("The geocoder doesn't know this address. The position is as it was: check the address.")
    form.show_position(located)
    if located.precision is None:
        return gettext("Found: %(place)s. How exact that is, the geocoder doesn't say: look.", place=located.label)
    exact = PRECISIONS[located.precision]
    return gettext("Found: %(place)s. The position stands for %(exact)s.", place=located.label, exact=exact)


def _find_offline(form: PositionPart) -> str:
    located = locate_offline(_zip(form), tidy(form.city.data or ""), clean_state(form.state.data or ""))
    if located is None:
        return gettext("Neither the ZIP Code nor the city is known. Check the address, or enter the position.")
    form.show_position(located)
    told = gettext("The position is the middle of %(place)s.", place=located.label)
    if form.confidential.data:
        told = f"{told} {gettext('The address is confidential, so nobody was asked for more.')}"
    return told


def _area(form: PositionPart) -> str:
    state = clean_state(form.state.data or "")
    return f"{tidy(form.city.data or '')}, {state} {_zip(form)}".strip(" ,")


def _zip(form: PositionPart) -> str:
    return clean_zip(form.postal_code.data or "")
