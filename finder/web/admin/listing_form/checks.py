"""The part of the form of a listing that says what was checked, and why something is changed."""

import datetime as dt
from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings.mended import groups_changed
from finder.models import Revision
from finder.web.admin.facts import FIELD_GROUPS, METHODS
from finder.web.admin.listing_form.part import Facts, Part
from finder.web.languages import gettext, lazy_gettext

_LONGEST_REASON: int = Revision.__table__.c.reason.type.length  # type: ignore[attr-defined] # it is a String


class ChecksPart(Part):
    """The groups of facts that somebody checked today, how, and a reason for the history. None of them is a fact."""

    checked = SelectMultipleField(
        lazy_gettext("I checked these today"),
        choices=[SelectChoice(value=group.value, label=words) for group, words in FIELD_GROUPS.items()],
        validate_choice=False,
    )
    checked_by = SelectField(
        lazy_gettext("How I checked them"),
        choices=[
            SelectChoice(value=method.value, label=words)
            for method, words in METHODS.items()
            if method is not CheckMethod.IMPORT
        ],
    )
    why = StringField(lazy_gettext("Why you change this"))

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        return super().shown(facts) | {"checked": [], "checked_by": CheckMethod.CALL.value, "why": ""}

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell."""
        facts = super().said(moment)
        self.typed(self.why, _LONGEST_REASON)
        if set(self.checked.data or ()) - set(FieldGroup):
            self.complain(self.checked, gettext("Choose groups of the list"))
        if self.checked.data:
            method = self.code(self.checked_by, CheckMethod, gettext("Choose how you checked them"))
            if method is CheckMethod.IMPORT:
                self.complain(self.checked_by, gettext("Choose how you checked them"))
        return facts

    def reason(self) -> str:
        """Why it is changed, for the history."""
        return self.typed(self.why, _LONGEST_REASON)

    def findings(self, before: Facts, after: Facts, on: dt.date) -> list[Finding]:
        """What was found out on a day of the groups that were checked: to be corrected where the facts changed."""
        changed = groups_changed(before, after)
        return [
            Finding(
                group=group,
                method=CheckMethod(self.checked_by.data),
                result=CheckResult.CORRECTED if group in changed else CheckResult.CONFIRMED,
                on=on,
            )
            for group in FieldGroup
            if group in (self.checked.data or ())
        ]
