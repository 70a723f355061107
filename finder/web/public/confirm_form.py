"""The form with which a place says whether its facts are true."""

from collections.abc import Collection
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length

from finder.domain.review import FieldGroup
from finder.listings.confirmation import LONGEST_ANSWERER, LONGEST_WORDS, Answer, Verdict
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.confirm_facts import LABELS
from finder.web.public.forms import without_controls

_VERDICTS = {
    Verdict.TRUE: lazy_gettext("This is true"),
    Verdict.WRONG: lazy_gettext("Something is wrong"),
    Verdict.UNKNOWN: lazy_gettext("I do not know"),
}


class ConfirmForm(BaseForm):
    """A choice for each group of facts, named as the group, words about what is wrong, and who says so."""

    def __init__(self, groups: Collection[FieldGroup], version: int, sent: Any = None) -> None:
        self._groups = groups
        super().__init__({**{group.value: _verdict(group) for group in groups}, **_of_all()})
        self.process(sent, data={"version": version})

    def validate(self) -> bool:
        """Whether it can be kept; each field says what is wrong with it."""
        is_valid = super().validate()
        answer = self.answer()
        if answer.groups(Verdict.WRONG) and not answer.words:
            return self._complain("words", gettext("Tell us what is wrong, and what is right"))
        if not answer.groups(Verdict.TRUE) and not answer.groups(Verdict.WRONG):
            return self._complain(next(iter(self._groups)).value, gettext("Choose an answer for at least one part"))
        return bool(is_valid)

    def answer(self) -> Answer:
        """What was said."""
        version, words = self["version"].data or "", without_controls(self["words"].data)
        return Answer(
            version=int(version) if version.isascii() and version.isdigit() else 0,
            verdicts={group: _said(self[group.value].data) for group in self._groups},
            words=words,
            name=self["name"].data or "",
        )

    def _complain(self, name: str, message: str) -> bool:
        self[name].errors = [message]
        return False


def _verdict(group: FieldGroup) -> RadioField:
    choices = [SelectChoice(value=verdict.value, label=label) for verdict, label in _VERDICTS.items()]
    return RadioField(LABELS[group], choices=choices, validate_choice=False)


def _of_all() -> dict[str, Any]:
    most = lazy_gettext("Use at most %(max)d characters")
    return {
        "words": TextAreaField(
            lazy_gettext("What is wrong, and what is right?"), [Length(max=LONGEST_WORDS, message=most)]
        ),
        "name": StringField(
            lazy_gettext("Your name"),
            [InputRequired(lazy_gettext("Enter your name")), Length(max=LONGEST_ANSWERER, message=most)],
            filters=[without_controls],
        ),
        "version": HiddenField(),
    }


def _said(chosen: str | None) -> Verdict:
    return Verdict(chosen) if chosen in set(Verdict) else Verdict.UNKNOWN
