"""The form by which visitors report a problem with a listing."""
# mypy: disallow-subclassing-any=False
# (WTForms has no types.)

from collections.abc import Mapping

from wtforms import Form, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from finder.domain.problem import Problem
from finder.listings.problems import Said
from finder.models.problem_report import LONGEST_CONTACT, LONGEST_TEXT
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.forms import without_controls

PROBLEMS: Mapping[Problem, lazy_gettext] = {
    Problem.PHONE: lazy_gettext("The phone number does not work, or it is not theirs"),
    Problem.MOVED: lazy_gettext("The place has moved"),
    Problem.CLOSED: lazy_gettext("The place has closed for good"),
    Problem.HOURS: lazy_gettext("The days or times are wrong"),
    Problem.SERVICES: lazy_gettext("They do not offer what is listed here"),
    Problem.BROKERING: lazy_gettext("They asked for money up front, or offered free travel, cash or gifts"),
    Problem.OTHER: lazy_gettext("Something else"),
}
"""What can be wrong, as the form says it."""


def _as_lines(text: str | None) -> str:
    """The text as it was typed, with plain line ends and without other control characters."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(without_controls(line) for line in lines).strip()


class ReportForm(Form):
    """What is wrong; ``homepage`` is a field that people don't see and only programs fill in."""

    problems = SelectMultipleField(
        lazy_gettext("What is wrong?"),
        choices=[SelectChoice(value=problem.value, label=words) for problem, words in PROBLEMS.items()],
        invalid_choice_message="-",  # nobody sees it: `validate_problems` says it in the language of the page
        validate_choice=False,
    )
    text = StringField(lazy_gettext("What should we know?"), filters=[_as_lines])
    contact = StringField(lazy_gettext("How can we reach you?"), filters=[without_controls])
    homepage = StringField()
    token = StringField(filters=[without_controls])

    def validate_problems(self, field: SelectMultipleField) -> None:
        """At least one, all of them from the list."""
        if not field.data or set(field.data) - set(Problem):
            raise ValidationError(gettext("Choose at least one thing that is wrong"))

    def validate_text(self, field: StringField) -> None:
        """Short enough to be kept, and there where nothing else says what is wrong."""
        if len(field.data) > LONGEST_TEXT:
            raise ValidationError(
                gettext(
                    "Use at most %(most)s characters. You have used %(used)s", most=LONGEST_TEXT, used=len(field.data)
                )
            )
        if self.problems.data == [Problem.OTHER] and not field.data:
            raise ValidationError(gettext("Tell us in a few words what is wrong"))

    def validate_contact(self, field: StringField) -> None:
        """Short enough to be kept."""
        if len(field.data) > LONGEST_CONTACT:
            raise ValidationError(gettext("Use at most %(most)s characters", most=LONGEST_CONTACT))

    def said(self) -> Said:
        """What the visitor says; only for a valid form."""
        problems = frozenset(Problem(problem) for problem in self.problems.data)
        return Said(problems=problems, text=self.text.data, contact=self.contact.data)
