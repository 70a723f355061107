"""What the database refuses, told beside a field: the one place where its constraints meet the form's words."""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError

from finder.web.admin.listing_form.form import ListingForm
from finder.web.languages import lazy_gettext

_AVAILABILITY = lazy_gettext("Say how long this counts")
_POSITION = lazy_gettext("Enter latitude and longitude in degrees, such as 41.8858 and -87.6229, or neither")
FIELDS: Mapping[str, tuple[str, lazy_gettext]] = {
    "ck_provider_latitude": ("latitude", _POSITION),
    "ck_provider_longitude": ("longitude", _POSITION),
    "ck_provider_precision_of_point": ("latitude", _POSITION),
    "ck_provider_precision": ("precision", lazy_gettext("Choose what the position stands for")),
    "ck_provider_ages": ("minimum_age", lazy_gettext("The youngest age is above the oldest")),
    "ck_provider_beds": ("beds", lazy_gettext("There can't be fewer than 0 free beds")),
    "ck_provider_availability_dated": ("counts_for", _AVAILABILITY),
    "ck_provider_availability_period": ("counts_for", _AVAILABILITY),
    "ck_provider_status": ("review_reason", lazy_gettext("Choose whether to save or to publish this")),
    "uq_provider_slug": ("name", lazy_gettext("Somebody just saved a listing of this name. Save again")),
    "uq_organization_name": ("organization", lazy_gettext("Somebody just added this organization. Save again")),
}
"""The field that each constraint belongs to, and what to say there, by the constraint's name."""


def explain(form: ListingForm, error: IntegrityError) -> bool:
    """Say beside a field what the database refused; false where no field can mend it."""
    refused = str(error.orig)
    for constraint, (name, words) in FIELDS.items():
        if constraint in refused:
            form.complain(form[name], str(words))
            return True
    return False
