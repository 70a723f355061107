"""The part of the form of a listing that says whether there is room for new people."""

import datetime as dt
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from finder.domain.review import FieldGroup, review_policy
from finder.web.admin.listing_form.part import Facts, Part
from finder.web.languages import gettext, lazy_gettext

_MOST_BEDS = 10_000
_ACCEPTING = {None: "", True: "yes", False: "no"}
_DAYS = {
    "": lazy_gettext("As long as it did, or the usual time where something changed"),
    "1": lazy_gettext("1 day from now"),
    "3": lazy_gettext("3 days from now"),
    "7": lazy_gettext("1 week from now"),
    "30": lazy_gettext("30 days from now"),
}


class RoomPart(Part):
    """Whether the place takes new people, how many beds are free, and until when that may be believed.

    ``usual_days`` is for how many days, where nobody chooses.
    """

    accepting = SelectField(
        lazy_gettext("Takes new people"),
        choices=[
            SelectChoice(value="", label=lazy_gettext("Not known")),
            SelectChoice(value="yes", label=lazy_gettext("Yes")),
            SelectChoice(value="no", label=lazy_gettext("No")),
        ],
    )
    beds = StringField(lazy_gettext("Free beds"))
    counts_for = SelectField(
        lazy_gettext("How long this counts"),
        choices=[SelectChoice(value=days, label=words) for days, words in _DAYS.items()],
    )

    usual_days = review_policy().groups[FieldGroup.AVAILABILITY].days

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        return super().shown(facts) | _room_shown(facts)

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell; what is changed or counts anew was told at this moment."""
        return super().said(moment) | self._room(moment)

    def _room(self, moment: dt.datetime) -> dict[str, Any]:
        if all(self[name].data == shown for name, shown in _room_shown(self.before).items()):
            names = ("accepting", "beds", "availability_as_of", "availability_expires")
            return {name: self.before[name] for name in names}
        accepting = {words: code for code, words in _ACCEPTING.items()}.get(self.accepting.data)
        beds = self.whole_number(self.beds, _MOST_BEDS)
        if self.counts_for.data not in _DAYS:
            self.complain(self.counts_for, gettext("Choose how long this counts"))
            return {}
        is_told = accepting is not None or beds is not None
        return {
            "accepting": accepting,
            "beds": beds,
            "availability_as_of": moment if is_told else None,
            "availability_expires": moment + self._period() if is_told else None,
        }

    def _period(self) -> dt.timedelta:
        return dt.timedelta(days=int(self.counts_for.data or self.usual_days))


def _room_shown(facts: Facts) -> dict[str, str]:
    beds = "" if facts["beds"] is None else str(facts["beds"])
    return {"accepting": _ACCEPTING[facts["accepting"]], "beds": beds, "counts_for": ""}
