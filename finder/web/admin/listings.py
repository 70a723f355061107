"""The table of listings: search, filters, pages."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from finder.domain.account import Action
from finder.domain.listing import Status
from finder.extensions import db
from finder.listings.browse import PAGE, Flag, Order, Wanted, browse
from finder.models import Source
from finder.places.states import STATES
from finder.web.account.forms import PlainForm
from finder.web.admin import blueprint
from finder.web.admin.charge import where_i_may
from finder.web.admin.deeds import my_deeds
from finder.web.admin.facts import STATUSES
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext, lazy_gettext
from finder.web.pagination import page_numbers
from finder.web.public.form_fields import without_controls
from finder.web.security import now

_LONGEST = 200  # signs that are read of what somebody types
_ANY = SelectChoice(value="", label=lazy_gettext("Any"))

FLAGS = {
    Flag.OVERDUE: lazy_gettext("Overdue for a check"),
    Flag.NO_POSITION: lazy_gettext("No coordinates"),
    Flag.NO_LEVEL: lazy_gettext("No level of care"),
    Flag.DUPLICATE: lazy_gettext("Possible duplicates"),
    Flag.REPORTED: lazy_gettext("Open problem reports"),
}
ORDERS = {
    Order.NAME: lazy_gettext("Name"),
    Order.UPDATED: lazy_gettext("Changed last"),
    Order.DUE: lazy_gettext("Due longest"),
}


class FilterForm(PlainForm):
    """Which listings somebody wants to see. What makes no sense says nothing."""

    words = StringField(lazy_gettext("Name, city, organization, phone number or id"), filters=[without_controls])
    status = SelectField(
        lazy_gettext("Status"), choices=[_ANY, *(SelectChoice(value, label) for value, label in STATUSES.items())]
    )
    state = SelectField(
        lazy_gettext("State"), choices=[_ANY, *(SelectChoice(value, label) for value, label in STATES.items())]
    )
    source = SelectField(lazy_gettext("Source"))
    flag = SelectMultipleField(
        lazy_gettext("Only listings with"), choices=[SelectChoice(value, label) for value, label in FLAGS.items()]
    )
    mine = BooleanField(lazy_gettext("Assigned to me"))
    order = SelectField(
        lazy_gettext("Sort by"), choices=[SelectChoice(value, label) for value, label in ORDERS.items()], default="name"
    )

    @classmethod
    def of(cls, session: Session, said: MultiDict[str, str]) -> "FilterForm":
        """The form as it was sent; one query for the sources."""
        form = cls(said)
        sources = session.execute(select(Source.key, Source.name).order_by(Source.name, Source.key))
        form.source.choices = [_ANY, *(SelectChoice(key, name) for key, name in sources)]
        form.validate()
        for field in [form[name] for name in form.errors]:
            field.data, field.errors = field.default, ()
        return form

    def wanted(self) -> Wanted:
        """The same as a value."""
        return Wanted(
            words=self.words.data[:_LONGEST],
            status=Status(self.status.data) if self.status.data else None,
            state=self.state.data or "",
            source=self.source.data or "",
            flags=frozenset(map(Flag, self.flag.data or ())),
            assigned_to=me().id if self.mine.data else None,
            order=Order(self.order.data or Order.NAME),
        )

    def asked(self) -> dict[str, Any]:
        """What was asked, for addresses: `url_for` takes it as it is."""
        said = {field.name: field.data for field in self if field.data and field.data != field.default}
        return said | ({"mine": "y"} if self.mine.data else {})


@blueprint.get("/listings")
@for_who_may(Action.VIEW)
def listings() -> ResponseReturnValue:
    """The listings that I may see, in every status."""
    form = FilterForm.of(db.session(), request.args)
    page = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    found = browse(db.session(), form.wanted(), now().date(), scope=where_i_may(Action.VIEW), page=page)
    pages = -(-found.total // PAGE)
    return render_template(
        "admin/listings.html",
        form=form,
        found=found,
        page=page,
        numbers=page_numbers(page, pages) if pages > 1 and page <= pages else [],
        statuses=STATUSES,
        deeds=my_deeds(),
        edit=Action.EDIT,
        title=gettext("Listings"),
    )
