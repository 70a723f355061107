"""What somebody found out about a listing in one call: group by group true or wrong, with the simple corrections."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings.standing import groups_said
from finder.web.admin.corrections import CORRECTED_HERE, CorrectionsPart, availability, groups_of
from finder.web.admin.facts import METHODS
from finder.web.admin.listing_form.part import Facts
from finder.web.languages import gettext, lazy_gettext

TRUE, WRONG, NOT_ASKED = "true", "wrong", "not_asked"
BY_PEOPLE = [method for method in CheckMethod if method is not CheckMethod.IMPORT]
_LONGEST_NOTE = 500  # as it is kept with a check
_ALWAYS_ASKED = frozenset({FieldGroup.PHONE, FieldGroup.AVAILABILITY})
_ANSWERS = [
    SelectChoice(value=TRUE, label=lazy_gettext("True")),
    SelectChoice(value=WRONG, label=lazy_gettext("Wrong")),
    SelectChoice(value=NOT_ASKED, label=lazy_gettext("Didn't ask")),
]


@dataclass(frozen=True, slots=True)
class FoundOut:
    """What a call came to: facts that are corrected, what is found of each group, and groups that are still wrong."""

    corrections: Mapping[str, Any]
    findings: list[Finding]
    still_wrong: list[FieldGroup]


def groups_asked(facts: Facts) -> list[FieldGroup]:
    """The groups that a call asks about: of which the listing says something, and what everybody needs to know."""
    asked = groups_said(facts) | _ALWAYS_ASKED
    return [group for group in FieldGroup if group in asked]


class CallForm(CorrectionsPart):
    """The answers, beside the facts that they are about. ``may_edit``: whether who asks may correct facts."""

    version = IntegerField()
    method = SelectField(
        lazy_gettext("How did you find out?"),
        choices=[SelectChoice(value=method.value, label=METHODS[method]) for method in BY_PEOPLE],
        default=CheckMethod.CALL.value,
    )
    note = TextAreaField(lazy_gettext("Note for colleagues"))
    phone = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    address = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    services = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    payment = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    hours = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    availability = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    site = RadioField(choices=_ANSWERS, default=NOT_ASKED)
    description = RadioField(choices=_ANSWERS, default=NOT_ASKED)

    def __init__(self, before: Facts, formdata: Any = None, *, version: int, may_edit: bool) -> None:
        super().__init__(before, formdata)
        self.groups = groups_asked(before)
        if formdata is None:
            self.version.data = version
        if not may_edit:
            for name in self.shown(before):
                del self[name]

    def answer(self, group: FieldGroup) -> RadioField:
        """The field that says whether a group is true."""
        return self["site" if group is FieldGroup.WEBSITE else group.value]

    def corrects(self, group: FieldGroup) -> tuple[str, ...]:
        """The fields by which who asks may correct the group here."""
        return tuple(name for name in CORRECTED_HERE.get(group, ()) if name in self)

    def is_open(self, group: FieldGroup) -> bool:
        """Whether somebody works on the correction of a group already."""
        return self.answer(group).data == WRONG or self.is_any_changed(self.corrects(group))

    def method_chosen(self) -> CheckMethod:
        """How somebody found out; a call where the form says nothing that can be."""
        return CheckMethod(self.method.data) if self.method.data in BY_PEOPLE else CheckMethod.CALL

    def noted(self) -> str:
        """The note as it is kept."""
        return self.typed_lines(self.note, _LONGEST_NOTE)

    def found_out(self, moment: dt.datetime, days: int) -> FoundOut | None:
        """What the form says, or ``None`` where a field says what is wrong with it."""
        corrections = self.corrected(moment, days)
        answers = {group: self.answer(group).data for group in self.groups}
        corrected = groups_of(corrections)
        true = [group for group, answer in answers.items() if answer == TRUE and group not in corrected]
        still_wrong = [group for group, answer in answers.items() if answer == WRONG and group not in corrected]
        if not (corrected or true or still_wrong):
            self.complain(self.phone, gettext("Say of at least one group of facts whether it is true"))
        results = dict.fromkeys(true, CheckResult.CONFIRMED) | dict.fromkeys(corrected, CheckResult.CORRECTED)
        note = self.noted()
        findings = [self._finding(group, results[group], moment, note) for group in FieldGroup if group in results]
        if FieldGroup.AVAILABILITY in true:
            corrections |= self._said_again(moment, days)
        return None if self.faulty else FoundOut(corrections, findings, still_wrong)

    def in_vain(self, moment: dt.datetime) -> list[Finding] | None:
        """That nobody was there to ask, or ``None`` where a field says what is wrong with it."""
        found = [self._finding(FieldGroup.PHONE, CheckResult.COULD_NOT_REACH, moment, self.noted())]
        return None if self.faulty else found

    def follow(self, now: Facts, version: int, changed: frozenset[FieldGroup]) -> None:
        """Ask again about groups that somebody else changed, and keep all else that was answered and typed."""
        for group in changed & set(self.groups):
            self.answer(group).data = NOT_ASKED
        self.groups = groups_asked(now)
        self.take_over(now)
        self.version.data = version

    def _finding(self, group: FieldGroup, result: CheckResult, moment: dt.datetime, note: str) -> Finding:
        return Finding(group=group, method=self.method_chosen(), result=result, on=moment.date(), note=note)

    def _said_again(self, moment: dt.datetime, days: int) -> dict[str, Any]:
        return availability(self.before["accepting"], self.before["beds"], moment, days)
