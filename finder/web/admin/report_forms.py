"""The forms by which people work on reports of problems: who does it, and what came of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from finder.domain.problem import Problem, ReportState
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings.write import Change
from finder.models import Account, ProblemReport
from finder.models.problem_report import LONGEST_DETAIL
from finder.web.account.forms import PlainForm
from finder.web.admin.call_form import BY_PEOPLE
from finder.web.admin.corrections import CorrectionsPart, groups_of
from finder.web.admin.facts import METHODS
from finder.web.admin.listing_form.part import Facts
from finder.web.languages import gettext, lazy_gettext

LONGEST_LETTER = 2000
OUTCOMES = {
    ReportState.RESOLVED: (
        lazy_gettext("Resolved"),
        lazy_gettext("The report was right, and the listing is right now, or hidden."),
    ),
    ReportState.REJECTED: (
        lazy_gettext("Rejected"),
        lazy_gettext("The listing was right, or nothing can be found out."),
    ),
}
_GROUP_OF = {
    Problem.PHONE: FieldGroup.PHONE,
    Problem.MOVED: FieldGroup.ADDRESS,
    Problem.HOURS: FieldGroup.HOURS,
    Problem.SERVICES: FieldGroup.SERVICES,
}


class AssignForm(PlainForm):
    """Who works on a report."""

    to = SelectField(lazy_gettext("Who works on it"))

    def __init__(self, people: Collection[Account], formdata: Any = None, chosen: Account | None = None) -> None:
        super().__init__(formdata, data={"to": str(chosen.id) if chosen else ""})
        self._people = {str(person.id): person for person in people}
        nobody = SelectChoice(value="", label=gettext("Nobody yet"))
        self.to.choices = [
            nobody,
            *(SelectChoice(value=id_, label=each.name or each.email) for id_, each in self._people.items()),
        ]

    def is_known(self) -> bool:
        """Whether somebody was chosen who may do it, or nobody."""
        return self.to.data in {"", *self._people}

    def person(self) -> Account | None:
        """Who was chosen."""
        return self._people.get(self.to.data)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What came of a report: its new state, in words, what is corrected and checked, and a letter to who sent it."""

    state: ReportState
    words: str
    corrections: dict[str, Any]
    hides: bool
    findings: list[Finding]
    letter: str


class SettleForm(CorrectionsPart):
    """What came of a report, with the correction of the listing in the same step."""

    version = IntegerField()
    outcome = RadioField(
        lazy_gettext("What came of it"), choices=[SelectChoice(value=state.value, label="") for state in OUTCOMES]
    )
    result = TextAreaField(lazy_gettext("In words, for colleagues"))
    checked = SelectField(
        lazy_gettext("How did you find out?"),
        choices=[
            SelectChoice(value="", label=lazy_gettext("I didn't check the facts")),
            *(SelectChoice(value=method.value, label=METHODS[method]) for method in BY_PEOPLE),
        ],
        default="",
    )
    hide = BooleanField(lazy_gettext("Hide the listing until somebody has looked at it again"))
    letter = TextAreaField(lazy_gettext("Answer to who sent it"))

    def __init__(self, before: Facts, formdata: Any = None, *, version: int, may_edit: bool, may_hide: bool) -> None:
        super().__init__(before, formdata)
        if formdata is None:
            self.version.data = version
        for name in self.shown(before) if not may_edit else ():
            del self[name]
        if not may_hide:
            del self.hide

    def wants_to_change(self) -> bool:
        """Whether the listing would be changed."""
        return self.is_any_changed(self.shown(self.before)) or ("hide" in self and bool(self.hide.data))

    def follow(self, now: Facts, version: int) -> None:
        """Be about the listing as it is now, after somebody else changed it."""
        self.take_over(now)
        self.version.data = version

    def settlement(self, reports: Iterable[ProblemReport], change: Change, days: int) -> Settlement | None:
        """What the form says of these reports, or ``None`` where a field says what is wrong with it."""
        corrections = self.corrected(change.at, days)
        words = self.typed_lines(self.result, LONGEST_DETAIL)
        letter = self.typed_lines(self.letter, LONGEST_LETTER)
        hides = "hide" in self and bool(self.hide.data)
        if self.outcome.data not in set(OUTCOMES):
            self.complain(self.outcome, gettext("Choose what came of it"))
        if not words:
            self.complain(self.result, gettext("Say in a few words what came of it"))
        if corrections and self.checked.data not in BY_PEOPLE:
            self.complain(self.checked, gettext("Say how you found out what is right"))
        if self.faulty:
            return None
        state = ReportState(self.outcome.data)
        groups = {} if hides else dict.fromkeys(_groups(reports), _RESULT_OF[state])
        groups |= dict.fromkeys(groups_of(corrections), CheckResult.CORRECTED)
        return Settlement(state, words, corrections, hides, self._findings(groups, change), letter)

    def _findings(self, groups: dict[FieldGroup, CheckResult], change: Change) -> list[Finding]:
        if self.checked.data not in BY_PEOPLE:
            return []
        method, today = CheckMethod(self.checked.data), change.at.date()
        return [
            Finding(group=group, method=method, result=groups[group], on=today)
            for group in FieldGroup
            if group in groups
        ]


_RESULT_OF = {ReportState.RESOLVED: CheckResult.CORRECTED, ReportState.REJECTED: CheckResult.CONFIRMED}


def _groups(reports: Iterable[ProblemReport]) -> list[FieldGroup]:
    """The groups of facts that the reports are about."""
    problems = {row.problem for report in reports for row in report.problems}
    return [_GROUP_OF[problem] for problem in Problem if problem in problems and problem in _GROUP_OF]
