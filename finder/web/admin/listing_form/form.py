"""The form for all parts of a listing."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from wtforms import StringField

from finder.domain.listing import Status
from finder.listings.concealed import concealed
from finder.listings.publishing import status_facts
from finder.models import Provider
from finder.web.admin.listing_form.checks import ChecksPart
from finder.web.admin.listing_form.part import MOST_ROWS, Facts, in_one_line
from finder.web.admin.listing_form.phones import PhonesPart
from finder.web.admin.listing_form.position import PositionPart
from finder.web.admin.listing_form.room import RoomPart
from finder.web.admin.listing_form.tags import TagsPart
from finder.web.admin.listing_form.texts import TextsPart
from finder.web.admin.listing_form.times import TimesPart
from finder.web.languages import gettext, lazy_gettext

_EMPTY_ROWS = 3
_LONGEST_REVIEW_REASON: int = Provider.__table__.c.review_reason.type.length  # type: ignore[attr-defined] # it is a String


class Pressed(StrEnum):
    """The buttons of the form."""

    SAVE = "save"  # the listing stays public, or not, as it was; a new one is a draft
    PUBLISH = "publish"
    MORE_PHONES = "more_phones"
    MORE_TIMES = "more_times"
    POSITION = "position"


class ListingForm(ChecksPart, RoomPart, TimesPart, TagsPart, PhonesPart, PositionPart, TextsPart):
    """All parts of a listing. What is wrong is told in the order of the parts, from the last named to the first.

    ``version`` is the listing's at which the form was filled in, 0 for a new one. ``faulty`` are the fields of which
    something is wrong, those of rows too.
    """

    review_reason = StringField(lazy_gettext("What is left to do before it can be published"))

    def __init__(self, before: Facts, version: int, sent: Mapping[str, str] | None = None) -> None:
        super().__init__(before, sent)
        self.version = version
        if sent is None:
            self.add_phones()
            self.add_times()

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        return super().shown(facts) | {"review_reason": facts["review_reason"]}

    def facts(self, pressed: Pressed, moment: dt.datetime) -> dict[str, Any] | None:
        """All facts as somebody wants them to be, or ``None`` where a field says what is wrong with it."""
        told = {**self.before, **self.said(moment), **self._status(pressed)}
        return None if self.faulty else concealed(told)

    def add_phones(self) -> None:
        """Empty rows for more phone numbers."""
        _add_rows(self.phones)

    def add_times(self) -> None:
        """Empty rows for more hours and meetings."""
        _add_rows(self.schedules)

    def _status(self, pressed: Pressed) -> dict[str, Any]:
        if pressed is Pressed.PUBLISH:
            return status_facts(Status.PUBLISHED, "")
        if self.before["status"] is not Status.DRAFT:
            return {name: self.before[name] for name in ("status", "review_reason")}
        return {"status": Status.DRAFT, "review_reason": self._review_reason()}

    def _review_reason(self) -> str:
        before: str = self.before["review_reason"]
        if before and in_one_line(self.review_reason.data) == in_one_line(before):
            return before
        reason = self.typed(self.review_reason, _LONGEST_REVIEW_REASON)
        if not reason:
            self.complain(self.review_reason, gettext("Say what is left to do before it can be published"))
        return reason


def _add_rows(rows: Any) -> None:
    for _ in range(min(_EMPTY_ROWS, MOST_ROWS - len(rows))):
        rows.append_entry()
