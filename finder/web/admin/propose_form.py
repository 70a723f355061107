"""The form with which a representative proposes changes of the simple facts of a listing."""

import datetime as dt
from typing import Any

from wtforms import TextAreaField

from finder.domain.geo import Precision
from finder.listings.concealed import concealed
from finder.models.proposal import LONGEST_REASON
from finder.places.geocoder import locate_offline, time_zone_at
from finder.web.admin.listing_form.address import AddressPart
from finder.web.admin.listing_form.part import MOST_ROWS, Facts
from finder.web.admin.listing_form.phones import PhonesPart
from finder.web.admin.listing_form.room import RoomPart
from finder.web.admin.listing_form.texts import TextsPart
from finder.web.admin.listing_form.times import TimesPart
from finder.web.languages import gettext, lazy_gettext

_EMPTY_ROWS = 3


class ProposalForm(RoomPart, TimesPart, PhonesPart, AddressPart, TextsPart):
    """The parts of the form of a listing that its place knows best, and why they change.

    ``version`` is the listing's at which the form was filled in.
    """

    why = TextAreaField(lazy_gettext("Why, and how do you know?"))

    def __init__(self, before: Facts, version: int, sent: Any = None) -> None:
        super().__init__(before, sent)
        self.version = version
        if sent is None:
            for rows in (self.phones, self.schedules):
                for _ in range(min(_EMPTY_ROWS, MOST_ROWS - len(rows))):
                    rows.append_entry()

    def facts(self, moment: dt.datetime) -> dict[str, Any] | None:
        """All facts as somebody wants them to be, or ``None`` where a field says what is wrong with it."""
        told = {**self.before, **self.said(moment)}
        if not self.reason():
            self.complain(self.why, gettext("Say why, so that somebody else can decide"))
        if self.faulty:
            return None
        return concealed({**told, **self._place(told)})

    def reason(self) -> str:
        """Why it changes."""
        return self.typed_lines(self.why, LONGEST_REASON)

    def _place(self, told: Facts) -> dict[str, Any]:
        """Where the listing then is: the middle of the ZIP Code or city, where its address changed."""
        if not self.has_moved(told):
            return {}
        located = locate_offline(told["postal_code"], told["city"], told["state"])
        point = located.point if located else None
        precision = (located and located.precision) or Precision.NONE
        return {"point": point, "precision": precision, "time_zone": time_zone_at(told["postal_code"], point)}
